"""The one place that asks what time it is."""

from datetime import UTC, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return timezone.now().astimezone(UTC)
