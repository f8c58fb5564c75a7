"""Broadsheet: a self-hosted news site with a moderated reader community."""

__version__ = "0.1.0"
