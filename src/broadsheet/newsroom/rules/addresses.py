"""Public paths of articles and lists (ART-01)."""

import re
from datetime import date

from anyascii import anyascii

from broadsheet.newsroom.conf import SLUG_LENGTH

ARTICLE = re.compile(r"^(?P<day>\d{8})(?P<number>\d{10})-(?P<slug>[a-z0-9-]+)$")


def address_slug(headline: str, fallback: str = "article") -> str:
    """Return the words of a headline for its address: ASCII letters, digits and hyphens, cut at a word."""
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(headline).lower().replace("'", "")).strip("-")
    if len(words) > SLUG_LENGTH:
        cut = words[: SLUG_LENGTH + 1].rsplit("-", 1)[0]
        words = (cut if len(cut) <= SLUG_LENGTH else words[:SLUG_LENGTH]).strip("-")
    return words or fallback


def article_path(*, edition: str, section: str, day: date, number: int, slug: str) -> str:
    """Return `/<edition>/<section>/<YYYYMMDD><10-digit id>-<slug>/`; `edition` is its path, `""` at the root."""
    return f"{edition_path(edition)}{section}/{day:%Y%m%d}{number:010d}-{slug}/"


def edition_path(edition: str) -> str:
    """Return the path under which an edition lives."""
    return f"/{edition}/" if edition else "/"


def paged(path: str, number: int) -> str:
    """Return the path of the list's page `number`, counted from 1; the first is the list itself."""
    return path if number <= 1 else f"{path}{number}/"
