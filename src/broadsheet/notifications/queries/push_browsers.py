"""Subscriptions by what their browsers know of them."""

from broadsheet.notifications.models import PushSubscription
from broadsheet.notifications.rules.endpoints import digest_of


def by_endpoint(endpoint: str) -> PushSubscription | None:
    """Return the subscription of the browser with this endpoint, which nobody else knows."""
    return PushSubscription.objects.filter(endpoint_digest=digest_of(endpoint)).first()
