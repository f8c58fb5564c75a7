"""The project's own checks and generators; never shipped."""
