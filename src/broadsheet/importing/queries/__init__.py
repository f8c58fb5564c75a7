"""What importing is asked."""
