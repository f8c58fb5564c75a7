"""Delivery's background work."""

from datetime import timedelta

from django_tasks import task

from broadsheet.delivery.engines.hubs import ping
from broadsheet.delivery.rules.hubs import next_try
from broadsheet.kernel import clock


@task()
def tell_hub(hub: str, topics: list[str], attempt: int = 0) -> bool:
    """Tell a hub which feeds changed; where it doesn't answer, queue another attempt for later."""
    if ping(hub, topics):
        return True
    wait = next_try(attempt)
    if wait is not None:
        tell_hub.using(run_after=clock.now() + timedelta(seconds=wait)).enqueue(hub, topics, attempt + 1)
    return False
