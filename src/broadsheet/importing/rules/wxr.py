"""What a WordPress export (WXR 1.2) says, item by item."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class WxrItem:
    """One item: a post, a page, an attachment or something else."""

    id: str
    kind: str
    status: str
    title: str
    link: str
    guid: str
    name: str
    author: str
    content: str
    excerpt: str
    published_at: datetime | None
    updated_at: datetime | None
    password: bool
    sticky: bool
    parent: str
    attachment_url: str
    comments: int
    terms: tuple[tuple[str, str, str], ...] = ()  # (category, post_tag or another taxonomy; address; name)
    meta: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the old site's library."""

    id: str
    url: str
    title: str
    caption: str
    description: str
    alt: str
    parent: str = ""


@dataclass
class WxrSite:
    """What holds for the whole export; `kinds` counts items by kind and state."""

    title: str = ""
    address: str = ""
    language: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    kinds: dict[tuple[str, str], int] = field(default_factory=dict)
    items: int = 0

    @cached_property
    def attached(self) -> dict[str, list[Attachment]]:
        """Return the pictures that were uploaded for an item, by the item, which a gallery without numbers shows."""
        found: dict[str, list[Attachment]] = {}
        for row in self.attachments.values():
            if row.parent not in {"", "0"} and is_picture(row.url):
                found.setdefault(row.parent, []).append(row)
        return found

    @property
    def by_address(self) -> dict[str, Attachment]:
        """Return the attachments by the path of their file, sizes left out."""
        return {without_size(row.url): row for row in self.attachments.values()}


def is_picture(address: str) -> bool:
    """Return whether the address is that of a picture, by its ending."""
    return bool(re.search(r"\.(?:jpe?g|png|gif|webp|avif)$", address.partition("?")[0], re.IGNORECASE))


def without_size(address: str) -> str:
    """Return the address of a file without host and without the size that WordPress adds to smaller copies."""
    path = re.sub(r"^[a-z]+://[^/]+", "", address.partition("?")[0])
    return re.sub(r"-\d{2,5}x\d{2,5}(?=\.\w{3,5}$)|-scaled(?=\.\w{3,5}$)", "", path)


def wordpress_time(gmt: str, local: str = "") -> datetime | None:
    """Return a time as WordPress writes it; drafts have zeros in GMT, and their local time says nothing sure."""
    try:
        return datetime.strptime(gmt.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def words_of_address(name: str) -> str:
    """Return an address's words, percent signs undone, where they are ASCII letters, digits and hyphens."""
    plain = unquote(name).lower().strip("-")
    return plain[:100].strip("-") if re.fullmatch(r"[a-z0-9]+(?:-+[a-z0-9]+)*", plain) and "--" not in plain else ""
