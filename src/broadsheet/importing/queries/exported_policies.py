"""Versions of policies as a bundle writes them."""

import json
from collections.abc import Mapping
from typing import Any

from broadsheet.importing.rules.shapes import in_utc
from broadsheet.newsroom.queries import archive

Row = dict[str, Any]
WORDS = ("title", "text", "rulebook_version", "digest", "what_changed", "why")


def policy_rows(people: Mapping[int, str]) -> list[Row]:
    """Return all versions, drafts as well; `people` are User IDs by database ids."""
    return [policy_row(version, people) for version in archive.all_policy_versions()]


def policy_row(version: Any, people: Mapping[int, str]) -> Row:
    """Return one version; objects come in the order of their keys, since a database may not keep another."""
    return {
        "edition": version.edition.code,
        "kind": version.kind,
        "number": version.number,
        **{name: getattr(version, name) for name in WORDS},
        "names": dict(sorted(version.names.items())),
        "document": json.loads(json.dumps(version.document, sort_keys=True)),
        "effective_at": in_utc(version.effective_at) if version.effective_at else None,
        "published_at": in_utc(version.published_at) if version.published_at else None,
        "published_by": people.get(version.published_by_id) if version.published_by_id else None,
    }
