"""Shapes of what the desk sends."""
