"""What a browser is told: a declarative push message, which the worker of older browsers reads as well."""

import json
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _

from broadsheet.newsroom.queries.cards import ArticleCard
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.conf import PUSH_URGENT_SECONDS, PUSH_USUAL_SECONDS, pictures
from broadsheet.notifications.models import PushCampaign
from broadsheet.readers.queries.addresses import account_path

WEB_PUSH = 8030  # the sign of a declarative message
_LONGEST_PICTURE = 1200  # characters of an address; what is longer is left out


def message(campaign: PushCampaign, card: ArticleCard) -> bytes:
    """Return the message, the same for all browsers: it leads to the article in its own edition.

    A later push about the article takes the earlier one's place (`tag`); one that comes twice does so unheard, as the
    worker tells by `push`.
    """
    with translation.override(card.edition.language):
        withdraw = {"action": "settings", "title": _("Choose or withdraw"), "navigate": settings_url(card.edition)}
    notification: dict[str, Any] = {
        "title": campaign.title,
        "navigate": settings.PUBLIC_URL + card.path,
        "lang": card.edition.language,
        "dir": card.edition.direction,
        "tag": f"article-{card.public_id}",
        "icon": settings.PUBLIC_URL + static("icons/icon-192.png"),
        "silent": False,
        "timestamp": int((campaign.begun_at or campaign.due_at).timestamp() * 1000),
        "actions": [withdraw],
        "data": {"push": campaign.pk, "settings": withdraw["navigate"]},
    }
    if campaign.text:
        notification["body"] = campaign.text
    picture = picture_of(card) if campaign.with_picture else ""
    if picture and len(picture) < _LONGEST_PICTURE:
        notification["image"] = picture
    return json.dumps({"web_push": WEB_PUSH, "notification": notification}, ensure_ascii=False).encode()


def settings_url(edition: EditionView) -> str:
    """Return where a reader chooses topics and withdraws: every message leads there (GDPR art. 7(3))."""
    return settings.PUBLIC_URL + account_path(edition, "push")


def picture_of(card: ArticleCard) -> str:
    """Return the whole address of the article's picture, empty where it has none."""
    found = pictures["of"](card) if card.picture is not None and "of" in pictures else ""
    return settings.PUBLIC_URL + found if found.startswith("/") else str(found)


def headers(campaign: PushCampaign, card: ArticleCard) -> dict[str, str]:
    """Return the headers of RFC 8030: a message that waits at the service is replaced by a later one of its `Topic`."""
    return {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(PUSH_URGENT_SECONDS if campaign.breaking else PUSH_USUAL_SECONDS),
        "Urgency": "high" if campaign.breaking else "normal",
        "Topic": f"article-{card.public_id}",
    }


def contact(card: ArticleCard) -> str:
    """Return whom a push service writes to when something is wrong (RFC 8292 §2.1)."""
    address = card.edition.contact_address or settings.DEFAULT_FROM_EMAIL
    return f"mailto:{address}" if "@" in address and address.isascii() and " " not in address else settings.PUBLIC_URL
