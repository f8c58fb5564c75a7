"""What the public face does on hearing facts."""
