"""Addresses of moderation, by where they are reached."""
