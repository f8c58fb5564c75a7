"""What an imported text means, decided from the text alone."""
