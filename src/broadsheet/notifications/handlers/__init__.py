"""What notifications do on hearing facts, and all the time."""
