"""The standards of a version: as a page shows them, and for machines (ACC-09; DSA art. 14(1))."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from broadsheet.newsroom.engines.policy_markup import policy_html
from broadsheet.newsroom.models import PolicyVersion
from broadsheet.newsroom.queries.policies import PolicyView


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A comment, or one after another, and what it stands under."""

    comments: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause; its code is also its anchor, the same in every version."""

    code: str
    title: str
    html: SafeString
    permitted: tuple[ExampleView, ...]
    forbidden: tuple[ExampleView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the standards: text, or clauses of one kind."""

    code: str
    title: str
    html: SafeString
    clauses: tuple[ClauseView, ...]


@dataclass(frozen=True, slots=True)
class StandardsView:
    """The standards as a page shows them."""

    parts: tuple[PartView, ...]
    permitted: str
    forbidden: str


def standards_of(policy: PolicyView) -> StandardsView:
    """Return the parts of a published version of the standards."""
    document = _document(policy)
    (language,) = document["languages"]
    labels = document["labels"]
    clauses = {row["id"]: _clause(row, language, labels) for row in document["clauses"]}
    texts = {row["id"]: _html(row["text"][language]) for row in document["texts"]}
    parts = (
        PartView(
            row["id"],
            row["title"],
            texts.get(row["id"], _html(())),
            tuple(clauses[code] for code in row["clauses"]),
        )
        for row in document["sections"]
    )
    return StandardsView(tuple(parts), labels["permitted"], labels["forbidden"])


def standards_for_machines(policy: PolicyView) -> dict[str, Any]:
    """Return the version as JSON: clauses with ids that stay, examples, texts; `policy` says which version it is."""
    return {
        "policy": {
            "edition": policy.edition.code,
            "version": policy.number,
            "title": policy.title,
            "in_force_from": policy.effective_at.isoformat(),
            "published": policy.published_at.isoformat(),
            "url": f"{settings.PUBLIC_URL}{policy.version_path}",
            "sha256": policy.digest,
        },
        **_document(policy),
    }


def _document(policy: PolicyView) -> dict[str, Any]:
    found: Any = PolicyVersion.objects.values_list("document", flat=True).get(pk=policy.id)
    return dict(found)


def _clause(row: Mapping[str, Any], language: str, labels: Mapping[str, str]) -> ClauseView:
    sides = {side: tuple(_example(one, labels) for one in row[side][language]) for side in ("permitted", "forbidden")}
    return ClauseView(row["id"], row["title"][language], _html(row["text"][language]), **sides)


def _example(row: Mapping[str, Any], labels: Mapping[str, str]) -> ExampleView:
    steps = row.get("steps")
    said = (
        tuple(f"{step['author']} (+{step['seconds']} s): {step['text']}" for step in steps) if steps else (row["text"],)
    )
    notes = [(labels["article"], row["article"]["title"])] if row.get("article") else []
    notes += [(labels["answers"], row["parent"])] if row.get("parent") else []
    return ExampleView(said, tuple(notes))


def _html(paragraphs: Sequence[str]) -> SafeString:
    return mark_safe(policy_html("\n\n".join(paragraphs)))
