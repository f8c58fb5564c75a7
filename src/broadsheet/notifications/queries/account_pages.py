"""Where account pages are that other packages make, as mails and notices lead to them."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch

from broadsheet.newsroom.queries.editions import EditionView, edition_by_code, editions
from broadsheet.readers.queries.addresses import account_path


def edition_named(code: str) -> EditionView | None:
    """Return the edition, or the first one where none has this code; None in a paper without any."""
    return edition_by_code(code) or next(iter(editions()), None)


def statement_path(edition: EditionView | None, puid: str) -> str:
    """Return the path of a statement of reasons; empty where there is no edition."""
    return account_path(edition, "statement", puid=puid) if edition is not None else ""


def file_path(edition: EditionView | None) -> str:
    """Return the path of the reader's moderation file; empty where there is no edition."""
    return account_path(edition, "moderation_file") if edition is not None else ""


def letter_url(edition: EditionView, puid: str = "") -> str:
    """Return the address of the form that contests a decision, or asks for the account back; empty where there is none."""
    try:
        path = account_path(edition, "letter_write")
    except NoReverseMatch:
        return ""
    return settings.PUBLIC_URL + path + (f"?{urlencode({'decision': puid})}" if puid else "")
