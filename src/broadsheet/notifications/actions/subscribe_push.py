"""Keeps a browser's subscription to push notifications, with the consent it rests on (NOT-01; GDPR art. 7)."""

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.fetching import FetchRefusedError, NotFetchedError, resolve
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.conf import MOST_TOPICS
from broadsheet.notifications.engines.web_push import is_point, server_key, unb64
from broadsheet.notifications.models import PushRefusal, PushSubscription, PushTopic
from broadsheet.notifications.queries.push_topics import named
from broadsheet.notifications.rules.endpoints import digest_of, strange_endpoint
from broadsheet.notifications.rules.quiet_hours import zone_named
from broadsheet.readers.actions.give_consent import give_consent


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser says of its own subscription."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What its reader chose: topics by their words, the zone of the clock, quiet hours as minutes of the day."""

    topics: tuple[str, ...]
    zone: str = ""
    quiet_from: int | None = None
    quiet_to: int | None = None


def subscribe_push(
    *,
    browser: Browser,
    wishes: Wishes,
    known_by: str,
    edition: EditionView,
    reader_id: int | None,
    wording: str,
    way: str,
) -> PushSubscription:
    """Store the subscription, or what it is now; there is one for each browser, however often it subscribes.

    `known_by` is the public key of ours that the browser was given; `wording` are the words that were accepted.
    `Refused` where the browser gave what can't be, or the address leads into a private network.
    """
    check_browser(browser)
    if server_key(known_by) is None:
        raise Refused(_refusal(_("It knows the paper by a key that is no longer used.")))
    words = _known(wishes.topics)
    now = clock.now()
    values = {
        "endpoint": browser.endpoint,
        "p256dh": browser.p256dh,
        "auth": browser.auth,
        "server_key": known_by,
        "edition": edition.code,
        "language": edition.language,
        "zone": str(zone_named(wishes.zone)),
        "quiet_from": wishes.quiet_from,
        "quiet_to": wishes.quiet_to,
        "wording": wording,
        "wording_digest": sha256(wording.encode()).hexdigest(),
        "way": way,
        "consented_at": now,
        "failures": 0,
        **({"reader_id": reader_id} if reader_id is not None else {}),
    }
    with transaction.atomic():
        row, _made = PushSubscription.objects.update_or_create(
            endpoint_digest=digest_of(browser.endpoint), defaults=values, create_defaults={**values, "created_at": now}
        )
        _put_topics(row, words)
        if reader_id is not None:
            PushRefusal.objects.filter(reader_id=reader_id, edition=edition.code).delete()
            purpose, language = purpose_of(edition), edition.language
            give_consent(reader_id=reader_id, purpose=purpose, wording=wording, language=language, way=way)
    return row


def check_browser(browser: Browser) -> None:
    """`Refused` where no push service could have given this, or its address leads into a private network."""
    strange = strange_endpoint(browser.endpoint, local=settings.PUSH_LOCAL)
    if strange is not None:
        raise Refused(strange)
    try:
        point, secret = unb64(browser.p256dh), unb64(browser.auth)
    except ValueError:
        point = secret = b""
    if len(browser.p256dh) > 88 or len(browser.auth) > 24 or len(secret) != 16 or not is_point(point):
        raise Refused(_refusal(_("The keys that it gave are none.")))
    try:
        resolve(urlsplit(browser.endpoint), allow_private=settings.PUSH_LOCAL)
    except FetchRefusedError as refused:
        raise Refused(_refusal(_("The address of its push service lies in a private network."))) from refused
    except NotFetchedError:
        return  # not found just now: it is looked up again when something is sent


def purpose_of(edition: EditionView) -> str:
    """Return what the consent is for: push of one edition, and nothing else."""
    return f"push:{edition.code}"


def _known(topics: tuple[str, ...]) -> list[str]:
    words = [word for word in dict.fromkeys(topics[:MOST_TOPICS]) if named(word) is not None]
    if not words:
        raise Refused(
            Refusal(
                "no-topic",
                _("Nothing was changed."),
                _("No topic was chosen."),
                _("Choose at least one, or withdraw push notifications."),
            )
        )
    return words


def _put_topics(row: PushSubscription, words: list[str]) -> None:
    row.topics.exclude(topic__in=words).delete()
    PushTopic.objects.bulk_create([PushTopic(subscription=row, topic=word) for word in words], ignore_conflicts=True)


def _refusal(why: str) -> Refusal:
    return Refusal(
        "bad-subscription", _("The browser could not be subscribed."), why, _("Reload the page and try again.")
    )
