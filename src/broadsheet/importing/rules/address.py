"""What an article's address tells: its section, its day and its number."""

import re
from dataclasses import dataclass
from datetime import date

_ARTICLE = re.compile(
    r"(?P<address>(?:(?P<root>https?://[^\s/<>\"']+)?(?P<path>/(?:[^\s/<>\"'?#]+/)*)))?"
    r"(?P<day>(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?P<id>\d{10})-(?P<slug>[^\s/<>\"'?#]+)/?"
)


@dataclass(frozen=True, slots=True)
class ArticleAddress:
    """The parts of an address of the form `/<section>/<YYYYMMDD><10 digits>-<slug>/`."""

    text: str
    section: str | None
    published_on: str
    public_id: str
    slug: str


def find_address(text: str) -> ArticleAddress | None:
    """The first article address in the text, or None; a day that is in no calendar is no address."""
    for match in _ARTICLE.finditer(text[:200_000]):
        day = match.group("day")
        try:
            published = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        except ValueError:
            continue
        before = text[match.start("day") - 1 : match.start("day")] if match.start("day") else ""
        if before and before != "/":
            continue
        folders = [part for part in (match.group("path") or "").split("/") if part]
        return ArticleAddress(
            text=match.group(),
            section=folders[-1] if folders else None,
            published_on=published.isoformat(),
            public_id=match.group("id"),
            slug=match.group("slug"),
        )
    return None
