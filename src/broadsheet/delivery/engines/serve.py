"""Runs the whole product in one process, or in several on one machine."""

import logging
import os
import sys
from typing import Any

import uvicorn

APPLICATION = "broadsheet.config.asgi:application"
PROTOCOL = "broadsheet.config.asgi:protocol"
KEEP_ALIVE_SECONDS = 30
BACKLOG = 4096


def options(bind: str, port: int) -> dict[str, Any]:
    """Return how the server is run."""
    return {
        "host": bind,
        "port": port,
        "loop": "uvloop" if sys.platform != "win32" else "auto",
        "http": PROTOCOL,  # by name: a worker imports it after Django
        "ws": "none",
        "lifespan": "on",
        "proxy_headers": False,  # the bridge believes proxies of this machine only
        "server_header": False,
        "access_log": False,
        "log_config": None,
        "timeout_keep_alive": KEEP_ALIVE_SECONDS,
        "timeout_graceful_shutdown": 10,
        "backlog": BACKLOG,
    }


def run(bind: str, port: int, processes: int = 1) -> None:
    """Serve until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # what readers send wrongly is not news
    uvicorn.run(APPLICATION, workers=max(1, processes), **options(bind, port))
