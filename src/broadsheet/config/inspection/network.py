"""Other servers that are named: Redis, mail; and who listens on our port."""

import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from broadsheet.config.env import Environment
from broadsheet.config.inspection.finding import Finding, problem

SECONDS = 3.0


def look() -> Iterator[Finding]:
    """Look whether they answer."""
    environment = settings.ENV
    redis = urlsplit(environment.text("BROADSHEET_REDIS"))
    if redis.hostname and not _answers(redis.hostname, _port(redis.netloc, 6379)):
        yield problem(
            "no-redis",
            "Rate limits don't work.",
            f"Nothing answers at {redis.hostname}.",
            "Start Redis, or remove BROADSHEET_REDIS.",
        )
    mail = urlsplit(environment.text("BROADSHEET_MAIL"))
    if mail.hostname and not _answers(mail.hostname, _port(mail.netloc, 465 if mail.scheme == "smtps" else 587)):
        yield problem(
            "no-mail-server",
            "No mail is sent.",
            f"Nothing answers at {mail.hostname}.",
            "See that the mail server runs and that BROADSHEET_MAIL names its port.",
        )

    yield from _own_port(environment)


def _own_port(environment: Environment) -> Iterator[Finding]:
    """Look whether somebody else listens where `broadsheet serve` is to."""
    bind, port = environment.text("BROADSHEET_BIND"), environment.number("PORT")
    host = "127.0.0.1" if bind in {"", "0.0.0.0"} else "::1" if bind == "::" else bind  # noqa: S104 - a comparison
    if 0 < port < 65536 and _answers(host, port) and not _is_ours(host, port):
        yield problem(
            "port-taken",
            f"The paper can't be served on port {port}.",
            "Another program listens there.",
            "Stop that program, or choose another PORT.",
        )


def _is_ours(host: str, port: int) -> bool:
    """Return whether a Broadsheet answers there, in whatever health."""
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", "/health", headers={"Host": "localhost"})
        answer = json.loads(connection.getresponse().read(100_000))
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return isinstance(answer, dict) and {"status", "version", "loops"} <= set(answer)


def _port(netloc: str, default: int) -> int:
    _host, _colon, port = netloc.rpartition(":")
    return int(port) if port.isdigit() else default


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=SECONDS):
            return True
    except OSError:
        return False
