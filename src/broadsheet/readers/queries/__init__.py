"""What may be asked of accounts."""
