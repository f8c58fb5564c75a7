"""What readers may ask for and say."""
