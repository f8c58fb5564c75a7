"""Rings the bell of readers."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from broadsheet.kernel import clock
from broadsheet.notifications.models import Notice

_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PATH = re.compile(r"(?:/(?![/\\])[^\s\\]*)?")


def ring(*, reader_id: int, kind: str, key: str, values: Mapping[str, Any], path: str) -> bool:
    """Let the reader find a notice on the site; return whether its key is new to this reader.

    The sentence is the template `notices/<kind>.html`, which shows `values` (JSON). `path` is the address on this site
    that it leads to, empty where it leads nowhere. A second call with the key does nothing.
    """
    wanted = new_notice(reader_id=reader_id, kind=kind, key=key, values=values, path=path)
    defaults = {"kind": wanted.kind, "values": wanted.values, "path": wanted.path, "at": wanted.at}
    _row, made = Notice.objects.get_or_create(reader_id=reader_id, key=key, defaults=defaults)
    return made


def new_notice(*, reader_id: int, kind: str, key: str, values: Mapping[str, Any], path: str) -> Notice:
    """Return the notice, not stored yet; `ValueError` where kind or path can't be."""
    if not _KIND.fullmatch(kind) or not _PATH.fullmatch(path):
        raise ValueError(f"A notice of kind {kind!r} to {path!r}: a kind is a word, a path begins with one slash.")
    return Notice(reader_id=reader_id, kind=kind, key=key, values=dict(values), path=path, at=clock.now())


def ring_all(notices: Sequence[Notice]) -> None:
    """Let many readers find one notice each; whoever has one with its key already gets no second."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
