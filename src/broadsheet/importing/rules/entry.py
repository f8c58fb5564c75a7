"""One article on its way in, wherever it comes from: a saved page, a feed, a WordPress export."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from broadsheet.importing.rules.page_result import Credit, Notice
from broadsheet.importing.rules.report import Line

Block = dict[str, Any]  # as in a bundle, except that `picture` is a place in the entry's list of pictures


@dataclass(frozen=True, slots=True)
class EntryPicture:
    """A picture by its address, with the words that belong to it; None is what the source doesn't say."""

    address: str
    caption: str | None = None
    alt: str | None = None
    title: str = ""
    credit: Credit | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as its source tells it; `key` names it there for good."""

    key: str
    headline: str
    body: tuple[Block, ...] = ()
    pictures: tuple[EntryPicture, ...] = ()
    lead: int | None = None
    short_title: str = ""
    standfirst: str = ""
    kind: str = "news"
    language: str | None = None
    section: str | None = None
    section_slug: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    public_id: int | None = None
    address_slug: str = ""
    published_on: date | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    is_live: bool = False
    was_live: bool = False
    source_name: str = ""
    source_url: str = ""
    source_licence: str = ""
    old_addresses: tuple[str, ...] = ()
    dropped: tuple[Line, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """Return what the source says as plain values, to see whether it says something else the next time."""
        return {
            "headline": self.headline,
            "body": list(self.body),
            "pictures": [[one.address, one.caption, one.alt, _credit(one.credit)] for one in self.pictures],
            "lead": self.lead,
            "words": [self.short_title, self.standfirst, self.kind, self.section, self.section_slug],
            "tags": list(self.tags),
            "authors": list(self.authors),
            "notices": [notice.as_json() for notice in self.notices],
            "times": [str(self.published_on), str(self.published_at), str(self.updated_at)],
            "state": [self.is_live, self.was_live],
            "source": [self.source_name, self.source_url, self.source_licence],
        }


@dataclass(slots=True)
class Drops:
    """Gathers what is left out of one entry, the same thing once."""

    lines: list[Line] = field(default_factory=list)

    def add(self, what: str, reason: str) -> None:
        """Note something left out."""
        line = Line(" ".join(what.split())[:200], reason)
        if line not in self.lines:
            self.lines.append(line)


def _credit(credit: Credit | None) -> dict[str, object] | None:
    return credit.as_json() if credit is not None else None
