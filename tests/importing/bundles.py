"""A small but complete bundle, written for the tests: two editions, every kind of block, drafts, posts, notices."""

import copy
import io
import json
from pathlib import Path
from typing import Any

from PIL import Image

Json = dict[str, Any]


def picture_bytes(colour: tuple[int, int, int] = (40, 90, 120), size: tuple[int, int] = (1600, 1200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", quality=60)
    return out.getvalue()


def section(key: str, name: str, slug: str, layout: list[Json] | None = None) -> Json:
    return {"key": key, "name": name, "slug": slug, "description": f"All of {name}.", "position": 1, "layout": layout}


def edition(code: str, name: str, *, sections: list[Json], **more: Any) -> Json:
    return {
        "code": code, "language": code, "name": name, "short_name": name, "tagline": "A line", "brand": name,
        "account_domain": "gull.example", "time_zone": "Europe/London", "zone_label": "", "accent": "#204060",
        "privacy_address": "privacy@gull.example", "moderators_address": "m@gull.example",
        "contact_address": "desk@gull.example", "minimum_age": 16, "country": "GB", "helplines": "Ours | 1234\nTheirs | 5678", "position": 1, "at_root": code == "en", "sections": sections,
        "front": [], "pages": [], **more,
    }  # fmt: skip


def article(number: str, **more: Any) -> Json:
    return {
        "public_id": number, "edition": "en", "section": "harbour", "translation": None, "kind": "news",
        "slug": "tide-turns", "headline": f"The tide turns at noon, number {number[-3:]}", "short_title": "Tide turns",
        "standfirst": "It was high at eleven, and the ferry waited for the water as it has done since the new quay.",
        "dateline": "GULLHAVEN", "published_at": "2026-03-02T08:15:00Z", "first_published_at": "2026-03-02T08:15:00Z",
        "updated_at": None, "expires_at": None, "status": "live", "authors": ["en/ann-shore"], "tags": ["en/quay"],
        "lead": {"picture": "1000000901", "caption": "", "alt": ""}, "lead_media": None,
        "body": [{"type": "paragraph", "html": "<p>The water came in, and went out.</p>"}],
        "corrections": [], "live": None, "source": None, "story_group": "", **more,
    }  # fmt: skip


BODY: list[Json] = [
    {"type": "paragraph", "html": '<p>See <a href="article:1000000102">the other</a>, the <span data-notice="grey-hand">'
     'Grey Hand</span> and <a href="section:en/harbour">the harbour</a>; <b>bold</b>, <i>slanted</i>, H<sub>2</sub>O &amp; '
     '<a href="https://elsewhere.example/?a=1&amp;b=2">elsewhere</a>.</p>'},
    {"type": "heading", "level": 3, "text": "Below the quay"},
    {"type": "image", "picture": "1000000902", "caption": "Its own words", "alt": "A grey sea", "size": "wide"},
    {"type": "gallery", "title": "Two of it", "items": [{"picture": "1000000901", "caption": "", "alt": ""},
                                                        {"picture": "1000000902", "caption": "Second", "alt": "Grey again"}]},
    {"type": "quote", "text": "It is water.", "by": "A pilot", "role": "pilot", "pull": True},
    {"type": "list", "ordered": True, "items": ["<p>one</p>", "<p>two <b>b</b></p>"]},
    {"type": "table", "caption": "Heights", "header": True, "rows": [["When", "m"], ["11:00", "<b>4.2</b>"]], "note": "n"},
    {"type": "fact_box", "title": "The quay", "html": "<p>Built in <i>1902</i>.</p>"},
    {"type": "embed", "url": "https://films.example/1", "provider": "films.example", "title": "A film"},
    {"type": "audio", "media": "bell", "caption": "The bell"},
    {"type": "related", "article": "1000000103", "url": "", "title": ""},
    {"type": "related", "article": None, "url": "https://elsewhere.example/", "title": "Elsewhere"},
]  # fmt: skip


def articles() -> list[Json]:
    post = {"key": "p1", "at": "2026-03-02T09:00:00Z", "changed_at": "2026-03-02T09:30:00Z", "headline": "Begins",
            "html": "<p>It begins.</p>", "picture": "1000000902", "pinned": True, "author": "en/ann-shore"}  # fmt: skip
    second = {**post, "key": "p2", "at": "2026-03-02T10:00:00Z", "changed_at": None, "picture": None, "author": None}
    return [
        article("1000000101", translation="tide", body=BODY, updated_at="2026-03-02T10:00:00Z", kind="analysis",
                corrections=[{"at": "2026-03-02T09:59:00Z", "text": "An earlier version said ten."}]),
        article("1000000102", published_at="2026-03-01T08:15:00Z", first_published_at="2026-03-01T08:15:00Z", kind="live",
                live={"starts_at": "2026-03-01T08:00:00Z", "ends_at": None, "posts": [post, second | {"pinned": False}]}),
        article("1000000103", status="draft", published_at=None, first_published_at=None, slug="", headline="Not yet out"),
        article("1000000104", status="withdrawn", updated_at="2026-03-02T12:00:00Z", headline="Was out once"),
        article("1000000105", headline="Out, with a draft behind it", story_group="quay",
                source={"name": "Shore News", "url": "https://shore.example/1", "licence": "CC BY 4.0"},
                pending=article("1000000105", headline="The draft behind it", tags=[], lead=None)),
        article("1000000106", edition="fr", section="port", translation="tide", headline="La marée tourne à midi",
                authors=["fr/anne-rive"], tags=["fr/quai"], slug="la-maree-tourne", lead=None),
        article("1000000107", kind="audio", lead_media="bell", headline="The bell of the quay", lead=None),
    ]  # fmt: skip


def bundle_files() -> dict[str, Any]:
    """Return the bundle's files by name: JSON values, or bytes; nobody else's to change."""
    return copy.deepcopy(_files())


def _files() -> dict[str, Any]:
    front = [
        {"type": "lead", "article": "1000000101", "style": "picture-left", "supporting": ["1000000102"]},
        {"type": "grid", "title": "More", "columns": 2, "articles": ["1000000105", "1000000107"]},
        {"type": "rail", "title": "Harbour", "source": "section", "section": "harbour", "tag": None, "kind": "",
         "articles": [], "count": 4, "style": "list"},
        {"type": "rail", "title": "Quay", "source": "tag", "section": None, "tag": "en/quay", "kind": "", "articles": [],
         "count": 3, "style": "pictures"},
        {"type": "news", "title": "", "count": 6},
        {"type": "multimedia", "title": "", "count": 3},
    ]  # fmt: skip
    about = {"key": "about", "slug": "about", "title": "About", "in_footer": True, "translation": "about",
             "html": '<p>We, and <a href="article:1000000101">the tide</a>.</p>'}  # fmt: skip
    credit = {"agency": "The Gull", "year": 2026, "author": "Ann Shore", "pool": True}
    picture = {"title": "Quay", "caption": "The quay at noon.", "alt": "A stone quay", "decorative": False,
               "taken_on": "2026-03-01", "credit": credit, "focal": [800, 600, 200, 100],
               "crops": {"16:9": [0, 0, 1600, 900]}, "uploaded_at": "2026-03-01T07:00:00Z"}  # fmt: skip
    plain = {"title": "Sea", "alt": "A grey sea", "credit": {"agency": "The Gull", "year": None, "author": None}}
    return {
        "bundle.json": {"format": "broadsheet-bundle", "version": 1, "made_at": "2026-03-02T12:00:00Z",
                        "generator": "broadsheet 0.1.0", "clock": "2026-03-02T12:00:00Z"},
        "editions/en.json": edition("en", "The Gull", pages=[about], front=front,
                                    sections=[section("harbour", "Harbour", "harbour", [{"type": "news", "count": 5}])]),
        "editions/fr.json": edition("fr", "La Mouette", position=2, sections=[
            {**section("port", "Port", "port"), "translation": "harbour"}]),
        "authors.json": [
            {"key": "en/ann-shore", "edition": "en", "slug": "ann-shore", "name": "Ann Shore", "role": "Harbour",
             "bio": "She was born here.", "picture": "1000000902", "translation": "ann"},
            {"key": "fr/anne-rive", "edition": "fr", "slug": "anne-rive", "name": "Anne Rive", "translation": "ann"}],
        "tags.json": [
            {"key": "en/quay", "edition": "en", "kind": "place", "name": "The quay", "slug": "quay", "translation": "quay"},
            {"key": "fr/quai", "edition": "fr", "kind": "place", "name": "Le quai", "slug": "quai", "translation": "quay"}],
        "notices.json": [{"key": "grey-hand", "edition": "en", "name": "Grey Hand", "aliases": ["Jabhat al-Rih"],
                          "jurisdiction": "Gullhaven", "text": "The Grey Hand is banned in Gullhaven."}],
        "pictures.json": [{"public_id": "1000000901", "file": "pictures/a.jpg", **picture},
                          {"public_id": "1000000902", "file": "pictures/b.jpg", **plain}],
        "media.json": [{"key": "bell", "file": "media/bell.mp3", "kind": "audio", "title": "The bell", "duration_s": 31,
                        "credit": credit | {"pool": False}, "poster": "1000000902",
                        "transcript": '<p>A bell.</p><p><span lang="fr">Une cloche.</span></p>'}],
        **{f"articles/{row['public_id']}.json": row for row in articles()},
        "pictures/a.jpg": picture_bytes(),
        "pictures/b.jpg": picture_bytes((90, 90, 90)),
        "media/bell.mp3": b"ID3" + b"\x00" * 2000,
    }  # fmt: skip


def write_bundle(folder: Path, files: dict[str, Any] | None = None) -> Path:
    """Write the files into the folder and return it."""
    for name, value in (files if files is not None else bundle_files()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode())
    return folder
