"""The versions of an edition's policies: what is in force, what was, what comes (ACC-08, ACC-09)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.engines.policy_markup import policy_html
from broadsheet.newsroom.models import PolicyVersion
from broadsheet.newsroom.queries.editions import EditionView, edition_by_code, edition_by_id
from broadsheet.newsroom.rules import policy_differences
from broadsheet.newsroom.rules.policy_differences import Difference
from broadsheet.newsroom.rules.policy_text import fill

KINDS = tuple(PolicyKind.values)


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A published version as readers see it: `text` has its names filled in, and `digest` is its SHA-256."""

    id: int
    edition: EditionView
    kind: str
    number: int
    title: str
    text: str
    digest: str
    what_changed: str
    why: str
    effective_at: datetime
    published_at: datetime

    @property
    def html(self) -> SafeString:
        """Return the text as markup, headings from `h2` down."""
        return mark_safe(policy_html(self.text))

    @property
    def label(self) -> str:
        """Return the name of its kind in the language that is active; `title` is in the edition's."""
        return str(PolicyKind(self.kind).label)

    @property
    def path(self) -> str:
        """Return the address of the policy in its edition, whose newest version in force stands there."""
        return f"{self.edition.path}{self.kind}/"

    @property
    def version_path(self) -> str:
        """Return the address of this very version."""
        return f"{self.path}{self.number}/"

    def difference_path(self, since: int) -> str:
        """Return the address of what differs from the version with that number."""
        return f"{self.version_path}since/{since}/"


def current(edition_id: int, kind: str, now: datetime) -> PolicyView | None:
    """Return the version in force at that moment; None where nothing is published yet."""
    return _view(_published(kind).filter(edition_id=edition_id, effective_at__lte=now).first())


def upcoming(edition_id: int, kind: str, now: datetime) -> PolicyView | None:
    """Return the published version that comes next."""
    return _view(_published(kind).filter(edition_id=edition_id, effective_at__gt=now).last())


def version(edition_id: int, kind: str, number: int) -> PolicyView | None:
    """Return the published version with this number."""
    return _view(_published(kind).filter(edition_id=edition_id, number=number).first())


def history(edition_id: int, kind: str) -> list[PolicyView]:
    """Return all published versions, newest first."""
    rows = _published(kind).filter(edition_id=edition_id)
    return [view for row in rows if (view := _view(row)) is not None]


def current_by_code(edition_code: str, kind: str, now: datetime) -> PolicyView | None:
    """Return the version in force in the edition with this code; None where there is no such edition."""
    edition = edition_by_code(edition_code)
    return current(edition.id, kind, now) if edition is not None else None


def current_number(edition_code: str, kind: str, now: datetime) -> "QuerySet[Any, int]":
    """Return the number of the version in force, as one row of a query to put into another; no row without one."""
    rows = _published(kind).filter(edition__code=edition_code, effective_at__lte=now)
    return rows.values_list("number", flat=True)[:1]


def differences(old: PolicyView, new: PolicyView) -> list[Difference]:
    """Return what the newer version says otherwise than the older one, in the order in which it is read."""
    return policy_differences.differences(old.text, new.text)


def words_of(row: PolicyVersion) -> str:
    """Return the words of a published version as readers see them; those of the standards are written whole."""
    return row.text if row.kind == PolicyKind.STANDARDS else fill(row.text, row.names)


def _published(kind: str) -> QuerySet[PolicyVersion]:
    return PolicyVersion.objects.filter(kind=kind, published_at__isnull=False).order_by("-number").defer("document")


def _view(row: PolicyVersion | None) -> PolicyView | None:
    if row is None or row.effective_at is None or row.published_at is None:
        return None
    return PolicyView(
        id=row.pk,
        edition=edition_by_id(row.edition_id),
        kind=row.kind,
        number=row.number,
        title=row.title,
        text=words_of(row),
        digest=row.digest,
        what_changed=row.what_changed,
        why=row.why,
        effective_at=row.effective_at,
        published_at=row.published_at,
    )
