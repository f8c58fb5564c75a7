"""Pages of the bell, of unsubscribing, of the development mailbox, and of the queue in the desk."""
