"""What the newsroom does on hearing facts."""
