"""What delivery does on hearing facts, and from time to time."""
