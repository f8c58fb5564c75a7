"""Forgets by what addresses would be recognised under a block that was lifted after its account was erased."""

from collections.abc import Iterable

from broadsheet.readers.models import Kept
from broadsheet.readers.queries.retention import BLOCKED


def forget_kept(*, digests: Iterable[str]) -> int:
    """Drop what was kept of these addresses (`marks_of`); return how many there were. Whoever registers is free then."""
    return Kept.objects.filter(kind=BLOCKED, digest__in=list(digests)).delete()[0]
