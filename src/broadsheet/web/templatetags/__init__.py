"""Pieces that pages embed."""
