"""Overwrites what the database's files still hold of erased accounts (GDPR art. 17)."""

from datetime import UTC, datetime

from broadsheet.kernel import residue
from broadsheet.newsroom.queries.editions import editions, root_edition
from broadsheet.readers.queries.retention import first_erasure_since
from broadsheet.readers.rules.deadlines import may_overwrite


def overwrite_erased(*, now: datetime) -> bool:
    """Return whether nothing of accounts erased so far is left in SQLite's files; make it so, or wait for the night."""
    erased_at = first_erasure_since(residue.last(residue.DONE))
    if erased_at is None:
        return True
    edition = root_edition() or next(iter(editions()), None)
    local = now.astimezone(edition.zone if edition is not None else UTC)
    tried = now - residue.last(residue.TRIED)
    if may_overwrite(size=residue.size(), hour=local.hour, waited=now - erased_at, since_tried=tried):
        return residue.overwrite()
    residue.empty_log()
    return False
