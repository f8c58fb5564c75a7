"""Wires delivery into Django."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Page store, pictures, feeds, short links, counts."""

    name = "broadsheet.delivery"
    label = "delivery"
    verbose_name = "Delivery"

    def ready(self) -> None:
        """Start listening, and let serving processes write what they count."""
        from broadsheet.delivery.handlers import pictures, websub  # noqa: F401 - app ready
        from broadsheet.delivery.handlers.counting import CountsWriter  # app ready
        from broadsheet.kernel import loops  # app ready

        if CountsWriter not in loops.further:
            loops.further.append(CountsWriter)
