"""Editions, sections, articles, pictures and terms for tests, made by the newsroom's own actions."""

import io
import itertools
import random
from datetime import datetime
from typing import Any

from PIL import Image

from broadsheet.newsroom.actions.drafts import create_article
from broadsheet.newsroom.actions.editions import create_edition, create_info_page, create_section
from broadsheet.newsroom.actions.live import put_live_post
from broadsheet.newsroom.actions.media import add_media
from broadsheet.newsroom.actions.pictures import add_picture
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.actions.terms import put_author, put_notice, put_tag
from broadsheet.newsroom.models import (
    ArticlePage,
    Author,
    EditionPage,
    InfoPage,
    LegalNotice,
    LivePost,
    MediaFile,
    Picture,
    SectionPage,
    Tag,
)

_count = itertools.count(1)


def make_edition(
    code: str = "en", *, language: str = "", name: str = "", at_root: bool = True, **fields: Any
) -> EditionPage:
    """Return a public edition; by default the English one at the root."""
    return create_edition(
        code=code, language=language or code, name=name or f"The Paper {code}", at_root=at_root, **fields
    )


def make_section(
    edition: EditionPage | None = None, slug: str = "world", *, name: str = "", **fields: Any
) -> SectionPage:
    """Return a public section, in a new edition where none is given."""
    return create_section(edition=edition or make_edition(), slug=slug, name=name or slug.title(), **fields)


def make_info_page(edition: EditionPage, slug: str = "about", **fields: Any) -> InfoPage:
    """Return a public standing page."""
    values = {"title": slug.title(), "html": "<p>Who we are.</p>", **fields}
    return create_info_page(edition=edition, slug=slug, **values)


def make_tag(edition: EditionPage, slug: str = "", *, name: str = "", kind: str = "topic", **fields: Any) -> Tag:
    """Return a tag."""
    slug = slug or f"tag-{next(_count)}"
    return put_tag(edition=edition, slug=slug, name=name or slug.title(), kind=kind, **fields)


def make_author(edition: EditionPage, slug: str = "", *, name: str = "", **fields: Any) -> Author:
    """Return an author."""
    slug = slug or f"author-{next(_count)}"
    return put_author(edition=edition, slug=slug, name=name or slug.title(), **fields)


def make_notice(edition: EditionPage, key: str = "harrow-front", **fields: Any) -> LegalNotice:
    """Return a legal notice, by default that of an organisation with two other names."""
    values = {
        "name": "Harrow Front",
        "aliases": ["Jabhat al-Harrow", "the Furrow Brigade"],
        "jurisdiction": "Orrel",
        "text": "The Harrow Front is banned in Orrel.",
        **fields,
    }
    return put_notice(edition=edition, key=key, **values)


def picture_bytes(width: int = 320, height: int = 200, *, kind: str = "JPEG", seed: int = 1, **options: Any) -> bytes:
    """Return a small picture file with some pattern."""
    shade = random.Random(seed)
    image = Image.new("RGB", (width, height), tuple(shade.randrange(256) for _ in range(3)))
    for _line in range(12):
        x, y = shade.randrange(width), shade.randrange(height)
        box = (x, y, min(width, x + width // 4 + 1), min(height, y + height // 4 + 1))
        image.paste(tuple(shade.randrange(256) for _ in range(3)), box)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def make_picture(width: int = 320, height: int = 200, **fields: Any) -> Picture:
    """Return a complete picture of the library: with caption, alternative text and credit."""
    number = next(_count)
    values = {
        "title": f"Picture {number}",
        "caption": f"Caption {number}",
        "alt": f"What picture {number} shows",
        "agency": "Tidewire",
        "year": 2026,
        "author": "Jane Roe",
        **fields,
    }
    file = values.pop("file", None) or picture_bytes(width, height, seed=number)
    return add_picture(file=file, name=values.pop("file_name", f"picture-{number}.jpg"), **values)


def make_media(key: str = "", *, kind: str = "audio", **fields: Any) -> MediaFile:
    """Return a recording; its file holds no sound."""
    key = key or f"recording-{next(_count)}"
    suffix = "mp3" if kind == "audio" else "mp4"
    values = {"title": key.title(), "agency": "Tidewire", "duration_s": 30, **fields}
    return add_media(key=key, kind=kind, file=b"no sound", name=f"{key}.{suffix}", **values)


def paragraph(html: str) -> dict[str, Any]:
    """Return a paragraph block."""
    return {"type": "paragraph", "value": html}


def make_draft(section: SectionPage | None = None, headline: str = "", **fields: Any) -> ArticlePage:
    """Return an unpublished article with a standfirst and two paragraphs; `fields` as `create_article` has them."""
    number = next(_count)
    section = section or make_section()
    values = {
        "body": [paragraph(f"<p>First paragraph of story {number}.</p>"), paragraph("<p>The second one.</p>")],
        **fields,
    }
    texts = {"standfirst": f"What story {number} is about, told in one sentence that is long enough for a list.",
             **values.pop("fields", {})}  # fmt: skip
    return create_article(section=section, headline=headline or f"Story {number}", fields=texts, **values)


def make_article(
    section: SectionPage | None = None, headline: str = "", *, at: datetime | None = None, **fields: Any
) -> ArticlePage:
    """Return a public article; `at` is when it was first published."""
    return publish_article(article=make_draft(section, headline, **fields), at=at)


def make_live_post(article: ArticlePage, html: str = "<p>The gates are shut.</p>", **fields: Any) -> LivePost:
    """Return a post of a live blog."""
    return put_live_post(article=article, html=html, **fields)
