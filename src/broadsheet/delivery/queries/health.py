"""Whether this installation is well, in plain values (OPS-03)."""

import shutil
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

import broadsheet
from broadsheet.delivery.engines.loops import RUNNING
from broadsheet.delivery.engines.pagestore import Faults, page_store
from broadsheet.delivery.engines.purger import Purger
from broadsheet.kernel import clock
from broadsheet.kernel.models import Delivery
from broadsheet.kernel.watched import watched

LEAST_FREE_BYTES = 200 * 1024 * 1024
LEAST_FREE_SHARE = 0.02
LONGEST_TURN_SECONDS = 30.0
LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Health:
    """One look at the installation: `parts` say of each what is so, `well` whether all are."""

    well: bool
    parts: dict[str, dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """Return it for machines, and for whoever asks: what is owed to readers is told without its numbers.

        One mail more in the queue would tell a stranger that an address has an account; `/metrics` has the numbers.
        """
        counted = {part.name for part in watched()}
        told = {name: _judgement(part) if name in counted else part for name, part in self.parts.items()}
        return {"status": "ok" if self.well else "failing", "version": broadsheet.__version__, **told}


def health() -> Health:
    """Look at the database, the loops, the store and the disk, and at what domains have watched."""
    parts = {"database": _database(), "loops": _loops(), "store": _store(), "disk": _disk()}
    if parts["database"]["ok"]:
        parts["deliveries"] = _deliveries()
        parts |= {part.name: part.look() for part in watched()}
    return Health(all(part["ok"] for part in parts.values()), parts)


def _judgement(part: dict[str, Any]) -> dict[str, Any]:
    return {key: part[key] for key in ("ok", "why") if key in part}


def _database() -> dict[str, Any]:
    begun = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        return {"ok": False, "why": f"The database does not answer ({type(error).__name__})."}
    return {"ok": True, "vendor": connection.vendor, "ms": round((time.monotonic() - begun) * 1000, 2)}


def _loops() -> dict[str, Any]:
    dead = [loop.name for loop in RUNNING if not loop.is_alive()]
    stuck = [
        loop.name
        for loop in RUNNING
        if isinstance(loop, Purger) and loop.turned_at and time.monotonic() - loop.turned_at > LONGEST_TURN_SECONDS
    ]
    found: dict[str, Any] = {"ok": not (dead or stuck), "running": sorted(loop.name for loop in RUNNING)}
    if dead or stuck:
        found["why"] = f"Background work has stopped: {', '.join(dead + stuck)}. Restart this process."
    return found


def _store() -> dict[str, Any]:
    store = page_store()
    try:
        store.files.new.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=store.files.new, prefix="health-") as probe:
            probe.write(b"ok")
        return {"ok": store.trusted, "pages": store.index.count()}
    except Faults as error:
        return {"ok": False, "why": f"The page store can't be written ({type(error).__name__})."}


def _disk() -> dict[str, Any]:
    usage = shutil.disk_usage(Path(settings.DATA))
    enough = usage.free >= LEAST_FREE_BYTES and usage.free / usage.total >= LEAST_FREE_SHARE
    found: dict[str, Any] = {"ok": enough, "free_bytes": usage.free}
    if not enough:
        found["why"] = "The disk of the data folder is nearly full."
    return found


def _deliveries() -> dict[str, Any]:
    """Return whether handlers hear what is announced; something due for ten minutes says that they don't."""
    late = Delivery.objects.filter(due_at__lt=clock.now() - LONGEST_WAIT).exists()
    found: dict[str, Any] = {"ok": not late}
    if late:
        found["why"] = "What was announced has not been heard for ten minutes. See the log for the cause."
    return found
