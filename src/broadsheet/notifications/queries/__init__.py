"""What may be asked of mail and bell."""
