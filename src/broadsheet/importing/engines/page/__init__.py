"""Saved HTML pages read into plain values."""
