"""Around pages of accounts: the paper's frame, the pages a reader has, the pages everybody is pointed to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.translation import gettext as _

from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.web.queries.frame import Frame, frame

_OWN_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}", re.ASCII)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page of a reader's own; `word` is its stable name, `path` where it is in this edition."""

    word: str
    title: str
    path: str


def account_frame(edition: EditionView, path: str) -> Frame:
    """Return the frame of the account page at `path`, which is written without its edition; all editions have it."""
    there = [(other, f"{other.path}{path.lstrip('/')}") for other in editions() if other.id != edition.id]
    return frame(edition, title="", path=f"{edition.path}{path.lstrip('/')}", translations=there, robots="noindex")


def account_menu(edition: EditionView, *, staff: bool) -> tuple[MenuEntry, ...]:
    """Return the pages that a reader who is logged in has, in the language in force."""
    entries = [
        ("profile", _("Profile"), "accounts/profile/"),
        ("notices", _("Notices"), "accounts/notices/"),
        ("subscriptions", _("My subscriptions"), "accounts/subscriptions/"),
        ("my-data", _("My data"), "accounts/my-data/"),
        ("moderation-file", _("My moderation file"), "accounts/moderation-file/"),
        ("sessions", _("Sessions"), "accounts/sessions/"),
        ("2fa", _("Second factor"), "accounts/2fa/"),
    ]
    own = _under(edition.path, entries)
    return (*own, MenuEntry("desk", _("The desk"), "/editor/")) if staff else own


def policy_links(edition: EditionView) -> tuple[MenuEntry, ...]:
    """Return the pages that every page points to: the policies that are in force, and whom to write to.

    No other place makes addresses of policies: until one is in force its page doesn't exist.
    """
    policies = [
        ("privacy", _("Privacy Policy"), "privacy/"),
        ("terms", _("Terms of use"), "terms/"),
        ("standards", _("Community standards"), "standards/"),
    ]
    there = [entry for entry in policies if entry[0] in edition.policies]
    return _under(edition.path, [*there, ("contact", _("Contact"), "contact/")])


def picture_of(name: str | None) -> str:
    """Return the address of a reader's picture: a file of our own making, the default one for anything else (ACC-05)."""
    return f"/avatars/{name}" if name and _OWN_FILE.fullmatch(name) else static("icons/reader.svg")


def _under(root: str, entries: Iterable[tuple[str, str, str]]) -> tuple[MenuEntry, ...]:
    return tuple(MenuEntry(word, title, f"{root}{path}") for word, title, path in entries)
