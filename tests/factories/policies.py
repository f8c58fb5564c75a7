"""Versions of policies for tests."""

from datetime import datetime, timedelta
from typing import Any

from broadsheet.kernel import clock
from broadsheet.newsroom.models import EditionPage, PolicyVersion
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.newsroom.rules.policy_text import digest


def make_version(
    edition: EditionPage, kind: str = "privacy", number: int = 1, *, at: datetime, text: str = "", **fields: Any
) -> PolicyVersion:
    """Return a published version in force from `at` on, written as it is, without the checks of publishing."""
    text = text or f"# How {edition.title} deals with data\n\nThis is version {number}.\n"
    values = {"title": kind.title(), "what_changed": f"What {number} changed.", "why": f"Why {number}.", **fields}
    return PolicyVersion.objects.create(
        edition=edition, kind=kind, number=number, text=text, digest=digest(text), effective_at=at, published_at=at,
        **values,
    )  # fmt: skip


def put_in_force(edition: EditionPage, *kinds: str) -> None:
    """Let a first version of each kind be in force since an hour ago; standards have no clauses."""
    bare = {
        "languages": [edition.locale.language_code], "labels": {"permitted": "Yes", "forbidden": "No"},
        "clauses": [], "texts": [], "sections": [],
    }  # fmt: skip
    for kind in kinds:
        more = {"document": bare} if kind == "standards" else {}
        make_version(edition, kind, at=clock.now() - timedelta(hours=1), **more)
    forget_editions()
