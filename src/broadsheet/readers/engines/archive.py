"""Writes what is held of a person into a ZIP: JSON with its schema, a page to read, the picture. One row at a time."""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from broadsheet.readers.rules.readable import readable

SCHEMA = Path(__file__).with_name("export.schema.json")
FORMAT, VERSION = "broadsheet-personal-data", 1
_STYLE = (
    "body{font:1rem/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}"
    "h1{font-size:1.8rem}h2{font-size:1.25rem;border-top:1px solid #bbb;padding-top:1rem;margin-top:2rem}"
    "dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.15rem 1.2rem;margin:0 0 1.2rem}"
    "dt{color:#595959}dd{margin:0;overflow-wrap:anywhere}img{border-radius:50%}"
    "@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#141414}dt{color:#a8a8a8}h2{border-color:#555}}"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What one place holds; `rows()` gives it anew each time it is asked."""

    name: str
    title: str
    rows: Callable[[], Iterable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class About:
    """Whose data they are, of which paper, when and in which zone they are told."""

    user_id: str
    site: str
    made_at: datetime
    zone: ZoneInfo


def write_archive(target: IO[bytes], about: About, parts: list[Part], picture: bytes | None) -> None:
    """Write the whole archive in the language that is active; a row that goes meanwhile is left out."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _fill(archive, "data.json", _as_json(about, parts))
        _fill(archive, "index.html", _as_page(about, parts, picture is not None))
        archive.writestr("schema.json", SCHEMA.read_text(encoding="utf-8"))
        if picture is not None:
            archive.writestr("picture.webp", picture, zipfile.ZIP_STORED)


def _fill(archive: zipfile.ZipFile, name: str, pieces: Iterator[str]) -> None:
    with archive.open(name, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece.encode())


def _as_json(about: About, parts: list[Part]) -> Iterator[str]:
    head = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": about.made_at.isoformat(),
        "site": about.site,
        "user_id": about.user_id,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "parts": ['
    for number, part in enumerate(parts):
        what = json.dumps({"name": part.name, "title": part.title}, ensure_ascii=False)[:-1]
        yield (",\n" if number else "\n") + what + ', "rows": ['
        for place, row in enumerate(part.rows()):
            yield (",\n  " if place else "\n  ") + json.dumps(dict(row), ensure_ascii=False)
        yield "]}"
    yield "\n]}\n"


def _as_page(about: About, parts: list[Part], has_picture: bool) -> Iterator[str]:
    title = _("What %(site)s holds about you") % {"site": about.site}
    language, direction = get_language() or "en", "rtl" if get_language_bidi() else "ltr"
    yield format_html(
        '<!doctype html>\n<html lang="{}" dir="{}"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width, initial-scale=1"><title>{}</title><style>{}</style></head><body><h1>{}</h1>\n',
        language,
        direction,
        title,
        _STYLE,
        title,
    )
    made = readable({"made_at": about.made_at.isoformat()}, about.zone)[0][1]
    yield format_html("<p>{}</p>\n", _("User ID %(id)s, as of %(when)s.") % {"id": about.user_id, "when": made})
    if has_picture:
        yield format_html('<p><img src="picture.webp" width="128" height="128" alt="{}"></p>\n', _("Your picture"))
    for part in parts:
        yield format_html("<h2>{}</h2>\n", part.title)
        empty = True
        for row in part.rows():
            empty = False
            pairs = "".join(
                format_html("<dt>{}</dt><dd><bdi>{}</bdi></dd>", *pair) for pair in readable(row, about.zone)
            )
            yield f"<dl>{pairs}</dl>\n"
        if empty:
            yield format_html("<p>{}</p>\n", _("Nothing."))
    yield "</body></html>\n"
