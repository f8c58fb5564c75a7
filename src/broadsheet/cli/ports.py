"""Ports to serve on."""

import os
import socket

from broadsheet.cli.terminal import UNAVAILABLE, fail


def need_port(bind: str, port: int) -> None:
    """End with a sentence where nobody may listen there now."""
    try:
        family = socket.AF_INET6 if ":" in bind else socket.AF_INET
        socket.create_server((bind, port), family=family).close()
    except (OSError, OverflowError) as error:
        why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        fail(
            f"The paper was not served on {bind}, port {port}: {why}. Stop what listens there, or choose another port: "
            "--port NUMBER, or PORT=NUMBER.",
            status=UNAVAILABLE,
        )
