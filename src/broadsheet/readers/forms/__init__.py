"""The forms of the entrance."""
