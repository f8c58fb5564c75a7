"""Signs of life of background loops, so that `check` and `/health` can tell a dead one."""

import time
from datetime import datetime

from broadsheet.kernel import clock
from broadsheet.kernel.models import Heartbeat

_last: dict[str, float] = {}


def beat(name: str, *, every: float = 10) -> None:
    """Note that the loop is alive, at most once in `every` seconds."""
    if time.monotonic() - _last.get(name, -1e9) < every:
        return
    _last[name] = time.monotonic()
    Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})


def seen() -> dict[str, datetime]:
    """Return when each loop was last seen."""
    return dict(Heartbeat.objects.values_list("name", "at"))
