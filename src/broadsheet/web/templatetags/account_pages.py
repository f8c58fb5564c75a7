"""What templates of account pages need: the paper's frame, a reader's picture and name."""

import unicodedata
from datetime import datetime
from typing import Any

from django import template

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.queries.returned_mail import Stopped, stopped_of_reader
from broadsheet.web.queries.account_pages import MenuEntry, account_menu, picture_of, policy_links
from broadsheet.web.queries.account_pages import account_frame as frame_of
from broadsheet.web.queries.frame import Frame
from broadsheet.web.queries.restrictions import Restriction, restriction_of

register = template.Library()


@register.simple_tag(takes_context=True)
def account_frame(context: Any) -> Frame | None:
    """Return the frame of the page in its edition; None on a paper that has no edition yet."""
    request = context.get("request")
    edition = getattr(request, "edition", None)
    return frame_of(edition, request.path_info) if edition is not None else None


@register.simple_tag(takes_context=True)
def own_pages(context: Any, edition: EditionView) -> tuple[MenuEntry, ...]:
    """Return the pages of the reader who is logged in; none for visitors."""
    user = getattr(context.get("request"), "user", None)
    return account_menu(edition, staff=user.is_staff) if user is not None and user.is_authenticated else ()


@register.simple_tag
def policies_of(edition: EditionView | None) -> tuple[MenuEntry, ...]:
    """Return the policy pages of the edition, and its contact page."""
    return policy_links(edition) if edition is not None else ()


@register.simple_tag(takes_context=True)
def policy_pages(context: Any) -> dict[str, MenuEntry]:
    """Return the same of the page's edition by their words: privacy, terms and standards where they are in force."""
    return {page.word: page for page in policies_of(getattr(context.get("request"), "edition", None))}


@register.simple_tag
def mail_trouble(reader: Any) -> list[Stopped]:
    """Return the reader's addresses that get no mail which was chosen, since it came back or was complained of."""
    return stopped_of_reader(reader.pk, clock.now())


@register.simple_tag
def avatar_at(name: str | None) -> str:
    """Return the address of a reader's picture: a file of our own making, the default one for anything else."""
    return picture_of(name)


@register.filter
def moment(text: str) -> datetime:
    """Return the moment that a notice's values name."""
    return datetime.fromisoformat(text)


@register.filter
def shown_name(name: str | None) -> str:
    """Return the name without what can't be seen at its ends; empty where nothing could be seen of it."""
    text = str(name or "")
    if all(unicodedata.category(letter)[0] in "CZM" for letter in text):
        return ""
    return text.strip()


@register.simple_tag(takes_context=True)
def restriction_here(context: Any) -> Restriction | None:
    """Return what keeps the reader who is logged in from taking part; None for visitors and everybody else."""
    request = context.get("request")
    user, edition = getattr(request, "user", None), getattr(request, "edition", None)
    if edition is None or user is None or not user.is_authenticated or not user.block:
        return None
    return restriction_of(user.pk, edition, clock.now())


@register.simple_tag
def restriction_on(reader: Any, edition: EditionView | None) -> Restriction | None:
    """Return the same of an account that can't be logged in to, for its owner, whose password was right."""
    return restriction_of(reader.pk, edition, clock.now()) if edition is not None else None
