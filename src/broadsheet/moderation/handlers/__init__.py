"""Hears facts."""
