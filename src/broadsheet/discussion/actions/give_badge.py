"""Names an account an expert or an author, or lets it be a reader like others again (DIS-10)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from broadsheet.discussion.conf import LONGEST_SUBJECT, Badge
from broadsheet.discussion.errors import not_changed
from broadsheet.discussion.facts import BadgeGiven
from broadsheet.discussion.models import AccountBadge, Comment
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.newsroom.queries.signing import signed_by
from broadsheet.readers.queries.faces import account_of

GIVEN = (Badge.EXPERT, Badge.AUTHOR)


def name_expert(*, reader_id: int, subject: str, now: datetime) -> None:
    """Let the account be an expert of the subject, which its comments say, the earlier ones too."""
    subject = " ".join(subject.split())
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        why = _("An expert needs a subject of at most %(longest)s characters.") % {"longest": LONGEST_SUBJECT}
        raise Refused(not_changed("no-subject", why, _("Name what the person knows about.")))
    with transaction.atomic():
        own = _begin(reader_id)
        AccountBadge.objects.create(reader_id=reader_id, badge=Badge.EXPERT, subject=subject, at=now)
        own.filter(author_badge="").update(author_badge=Badge.EXPERT)
        announce(BadgeGiven(reader_id=reader_id))


def name_author(*, reader_id: int, author_key: UUID, now: datetime) -> None:
    """Let the account be the author's: what it writes below articles that the author signs says so."""
    with transaction.atomic():
        own = _begin(reader_id)
        AccountBadge.objects.create(reader_id=reader_id, badge=Badge.AUTHOR, author_key=author_key, at=now)
        threads = own.order_by().values_list("thread_id", flat=True).distinct()
        own.filter(thread_id__in=signed_by(list(threads), author_key)).update(author_badge=Badge.AUTHOR)
        announce(BadgeGiven(reader_id=reader_id))


@transaction.atomic
def take_badge(*, reader_id: int) -> None:
    """Let the account be a reader like others again, or one of the newsroom's."""
    _begin(reader_id)
    announce(BadgeGiven(reader_id=reader_id))


def _begin(reader_id: int) -> QuerySet[Comment]:
    """Take off what the account was named before, and return its comments."""
    take_turn(f"author {reader_id}")
    account = account_of(reader_id)
    if account is None:
        raise Refused(not_changed("no-account", _("There is no such account."), _("Look for it again.")))
    AccountBadge.objects.filter(pk=reader_id).delete()
    own = Comment.objects.filter(author_id=reader_id)
    own.filter(author_badge__in=GIVEN).update(author_badge=Badge.STAFF if account.is_staff else "")
    return own
