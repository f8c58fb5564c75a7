"""What the discussion does when something happened."""
