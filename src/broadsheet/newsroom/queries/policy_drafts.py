"""Drafts of policies: what they begin with, what they would say, and what stands against their publication."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal
from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.engines.policy_markup import policy_html
from broadsheet.newsroom.engines.standards_text import NoStandardsError, write_standards
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import EditionPage, PolicyVersion
from broadsheet.newsroom.queries.editions import EditionView, edition_by_id, editions
from broadsheet.newsroom.queries.policies import KINDS, words_of
from broadsheet.newsroom.queries.policy_names import policy_names
from broadsheet.newsroom.queries.rulebooks import rulebook_now
from broadsheet.newsroom.rules.policies import Before, Candidate, refuse_publication
from broadsheet.newsroom.rules.policy_differences import Difference, differences
from broadsheet.newsroom.rules.policy_text import digest, fill, unfilled_variables, unknown_variables

SHIPPED = Path(__file__).resolve().parent.parent / "shipped"
# Who is answerable and how to reach them can't be left out (GDPR art. 13(1)(a), DSA art. 12).
NEEDED = ("publisher", "privacy_address", "contact_address", "moderators_address")


@dataclass(frozen=True, slots=True)
class Written:
    """What a draft would say if it were published now."""

    source: str
    words: str
    names: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    document: dict[str, Any] | None = None
    rulebook_version: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What the desk shows of a draft before it is published; `refusal` says what stands against it."""

    html: SafeString
    seal: str
    differences: tuple[Difference, ...]
    before: PolicyVersion | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class PolicyPlace:
    """A policy of an edition as the desk lists it."""

    edition: EditionView
    kind: PolicyKind
    versions: tuple[PolicyVersion, ...]
    draft: PolicyVersion | None


def shipped_policy(language: str, kind: str) -> dict[str, str]:
    """Return title, text, what changed and why of the first version, empty where nothing is shipped in the language."""
    for name in (language, language.partition("-")[0]):
        file = SHIPPED / name / f"{kind}.md"
        if file.is_file():
            head, _rule, text = file.read_text(encoding="utf-8").partition("\n---\n")
            values = dict(line.split(": ", 1) for line in head.splitlines())
            return {**values, "text": text.strip() + "\n" if text.strip() else ""}
    return {"title": str(PolicyKind(kind).label)}


def write_draft(draft: PolicyVersion) -> Written:
    """Return what the draft would say; `Refused` where the standards can't be written in the edition's language."""
    edition = edition_by_id(draft.edition_id)
    names = policy_names(edition)
    if draft.kind != PolicyKind.STANDARDS:
        missing = unfilled_variables(draft.text, names)
        return Written(
            source=draft.text,
            words=fill(draft.text, names),
            names=names,
            unknown=tuple(unknown_variables(draft.text, names)),
            needed=tuple(name for name in NEEDED if name in missing),
        )
    try:
        standards = write_standards(edition.language, lambda: rulebook_now(edition.id).rulebook)
    except NoStandardsError as error:
        raise refuse(
            "no-standards",
            _("The standards of %(edition)s can't be written.") % {"edition": edition.name},
            str(error),
            _("See docs/guides/standards.md."),
        ) from error
    return Written(draft.text, standards.text, names, (), (), standards.document, standards.rulebook_version)


def judge_draft(draft: PolicyVersion, written: Written, now: datetime) -> Refusal | None:
    """Return why the draft can't be published; None where nothing stands against it."""
    last = last_published(draft)
    before = None
    if last is not None:
        before = Before(words_of(last), last.number, last.effective_at or now)
    candidate = Candidate(
        words=written.words,
        what_changed=draft.what_changed,
        why=draft.why,
        effective_at=draft.effective_at or now,
        unknown=written.unknown,
        needed=written.needed,
    )
    return refuse_publication(candidate, before, now)


def previewed(draft: PolicyVersion, now: datetime) -> Preview:
    """Return what the draft would say, and what it says otherwise than the version before it."""
    written = write_draft(draft)
    before = last_published(draft)
    found = differences(words_of(before), written.words) if before is not None else []
    return Preview(
        html=mark_safe(policy_html(written.words)),
        seal=seal_of(draft, written),
        differences=tuple(one for one in found if one.kind != "same"),
        before=before,
        refusal=judge_draft(draft, written, now),
    )


def seal_of(draft: PolicyVersion, written: Written) -> str:
    """Return a digest of all that is published with the draft: what an editor has seen is what is published."""
    moment = draft.effective_at.isoformat() if draft.effective_at else ""
    return digest(json.dumps([written.words, draft.title, draft.what_changed, draft.why, moment]))


def may_write_policies(user: Any) -> bool:
    """Return whether the user may write and publish policies: chiefs and operators (ACC-09)."""
    return bool(user.has_perm("newsroom.change_policyversion"))


def last_published(draft: PolicyVersion) -> PolicyVersion | None:
    """Return the newest published version of the same policy."""
    rows = PolicyVersion.objects.filter(edition_id=draft.edition_id, kind=draft.kind, published_at__isnull=False)
    return rows.order_by("-number").first()


def policy_places() -> list[PolicyPlace]:
    """Return the policies of every public edition, each with its versions, newest first, and its draft."""
    rows = PolicyVersion.objects.select_related("published_by").defer("document").order_by("-number")
    found = list(rows)
    places = []
    for edition in editions():
        for kind in PolicyKind:
            own = [row for row in found if (row.edition_id, row.kind) == (edition.id, kind)]
            draft = next((row for row in own if row.published_at is None), None)
            places.append(PolicyPlace(edition, kind, tuple(row for row in own if row is not draft), draft))
    return places


def missing_policies(edition_id: int) -> list[str]:
    """Return the kinds of which the edition has nothing published."""
    rows = PolicyVersion.objects.filter(edition_id=edition_id, published_at__isnull=False)
    there = set(rows.values_list("kind", flat=True))
    return [kind for kind in KINDS if kind not in there]


def editions_without_policies() -> list[tuple[int, list[str]]]:
    """Return the ids of all editions, hidden ones as well, that lack a policy and its draft, with what they lack."""
    rows = PolicyVersion.objects.values_list("edition_id", "kind")
    there = set(rows)
    numbers = EditionPage.objects.order_by("path").values_list("pk", flat=True)
    lacking = [(number, [kind for kind in KINDS if (number, kind) not in there]) for number in numbers]
    return [(number, kinds) for number, kinds in lacking if kinds]
