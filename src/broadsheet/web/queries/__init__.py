"""What pages are made of, gathered from several domains."""
