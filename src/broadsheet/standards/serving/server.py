"""Runs the server: one process, or several that take turns at one socket."""

import logging
import os
import socket
import tempfile
from collections.abc import Callable
from functools import partial

import uvicorn
from uvicorn.supervisors import Multiprocess

from broadsheet.standards.serving.application import make_application
from broadsheet.standards.serving.connections import LimitedProtocol
from broadsheet.standards.serving.options import Options

BACKLOG = 2048
KEEP_ALIVE = 30  # seconds that a connection may ask nothing


def run(options: Options, announce: Callable[[str], None]) -> None:
    """Serve until told to stop, then finish what was taken in. Raises OSError where nobody may listen there.

    `announce` is told the address, once it is listened on; a port of 0 is any that is free.
    """
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.create_server((options.host, options.port), family=family, backlog=BACKLOG) as listening:
        host = f"[{options.host}]" if ":" in options.host else options.host
        announce(f"http://{host}:{listening.getsockname()[1]}")
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # what clients send wrongly is not news
        if options.workers == 1:
            uvicorn.Server(_config(options)).run(sockets=[listening])
            return
        with tempfile.TemporaryDirectory(prefix="broadsheet-judge-") as numbers:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = numbers  # where the library lets processes count together
            Multiprocess(_config(options), sockets=[listening]).run()


def _config(options: Options) -> uvicorn.Config:
    return uvicorn.Config(
        partial(make_application, options),
        factory=True,
        workers=options.workers,
        http=LimitedProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,  # addresses have keys in them
        server_header=False,
        proxy_headers=True,  # https before a proxy of this machine
        forwarded_allow_ips="127.0.0.1",
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=round(options.seconds + 5),
        backlog=BACKLOG,
    )
