"""What was read from one saved page or dump: the object `import page --json` prints."""

from dataclasses import dataclass
from typing import Literal, get_args

BlockType = Literal[
    "paragraph",
    "heading",
    "image",
    "gallery",
    "quote",
    "list",
    "table",
    "fact_box",
    "embed",
    "audio",
    "video",
    "related",
]
BLOCK_TYPES: tuple[str, ...] = get_args(BlockType)

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made a picture and for whom; what the source does not say is None."""

    agency: str | None = None
    year: int | None = None
    author: str | None = None
    pool: bool = False

    def as_json(self) -> Json:
        """The credit as plain values."""
        return {"agency": self.agency, "year": self.year, "author": self.author, "pool": self.pool}


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture of the article with its own words."""

    caption: str | None = None
    alt: str | None = None
    url: str | None = None
    credit: Credit | None = None

    def as_json(self) -> Json:
        """The picture as plain values."""
        credit = self.credit.as_json() if self.credit else None
        return {"caption": self.caption, "alt": self.alt, "url": self.url, "credit": credit}


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the body; what its type does not have is None.

    `images` are places in the result's list of images, for pictures and galleries.
    """

    type: BlockType
    text: str | None = None
    level: int | None = None
    items: tuple[str, ...] | None = None
    rows: tuple[tuple[str, ...], ...] | None = None
    url: str | None = None
    title: str | None = None
    images: tuple[int, ...] | None = None

    def as_json(self) -> Json:
        """The block as plain values, without the keys its type does not have."""
        answer: Json = {"type": self.type, "text": self.text}
        if self.level is not None:
            answer["level"] = self.level
        if self.items is not None:
            answer["items"] = list(self.items)
        if self.rows is not None:
            answer["rows"] = [list(row) for row in self.rows]
        if self.url is not None:
            answer["url"] = self.url
        if self.title is not None:
            answer["title"] = self.title
        if self.images is not None:
            answer["images"] = list(self.images)
        return answer


@dataclass(frozen=True, slots=True)
class Notice:
    """A legal footnote: whom it names, by which other names, what it says and where it holds."""

    name: str
    aliases: tuple[str, ...]
    text: str
    jurisdiction: str | None = None

    def as_json(self) -> Json:
        """The notice as plain values."""
        return {
            "name": self.name,
            "aliases": list(self.aliases),
            "text": self.text,
            "jurisdiction": self.jurisdiction,
        }


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage of the body that names a notice's subject without its mark."""

    name: str
    text: str

    def as_json(self) -> Json:
        """The mention as plain values."""
        return {"name": self.name, "text": self.text}


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something of the source that is not in the article, and why not."""

    text: str
    reason: str

    def as_json(self) -> Json:
        """The dropped text as plain values."""
        return {"text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class PageResult:
    """Everything read from one page; what the page does not say is None, never guessed."""

    headline: str | None = None
    short_title: str | None = None
    standfirst: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    published_on: str | None = None
    public_id: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    licence: str | None = None
    images: tuple[PageImage, ...] = ()
    body: tuple[Block, ...] = ()
    notices: tuple[Notice, ...] = ()
    unmarked_mentions: tuple[Mention, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def as_json(self) -> Json:
        """The whole result in the shape that `--json` prints."""
        return {
            "headline": self.headline,
            "short_title": self.short_title,
            "standfirst": self.standfirst,
            "section": self.section,
            "tags": list(self.tags),
            "published_on": self.published_on,
            "public_id": self.public_id,
            "language": self.language,
            "canonical_url": self.canonical_url,
            "authors": list(self.authors),
            "source": self.source,
            "licence": self.licence,
            "images": [image.as_json() for image in self.images],
            "body": [block.as_json() for block in self.body],
            "notices": [notice.as_json() for notice in self.notices],
            "unmarked_mentions": [mention.as_json() for mention in self.unmarked_mentions],
            "dropped": [item.as_json() for item in self.dropped],
        }
