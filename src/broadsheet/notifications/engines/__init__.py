"""Own machinery of sending: the conversation with a mail server, marks that outlive a process, mails as files."""
