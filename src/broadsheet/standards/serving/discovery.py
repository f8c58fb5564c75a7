"""The discovery document: from it the official client libraries learn the methods, and this server how requests look."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_HOST = re.compile(r"[A-Za-z0-9.\-_]{1,255}(?::\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::\d{1,5})?")


@cache
def _written() -> Mapping[str, Any]:
    document: Mapping[str, Any] = json.loads(Path(__file__).with_name("discovery.json").read_text(encoding="utf-8"))
    return document


def schemas() -> Mapping[str, Any]:
    """Return the messages by name, as JSON schemas."""
    found: Mapping[str, Any] = _written()["schemas"]
    return found


def document(scheme: str, host: str) -> dict[str, Any]:
    """Return the document with the address that it was asked under; a host that is none stands as `localhost`."""
    root = f"{'https' if scheme == 'https' else 'http'}://{host if _HOST.fullmatch(host) else 'localhost'}/"
    return {**_written(), "rootUrl": root, "mtlsRootUrl": root, "baseUrl": root}
