"""Which badge stands beside an account's comments, and of what subject it is an expert (DIS-10)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from broadsheet.discussion.conf import Badge
from broadsheet.discussion.models import AccountBadge
from broadsheet.kernel.prepared import Prepared
from broadsheet.newsroom.queries.signing import signed_by

_GIVEN = Prepared(lambda number: AccountBadge.objects.filter(pk=number).values_list("badge", "subject", "author_key"))
_SUBJECTS = Prepared(
    lambda numbers: AccountBadge.objects.filter(pk__in=numbers, badge=Badge.EXPERT).values_list("pk", "subject")
)


@dataclass(frozen=True, slots=True)
class GivenBadge:
    """What a chief named the account: an expert of `subject`, or the author who signs as `author_key`."""

    badge: str
    subject: str
    author_key: UUID | None


def badge_given(reader_id: int) -> GivenBadge | None:
    """Return what the account was named, None where it is a reader like others; one question."""
    rows = _GIVEN(reader_id)
    return GivenBadge(*rows[0]) if rows else None


def badge_for(reader_id: int, article_id: int, *, is_staff: bool) -> str:
    """Return the badge of what the account writes below the article: its author's before the newsroom's."""
    given = badge_given(reader_id)
    if given is not None and given.author_key is not None and signed_by([article_id], given.author_key):
        return Badge.AUTHOR
    if is_staff:
        return Badge.STAFF
    return Badge.EXPERT if given is not None and given.badge == Badge.EXPERT else ""


def subjects_of(reader_ids: Collection[int]) -> dict[int, str]:
    """Return of what these accounts are experts; one question, none without accounts."""
    return dict(_SUBJECTS.in_parts(sorted(reader_ids))) if reader_ids else {}
