"""The bundle, formats 1 and 2: the shape of what the paper is made of (docs/reference/bundle.md)."""

from typing import Any

from broadsheet.importing.rules.shapes import (
    Field,
    Shape,
    Spot,
    day,
    flag,
    limited,
    many,
    mapping,
    moment,
    name,
    number,
    one_of,
    optional,
    public_id,
    record,
    short,
    text,
    words,
    years,
)

FORMAT = "broadsheet-bundle"
VERSION = 2
READABLE = (1, 2)  # 1 has no accounts, rights, histories and counts
KINDS = (
    "news", "analysis", "opinion", "interview", "live", "gallery", "cartoon", "infographic", "video", "audio",
)  # fmt: skip

EMPTY = Field(text, "")
OFF = Field(flag, False)
NONE_TEXT = Field(optional(name), None)
NONE_ID = Field(optional(public_id), None)
NONE_TIME = Field(optional(moment), None)
Parts = dict[str, Shape | Field]

HEAD = record(
    {
        "format": text,
        "version": number,
        "made_at": NONE_TIME,
        "generator": EMPTY,
        "clock": NONE_TIME,
    }
)
CREDIT = record(
    {"agency": Field(words, ""), "year": Field(optional(number), None), "author": Field(words, ""), "pool": OFF}
)


def _typed(kinds: dict[str, Shape]) -> Shape:
    """An object whose `type` says which of the shapes it has."""

    def check(value: Any, spot: Spot) -> dict[str, Any]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            raise spot.wrong(f"must have a type, one of {', '.join(kinds)}.")
        rest = {key: inner for key, inner in value.items() if key != "type"}
        found: dict[str, Any] = kinds[kind](rest, spot)
        return {"type": kind, **found}

    return check


def _no_credit() -> dict[str, Any]:
    return {"agency": "", "year": None, "author": "", "pool": False}


IDS = Field(many(public_id, most=12), list)
LAYOUT = many(
    _typed(
        {
            "lead": record(
                {
                    "article": optional(public_id),
                    "style": Field(one_of("picture-left", "picture-top", "type-only"), "picture-left"),
                    "supporting": Field(many(public_id, most=6), list),
                }
            ),
            "grid": record({"title": EMPTY, "columns": Field(one_of(2, 3, 4), 3), "articles": IDS}),
            "rail": record(
                {
                    "title": EMPTY,
                    "source": Field(one_of("section", "tag", "kind", "picks"), "section"),
                    "section": NONE_TEXT,
                    "tag": NONE_TEXT,
                    "kind": Field(one_of("", *KINDS), ""),
                    "articles": IDS,
                    "count": Field(number, 5),
                    "style": Field(one_of("list", "pictures", "opinion"), "list"),
                }
            ),
            "news": record({"title": EMPTY, "count": Field(number, 10)}),
            "multimedia": record({"title": EMPTY, "count": Field(number, 4)}),
        }
    )
)
RECORDING = record({"media": name, "caption": EMPTY})
BLOCK = _typed(
    {
        "paragraph": record({"html": text}),
        "heading": record({"level": Field(one_of(2, 3), 2), "text": text}),
        "image": record(
            {
                "picture": public_id,
                "caption": EMPTY,
                "alt": EMPTY,
                "size": Field(one_of("column", "wide", "full"), "column"),
            }
        ),
        "gallery": record(
            {"title": EMPTY, "items": many(record({"picture": public_id, "caption": EMPTY, "alt": EMPTY}))}
        ),
        "quote": record({"text": text, "by": EMPTY, "role": EMPTY, "pull": OFF}),
        "list": record({"ordered": OFF, "items": many(text)}),
        "table": record({"caption": EMPTY, "header": Field(flag, True), "rows": many(many(text)), "note": EMPTY}),
        "fact_box": record({"title": EMPTY, "html": text}),
        "embed": record({"url": name, "provider": EMPTY, "title": EMPTY}),
        "audio": RECORDING,
        "video": RECORDING,
        "related": record({"article": NONE_ID, "url": EMPTY, "title": EMPTY}),
    }
)
# What revisions of sections, standing pages and editions say.
SECTION_PARTS: Parts = {"name": name, "slug": name, "description": EMPTY, "in_menu": Field(flag, True)}
INFO_PAGE_PARTS: Parts = {
    "slug": name,
    "title": name,
    "html": text,
    "in_footer": Field(flag, True),
    "purpose": Field(optional(text), None),
}
EDITION_PARTS: Parts = {
    "name": name,
    "short_name": EMPTY,
    "tagline": EMPTY,
    "brand": EMPTY,
    "account_domain": EMPTY,
    "time_zone": Field(name, "Etc/GMT"),
    "zone_label": EMPTY,
    "accent": Field(name, "#8c1c2b"),
    "privacy_address": EMPTY,
    "moderators_address": EMPTY,
    "contact_address": EMPTY,
    "publisher": EMPTY,
    "postal_address": EMPTY,
    "dispute_bodies": EMPTY,
    "minimum_age": Field(optional(years), None),
    "country": EMPTY,
    "helplines": EMPTY,
    "channel_kind": EMPTY,
    "channel_name": EMPTY,
    "channel_address": EMPTY,
    "at_root": OFF,
}
AUTHOR = record(
    {
        "key": name,
        "edition": name,
        "slug": name,
        "name": name,
        "role": EMPTY,
        "bio": EMPTY,
        "picture": NONE_ID,
        "translation": NONE_TEXT,
    }
)
TAG = record(
    {
        "key": name,
        "edition": name,
        "kind": Field(one_of("place", "person", "topic"), "topic"),
        "name": name,
        "slug": name,
        "translation": NONE_TEXT,
    }
)
NOTICE = record(
    {
        "key": name,
        "edition": name,
        "name": name,
        "aliases": Field(many(name), list),
        "jurisdiction": EMPTY,
        "text": name,
    }
)
CORNERS = many(number, least=4, most=4)
PICTURE = record(
    {
        "public_id": public_id,
        "file": name,
        "title": EMPTY,
        "caption": EMPTY,
        "alt": EMPTY,
        "decorative": OFF,
        "taken_on": Field(optional(day), None),
        "credit": Field(CREDIT, _no_credit),
        "focal": Field(optional(CORNERS), None),
        "crops": Field(mapping(CORNERS), dict),
        "uploaded_at": NONE_TIME,
        "uploaded_by": NONE_TEXT,
        "collection": Field(many(short(255), most=30), list),
        "description": Field(limited(255), ""),
        "keywords": Field(many(short(100)), list),
    }
)
MEDIA = record(
    {
        "key": name,
        "file": name,
        "kind": one_of("audio", "video"),
        "title": name,
        "duration_s": Field(number, 0),
        "credit": Field(CREDIT, _no_credit),
        "poster": NONE_ID,
        "transcript": EMPTY,
        "transcripts": Field(mapping(text), dict),
        "captions": Field(many(record({"language": name, "file": name})), list),
    }
)
CORRECTION = record({"at": moment, "text": name})
LIVE_POST = record(
    {
        "key": name,
        "at": moment,
        "changed_at": NONE_TIME,
        "headline": EMPTY,
        "html": text,
        "picture": NONE_ID,
        "pinned": OFF,
        "author": NONE_TEXT,
    }
)
LIVE = record({"starts_at": NONE_TIME, "ends_at": NONE_TIME, "posts": Field(many(LIVE_POST), list)})
CONTENT: Parts = {
    "kind": Field(one_of(*KINDS), "news"),
    "slug": EMPTY,
    "headline": name,
    "short_title": EMPTY,
    "standfirst": EMPTY,
    "dateline": EMPTY,
    "authors": Field(many(name), list),
    "tags": Field(many(name), list),
    "lead": Field(optional(record({"picture": NONE_ID, "caption": EMPTY, "alt": EMPTY})), None),
    "lead_media": NONE_TEXT,
    "body": Field(many(BLOCK), list),
    "corrections": Field(many(CORRECTION), list),
    "live": Field(optional(LIVE), None),
    "source": Field(optional(record({"name": EMPTY, "url": EMPTY, "licence": EMPTY})), None),
    "story_group": EMPTY,
    "channel_post": EMPTY,
    "publish_at": NONE_TIME,
    "expires_at": NONE_TIME,
    "minor_change": OFF,
}
ARTICLE_PARTS: Parts = {
    "public_id": public_id,
    "edition": name,
    "section": name,
    "translation": NONE_TEXT,
    **CONTENT,
    "published_at": NONE_TIME,
    "first_published_at": NONE_TIME,
    "published_on": Field(optional(day), None),
    "updated_at": NONE_TIME,
    "scheduled": OFF,
    "status": Field(one_of("live", "draft", "withdrawn"), "draft"),
    "pending": Field(optional(record(CONTENT)), None),
}
FILES: dict[str, Shape] = {
    "authors.json": many(AUTHOR),
    "tags.json": many(TAG),
    "notices.json": many(NOTICE),
    "pictures.json": many(PICTURE),
    "media.json": many(MEDIA),
}
