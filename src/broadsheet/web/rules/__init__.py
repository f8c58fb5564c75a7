"""The public face's decisions as pure functions."""
