"""What a page shows, said while it is rendered, so that it is dropped when one of these things changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_found: ContextVar[set[str] | None] = ContextVar("broadsheet_page_keys", default=None)


def depends_on(*keys: str) -> None:
    """Let the page being rendered name these keys, such as `article:17`; no effect outside a rendering."""
    found = _found.get()
    if found is not None:
        found.update(keys)


@contextmanager
def collecting() -> Iterator[set[str]]:
    """Collect the keys that are named within."""
    found: set[str] = set()
    token = _found.set(found)
    try:
        yield found
    finally:
        _found.reset(token)
