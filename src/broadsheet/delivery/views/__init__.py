"""Delivery's own addresses: files, feeds, counts, health."""
