"""Pages for what is not there, no longer there, or went wrong."""

import errno
import sys
from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from broadsheet.importing.queries.old_addresses import article_at
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.newsroom.queries.editions import EditionView, editions, root_edition
from broadsheet.web.queries.frame import frame
from broadsheet.web.queries.rails import rails

_FULL = ("database or disk is full", "No space left on device")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page, and where to look; lead on where an imported article had this address."""
    moved = _moved(request)
    if moved is not None:
        return HttpResponsePermanentRedirect(moved)
    edition = edition_of(request.path)
    if edition is None:
        return HttpResponse(get_template("pages/500.html").render({"status": 404}), status=404)
    return _helpful(request, edition, 404)


def gone(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Say that the article was withdrawn."""
    return _helpful(request, edition, 410)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong here, or that nothing can be stored now, without asking anything of the database."""
    status = 503 if _is_disk_full(sys.exception()) else 500
    answer = HttpResponse(get_template("pages/500.html").render({"status": status}), status=status)
    if status == 503:
        answer["Retry-After"] = "300"
        answer["Cache-Control"] = "no-store"
    return answer


def refused(request: HttpRequest, exception: Exception | None = None, status: int = 400) -> HttpResponse:
    """Say that the request makes no sense or isn't allowed."""
    return HttpResponse(get_template("pages/500.html").render({"status": status}), status=status)


def edition_of(path: str) -> EditionView | None:
    """Return the edition that an address belongs to, None where no edition is there or the database is away."""
    with suppress(Exception):
        word = path.strip("/").split("/", 1)[0]
        found = next((edition for edition in editions() if edition.code == word and not edition.at_root), None)
        return found or root_edition() or next(iter(editions()), None)
    return None


def _is_disk_full(error: BaseException | None) -> bool:
    """Return whether what was to be stored found no room, by what databases and file systems say of it."""
    while error is not None:
        if getattr(error, "errno", None) == errno.ENOSPC or any(words in str(error) for words in _FULL):
            return True
        error = error.__cause__
    return False


def _moved(request: HttpRequest) -> str | None:
    """Return where the article lives now that had this address on the site it was imported from."""
    with suppress(Exception):  # the database may be away: then the page is simply not found
        number = article_at(request.get_full_path())
        card = cards_by_id([number]).get(number) if number is not None else None
        return card.path if card is not None else None
    return None


def _helpful(request: HttpRequest, edition: EditionView, status: int) -> HttpResponse:
    with translation.override(edition.language), timezone.override(edition.zone):
        title = _("This page is not here") if status == 404 else _("This article was withdrawn")
        head = frame(edition, title=title, path=edition.path, robots="noindex")
        newest = rails(edition.id).news[:6]
        words = {"frame": head, "status": status, "news": newest, "guess": _words(request.path)}
        return HttpResponse(get_template("pages/not_found.html").render(words), status=status)


def _words(path: str) -> str:
    """Return the words of an address, as a first guess for the search."""
    last = path.strip("/").rsplit("/", 1)[-1][:200]
    words = [word for word in last.split("-") if word.isalpha() and len(word) > 2]
    return " ".join(words[:6])
