"""Pieces of delivery that pages embed."""
