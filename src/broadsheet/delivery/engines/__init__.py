"""Delivery's own machinery: page store, shell, pictures."""
