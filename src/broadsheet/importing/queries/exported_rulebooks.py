"""Versions of rulebooks as a bundle writes them."""

import json
from collections.abc import Mapping
from typing import Any

from broadsheet.importing.rules.shapes import in_utc
from broadsheet.newsroom.queries import archive

Row = dict[str, Any]


def rulebook_rows(people: Mapping[int, str]) -> list[Row]:
    """Return all versions, drafts as well; `people` are User IDs by database ids."""
    return [rulebook_row(version, people) for version in archive.all_rulebook_versions()]


def rulebook_row(version: Any, people: Mapping[int, str]) -> Row:
    """Return one version. The content keeps its order, which counts; of the rest a database may keep another."""
    return {
        "edition": version.edition.code,
        "number": version.number,
        "state": version.state,
        "base": version.base,
        "after": version.after,
        "changes": json.loads(json.dumps(version.changes, sort_keys=True)),
        "heads": dict(sorted(version.heads.items())),
        "content": version.tables,
        "digest": version.digest,
        "why": version.why,
        "effective_at": in_utc(version.effective_at) if version.effective_at else None,
        "by": people.get(version.by_id) if version.by_id else None,
    }
