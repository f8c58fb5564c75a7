"""Delivery's decisions as pure functions."""
