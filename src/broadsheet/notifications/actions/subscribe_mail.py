"""Takes down that an address wants mail of topics, with the consent it rests on (NOT-02; GDPR art. 7)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.email import canonical
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.rates import Limit, take
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.actions.confirm_mail import let_count
from broadsheet.notifications.actions.queue_mail import put
from broadsheet.notifications.conf import MOST_ASKED, MOST_MAIL_TOPICS
from broadsheet.notifications.models import MailSubscription, MailTopic, Urgency
from broadsheet.notifications.queries.mail_offer import MailOffer, belongs_to, named_mail_topic, wording_of
from broadsheet.notifications.queries.unsubscribed import by_address
from broadsheet.notifications.rules.addresses import recipient
from broadsheet.readers.queries.people import has_confirmed

CONFIRM = "subscribe-confirm"
MAILS = Limit("subscription-mails", times=3, per=timedelta(days=1))  # to one address, whoever gives it


@transaction.atomic
def subscribe_mail(
    *, address: str, topics: Sequence[str], edition: EditionView, reader_id: int | None, way: str, now: datetime
) -> bool:
    """Let the address get mail of the topics once its owner confirms it; return whether it counts already.

    It counts at once for a reader's own address, which the account has confirmed. Any other address is sent a mail,
    three a day at most, that names what was asked for and what it gets already; the caller's answer is the same
    whatever is known of it. `Refused` where no mail server could be told the address, or nothing was chosen.
    """
    to = recipient(address)
    if isinstance(to, Refusal):
        raise Refused(to)
    wanted = _known(topics, edition)
    email = canonical(address)
    own = reader_id is not None and has_confirmed(reader_id, email)
    if not own and take(MAILS, email, now):
        return False
    row = _row(email, edition, reader_id if own else None, now)
    asked = _ask(row, wanted, edition, way, now)
    if own:
        let_count(row=row, words=asked, now=now)
        return True
    put(
        key=f"{CONFIRM}:{row.pk}:{now:%Y%m%dT%H%M%S%f}", purpose=CONFIRM, edition=edition.code, language=row.language,
        values={"subscription": row.pk, "topics": [one.word for one in wanted], "asked": now.isoformat()},
        urgency=Urgency.FIRST,
    )  # fmt: skip
    return False


def _known(topics: Sequence[str], edition: EditionView) -> list[MailOffer]:
    words = [word for word in dict.fromkeys(topics[:MOST_ASKED]) if belongs_to(word, edition)]
    found = [topic for topic in map(named_mail_topic, words) if topic is not None]
    if not found:
        raise Refused(
            Refusal("no-topic", _("Nothing was changed."), _("No topic was chosen."), _("Choose at least one."))
        )
    return found


def _row(email: str, edition: EditionView, reader_id: int | None, now: datetime) -> MailSubscription:
    beginning = {
        "address": email, "language": edition.language, "zone": edition.zone.key, "created_at": now,
    }  # fmt: skip
    rows = MailSubscription.objects
    rows.get_or_create(recipient=by_address(email), edition=edition.code, defaults=beginning)
    row = rows.select_for_update().get(recipient=by_address(email), edition=edition.code)
    if reader_id is not None and row.reader_id != reader_id:
        row.reader_id = reader_id
        row.save(update_fields=["reader_id"])
    return row


def _ask(row: MailSubscription, wanted: list[MailOffer], edition: EditionView, way: str, now: datetime) -> list[str]:
    """Store what isn't running yet and return its words; what was ended before is asked for anew."""
    running = set(row.topics.filter(confirmed_at__isnull=False, ended_at=None).values_list("topic", flat=True))
    new = [topic for topic in wanted if topic.word not in running][: max(0, MOST_MAIL_TOPICS - len(running))]
    for topic in new:
        wording = wording_of(edition, topic)
        asked = {
            "wording": wording, "wording_digest": sha256(wording.encode()).hexdigest(), "way": way, "consented_at": now,
            "confirmed_at": None, "ended_at": None,
        }  # fmt: skip
        MailTopic.objects.update_or_create(subscription=row, topic=topic.word, defaults=asked)
    return [topic.word for topic in new]
