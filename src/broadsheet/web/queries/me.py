"""What a stored page learns about who reads it: the one personal answer of public pages (PAGE-01)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.queries.bell import unread_count
from broadsheet.readers.queries.addresses import account_path
from broadsheet.readers.queries.standing import standing
from broadsheet.web.queries.account_pages import account_menu, picture_of
from broadsheet.web.queries.restrictions import restriction_of

NOBODY: dict[str, Any] = {"reader": None}


def about(reader: Any, edition: EditionView, now: datetime) -> dict[str, Any]:
    """Return the reader's name, picture, pages, notices and standing in this edition, in the language in force.

    Two questions to the database, however much the reader did; some more where the reader is blocked.
    """
    stands = standing(reader.pk, edition.code, now)
    unread = unread_count(reader.pk)
    return {
        "reader": {
            "name": str(reader),
            "user_id": reader.public_id,
            "avatar": picture_of(reader.avatar),
            "language": reader.language or edition.language,
        },
        "menu": [
            {"word": entry.word, "title": entry.title, "path": entry.path}
            for entry in account_menu(edition, staff=reader.is_staff)
        ],
        "unread": unread,
        "unread_words": ngettext("%(count)s new notice", "%(count)s new notices", unread) % {"count": unread},
        "may_post": stands.refusal is None,
        "why_not": stands.refusal.as_json() if stands.refusal else None,
        "gate": _gate(edition) if stands.gated else None,
        "blocked": _blocked(reader, edition, now) if reader.block else None,
        "log_out": {"title": _("Log out"), "path": f"{edition.path}accounts/logout/"},
    }


def _blocked(reader: Any, edition: EditionView, now: datetime) -> dict[str, Any] | None:
    """Return why and for how long the reader is blocked, and the ways on; a few more questions, to the blocked alone."""
    found = restriction_of(reader.pk, edition, now)
    if found is None:
        return None
    links = [{"title": _("My moderation file"), "path": account_path(edition, "moderation_file")}]
    if found.puid:
        links.insert(
            0, {"title": _("Statement of reasons"), "path": account_path(edition, "statement", puid=found.puid)}
        )
    if found.letter:
        links.append({"title": _("Write to the moderators"), "path": found.letter})
    number = _("Your User ID: %(user_id)s") % {"user_id": reader.public_id}
    return {"text": " ".join(part for part in (found.sentence, found.why, number) if part), "links": links}


def _gate(edition: EditionView) -> dict[str, str]:
    return {
        "text": _("Please read our Privacy Policy. Until you have acknowledged it, you can read but not post."),
        "link": _("Read the Privacy Policy"),
        "path": f"{edition.path}accounts/gate/",
    }
