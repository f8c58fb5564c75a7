"""What a browser is asked before it is subscribed, in the language in force."""

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.engines.web_push import server_keys
from broadsheet.notifications.models import PushRefusal, PushSubscription
from broadsheet.notifications.queries.push_topics import NamedTopic, first_topics, named, offered
from broadsheet.notifications.rules.quiet_hours import clock_of
from broadsheet.readers.queries.addresses import account_path

QUIET = ("22:00", "07:00")  # offered where nobody chose hours yet


def title_of(edition: EditionView) -> str:
    """Return the dialog's title (NOT-01)."""
    return _("%(paper)s push notifications") % {"paper": edition.brand}


def text_of(edition: EditionView) -> str:
    """Return the dialog's text (NOT-01)."""
    return _("Get push notifications from %(edition)s") % {"edition": edition.name}


def detail_of() -> str:
    """Return what the dialog says below: what comes, and that it ends as easily."""
    return _("Breaking news and the top stories of the day. You can choose topics and withdraw at any time.")


def wording_of(edition: EditionView) -> str:
    """Return the words that are accepted, as the consent keeps them."""
    return f"{title_of(edition)}. {text_of(edition)}. {detail_of()}"


def offer(edition: EditionView, reader_id: int | None) -> dict[str, Any] | None:
    """Return what the dialog needs; None where there is no key, or the reader refused in another browser."""
    keys = server_keys()
    if not keys or (reader_id is not None and _has_refused(reader_id, edition)):
        return None
    return {
        "title": title_of(edition),
        "text": text_of(edition),
        "detail": detail_of(),
        "accept": _("Accept"),
        "refuse": pgettext("push notifications", "Refuse"),
        "done": _("You get push notifications now."),
        "denied": _(
            "Your browser doesn’t allow it. Allow notifications for this site in its settings, then try again."
        ),
        "failed": _("It did not work: your browser’s push service could not be reached. Try again later."),
        "page": account_path(edition, "push"),
        "link": _("Topics and quiet hours"),
        "style": static("css/push.css"),
        "key": keys[0].public,
        "topics": first_topics(edition),
    }


def page_words(edition: EditionView) -> dict[str, Any] | None:
    """Return what the page says and needs besides; None where there is no key."""
    found = offer(edition, None)
    more = {
        "get": _("Get push notifications"),
        "save": _("Save"),
        "saved": _("Saved. This browser gets push notifications."),
        "withdrawn": _("This browser gets no push notifications any more, and the paper has forgotten it."),
    }
    return found | more if found is not None else None


def choosable(edition: EditionView, wanted: list[str]) -> list[NamedTopic]:
    """Return what the page offers: the edition's topics, and those that the reader came for."""
    found = {topic.word: topic for topic in offered(edition)}
    for word in wanted:
        topic = named(word)
        if topic is not None:
            found.setdefault(word, topic)
    return list(found.values())


def browser_state(row: PushSubscription | None) -> dict[str, Any]:
    """Return what the page shows of this browser."""
    if row is None:
        return {"subscribed": False, "topics": [], "quiet": None}
    words = list(row.topics.order_by("pk").values_list("topic", flat=True))
    quiet = row.quiet_from is not None and row.quiet_to is not None
    return {
        "subscribed": True,
        "topics": [{"word": found.word, "name": found.name} for found in map(named, words) if found is not None],
        "quiet": [clock_of(row.quiet_from), clock_of(row.quiet_to)] if quiet else None,  # type: ignore[arg-type]
    }


def browsers_of(reader_id: int | None) -> int:
    """Return how many browsers of the reader get push notifications."""
    return PushSubscription.objects.filter(reader_id=reader_id).count() if reader_id is not None else 0


def _has_refused(reader_id: int, edition: EditionView) -> bool:
    return PushRefusal.objects.filter(reader_id=reader_id, edition=edition.code).exists()
