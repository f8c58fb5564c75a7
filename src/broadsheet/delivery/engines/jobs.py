"""Runs queued jobs in a serving process, and takes up those of processes that were killed."""

import os
import socket
import time
from pathlib import Path

from django.db import close_old_connections, transaction
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from broadsheet.kernel import wake
from broadsheet.kernel.heartbeat import beat
from broadsheet.kernel.loops import Loop

LOOK_FOR_DEAD_SECONDS = 60.0


def worker_name() -> str:
    """Return the name of this process as a worker: machine and process."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def take_up() -> int:
    """Queue again the jobs whose process on this machine no longer lives; return how many."""
    host = socket.gethostname()[:40]
    count = 0
    for job in DBTaskResult.objects.filter(status="RUNNING"):
        name, _, pid = (job.worker_ids or [""])[-1].rpartition(":")
        if name != host or not pid.isdigit() or Path(f"/proc/{pid}").exists():
            continue
        with transaction.atomic():
            count += DBTaskResult.objects.filter(pk=job.pk, status="RUNNING").update(status="READY")
    return count


class Jobs(Loop):
    """The loop that runs queued jobs, one at a time."""

    name = "jobs"

    def __init__(self) -> None:
        super().__init__()
        self._looked_at = -1e9

    def turn(self) -> None:
        """Run what is queued, then sleep until the bell or a second."""
        close_old_connections()
        if time.monotonic() - self._looked_at > LOOK_FOR_DEAD_SECONDS:
            self._looked_at = time.monotonic()
            take_up()
        if DBTaskResult.objects.ready().exists():
            self._run()
        beat(self.name)
        self.heard = wake.wait(1.0, self.heard)

    def _run(self) -> None:
        worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=50,
            worker_id=worker_name(),
            excluded_queue_names=[],
        )
        worker.run()
