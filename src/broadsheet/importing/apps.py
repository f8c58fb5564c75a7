"""Wires importing into Django."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Importing."""

    name = "broadsheet.importing"
    label = "importing"
    verbose_name = "Importing"
