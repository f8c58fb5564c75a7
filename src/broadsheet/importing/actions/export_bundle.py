"""Writes the whole site as one bundle."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.base import File

from broadsheet import __version__
from broadsheet.delivery.queries.views import all_counts
from broadsheet.importing.engines.bundle_sink import Sink, open_sink
from broadsheet.importing.queries.exported_past import PastExporter
from broadsheet.importing.queries.exported_policies import policy_rows
from broadsheet.importing.queries.exported_rulebooks import rulebook_rows
from broadsheet.importing.queries.imported import imported_elsewhere
from broadsheet.importing.queries.old_addresses import all_old_addresses
from broadsheet.importing.queries.snapshot import one_state
from broadsheet.importing.rules.bundle_format import FORMAT, VERSION
from broadsheet.importing.rules.bundle_past import packed
from broadsheet.importing.rules.report import Line
from broadsheet.importing.rules.shapes import in_utc
from broadsheet.kernel import clock
from broadsheet.kernel.ids import last_public_number
from broadsheet.newsroom.queries import archive
from broadsheet.newsroom.queries.desk import collection_paths
from broadsheet.newsroom.queries.past import locked_pages

Progress = Callable[[int, int, str], None]
LOCKED = "Somebody has locked it; locks are not in a bundle."


def export_bundle(target: Path, *, progress: Progress | None = None) -> dict[str, Any]:
    """Write the whole paper to the folder or .zip, as it is at one moment; returns counts and losses."""
    tell = progress or (lambda done, total, what: None)
    with open_sink(target) as sink, one_state():
        exporter = PastExporter()
        lost: list[Line] = []
        counts = _desk(sink, exporter) | _frame(sink, exporter)
        counts |= _library(sink, exporter, lost, tell)
        counts["articles"] = _articles(sink, exporter, tell)
        _numbers(sink, exporter)
        lost += [Line(page.title, LOCKED) for page in locked_pages()]
    return {"file": str(target), "counts": counts, "lost": [line.as_json() for line in lost]}


def _desk(sink: Sink, exporter: PastExporter) -> dict[str, int]:
    staff = exporter.staff()
    sink.json("staff.json", staff)
    sink.json("collections.json", sorted(list(path) for path in collection_paths().values() if path))
    sink.json("desk.json", exporter.desk())
    sink.json("policies.json", policy_rows(exporter.people))
    sink.json("rulebooks.json", rulebook_rows(exporter.people))
    return {"accounts": len(staff)}


def _numbers(sink: Sink, exporter: PastExporter) -> None:
    """Write what is known of articles by their numbers alone: views, old addresses, where they were imported from."""
    names = exporter.exporter.page_number
    last = last_public_number()
    counts = {
        number: {"views": views, "short_link_uses": uses}
        for page, views, uses in all_counts()
        if (number := names(page)) and (views or uses)
    }
    sink.json("counts.json", {"last_number": last and f"{last:010d}", "articles": dict(sorted(counts.items()))})
    paths = {path: number for path, page in all_old_addresses() if (number := names(page))}
    sink.json("old_addresses.json", dict(sorted(paths.items())))
    sink.json("imports.json", [_import_row(row) for row in imported_elsewhere()])


def _import_row(row: Any) -> dict[str, Any]:
    names = ("source", "kind", "key", "local_id", "source_digest", "local_digest")
    return {name: getattr(row, name) for name in names} | {"at": in_utc(row.at)}


def _frame(sink: Sink, exporter: PastExporter) -> dict[str, int]:
    head = {"format": FORMAT, "version": VERSION, "made_at": in_utc(clock.now())}
    sink.json("bundle.json", {**head, "generator": f"broadsheet {__version__}", "clock": None})
    editions = archive.all_editions()
    for position, page in enumerate(editions, 1):
        row = exporter.edition(page, position)
        for part in (row, *row["sections"], *row["pages"]):
            part["history"] = packed(part["history"])
        sink.json(f"editions/{page.code}.json", row)
    terms = exporter.exporter
    sink.json("authors.json", sorted(map(terms.author, archive.all_authors()), key=_name))
    sink.json("tags.json", sorted(map(terms.tag, archive.all_tags()), key=_name))
    sink.json("notices.json", sorted(map(terms.notice, archive.all_notices()), key=_name))
    return {"editions": len(editions)}


def _library(sink: Sink, exporter: PastExporter, lost: list[Line], tell: Progress) -> dict[str, int]:
    pictures, recordings = [], []
    library = exporter.exporter
    total = archive.all_pictures().count()
    for done, picture in enumerate(archive.filed_pictures().iterator(chunk_size=200), 1):
        row = library.picture(picture)
        if _copied(sink, row["file"], picture.file, lost):
            pictures.append(row)
        tell(done, total, "Pictures")
    sink.json("pictures.json", pictures)
    for media in sorted(archive.all_media(), key=lambda media: media.key):
        row = library.media(media)
        if not _copied(sink, row["file"], media.file, lost):
            continue
        tracks = {track.language: track for track in media.captions.all()}
        kept = [one for one in row["captions"] if _copied(sink, one["file"], tracks[one["language"]].file, lost)]
        recordings.append(row | {"captions": kept})
    sink.json("media.json", recordings)
    return {"pictures": len(pictures), "recordings": len(recordings)}


def _articles(sink: Sink, exporter: PastExporter, tell: Progress) -> int:
    total = len(archive.article_numbers())
    done = 0
    for done, row in enumerate(exporter.articles(), 1):
        sink.json(f"articles/{row['public_id']}.json", row | {"history": packed(row["history"])})
        tell(done, total, "Articles")
    return done


def _name(row: dict[str, Any]) -> tuple[str, str]:
    """Sort as every database does, whatever its language."""
    return row["edition"], row["key"]


def _copied(sink: Sink, name: str, file: File, lost: list[Line]) -> bool:
    """Copy a stored file; False, and noted, where it is gone."""
    try:
        with file.open("rb") as source:
            sink.copy(name, source)
    except FileNotFoundError:
        lost.append(Line(name, "The file is missing from the media folder, so it is not in the bundle."))
        return False
    return True
