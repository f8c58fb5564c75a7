"""What a reader accepted and acknowledged, and whether the privacy gate stands before them (ACC-08, ACC-09).

The gate asks for the privacy policy of the edition in which the reader is about to post: an account is one for all
editions, but each edition's policy is a text in a language of its own, and what counts is the text that was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery

from broadsheet.newsroom.queries.policies import PolicyView, current_by_code, current_number
from broadsheet.readers.models import Acceptance, Reader

PRIVACY, TERMS, STANDARDS = "privacy", "terms", "standards"


@dataclass(frozen=True, slots=True)
class Accepted:
    """One acceptance, as its reader may see it."""

    kind: str
    edition: str
    version: int
    digest: str
    language: str
    way: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ToTell:
    """A reader who is to be told of a new version: `version` is the newest accepted, `choices` what is mailed."""

    reader_id: int
    version: int
    choices: dict[str, bool]


def gate_for(*, reader_id: int, edition_code: str, now: datetime) -> PolicyView | None:
    """Return the privacy policy that the reader must acknowledge before posting; None where nothing stands between.

    One question to the database for a reader who has acknowledged it, two for others.
    """
    in_force = Subquery(current_number(edition_code, PRIVACY, now))
    rows = Acceptance.objects.filter(reader_id=reader_id, kind=PRIVACY, edition=edition_code)
    if rows.filter(version__gte=in_force).exists():
        return None
    return current_by_code(edition_code, PRIVACY, now)


def owes_privacy(edition_code: str, now: datetime) -> Q:
    """Return the condition that the gate stands before a reader, to be put into a query of readers."""
    in_force = current_number(edition_code, PRIVACY, now)
    rows = Acceptance.objects.filter(reader_id=OuterRef("pk"), kind=PRIVACY, edition=edition_code)
    return Q(Exists(in_force)) & ~Q(Exists(rows.filter(version__gte=Subquery(in_force))))


def last_accepted(*, reader_id: int, edition_code: str, kind: str) -> int | None:
    """Return the number of the newest version of that policy the reader accepted; None where none was."""
    rows = Acceptance.objects.filter(reader_id=reader_id, kind=kind, edition=edition_code)
    return rows.order_by("-version").values_list("version", flat=True).first()


def accepted(reader_id: int) -> Sequence[Accepted]:
    """Return all that the reader accepted, newest first."""
    fields = ("kind", "edition", "version", "digest", "language", "way", "at")
    rows = Acceptance.objects.filter(reader_id=reader_id).order_by("-at", "-pk").values(*fields)
    return [Accepted(**row) for row in rows]


def readers_to_tell(
    *, policy: PolicyView, came_since: bool = False, after: int = 0, limit: int | None = None
) -> list[ToTell]:
    """Return, in the order of their numbers above `after`, whom the published version is news to.

    That is who accepted an earlier version in its edition and neither this one nor a later one: before it was
    published, or, with `came_since`, only afterwards. Deleted and erased accounts aren't among them.
    """
    own = Acceptance.objects.filter(reader_id=OuterRef("pk"), kind=policy.kind, edition=policy.edition.code)
    there = Q(Exists(own.filter(at__lt=policy.published_at)))
    newest = Subquery(own.order_by("-version").values("version")[:1])
    rows = Reader.objects.filter(pk__gt=after, is_active=True).annotate(newest=newest)
    rows = rows.filter(~there if came_since else there, newest__lt=policy.number).order_by("pk")
    return [ToTell(*row) for row in rows.values_list("pk", "newest", "choices")[:limit]]
