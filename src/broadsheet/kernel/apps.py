"""Wires the kernel into Django."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """The kernel's tables: facts announced, deliveries due, numbers given."""

    name = "broadsheet.kernel"
    label = "kernel"
    verbose_name = "Kernel"
