"""What browsers and editors send about push."""
