"""Reads a whole bundle and refuses it before anything is written, where it is broken."""

from pathlib import PurePosixPath
from typing import Any

from broadsheet.importing.engines.bundle_source import Progress, Source
from broadsheet.importing.errors import BundleBrokenError
from broadsheet.importing.rules.bundle import (
    Bundle,
    Row,
    check_article,
    check_desk,
    check_frame,
    check_policies,
    check_rulebooks,
    nothing_of,
    read_article,
    read_desk_part,
    read_edition,
    read_head,
    read_rows,
)
from broadsheet.importing.rules.shapes import Reading, Spot


def read_bundle(source: Source, progress: Progress | None = None) -> Bundle:
    """Return the bundle, every file of it read and checked."""
    if "bundle.json" not in source:
        raise BundleBrokenError("there is no bundle.json in it, so it is no bundle.")
    head = read_head(source.json("bundle.json"))
    source.verify(progress)
    reading = Reading()
    editions = [read_edition(source.json(name), Spot(name, reading=reading)) for name in source.under("editions")]
    if not editions:
        raise BundleBrokenError("there is no edition in it.")
    editions.sort(key=lambda row: (row["position"], row["code"]))
    lists: dict[str, Any] = {
        name: read_rows(f"{name}.json", source.json(f"{name}.json") if f"{name}.json" in source else [], reading)
        for name in ("authors", "tags", "notices", "pictures", "media")
    }
    for name in ("staff", "collections", "desk", "policies", "rulebooks", "imports", "old_addresses", "counts"):
        found = source.json(f"{name}.json") if f"{name}.json" in source else nothing_of(name)
        lists[name] = read_desk_part(name, found, reading)
    bundle = Bundle(head=head, editions=editions, reading=reading, **lists)
    check_frame(bundle)
    check_desk(bundle)
    check_policies(bundle)
    check_rulebooks(bundle)
    _check_files(source, bundle)
    _check_articles(source, bundle)
    return bundle


def article_of(source: Source, number: str) -> Row:
    """Return one article of a bundle that was read before."""
    name = f"articles/{number}.json"
    return read_article(source.json(name), name, Reading())


def _check_articles(source: Source, bundle: Bundle) -> None:
    sections = bundle.sections
    known = {kind: bundle.keys(kind) for kind in ("authors", "tags", "pictures", "media", "staff")}
    found: dict[str, str] = {}
    for name in source.under("articles"):
        if not name.endswith(".json"):
            continue
        article = read_article(source.json(name), name, bundle.reading)
        check_article(article, known, sections)
        found[article["public_id"]] = article["first_published_at"] or article["published_at"] or "9"
    both = found.keys() & known["pictures"]
    if both:
        raise BundleBrokenError(f"the number {min(both)} is that of an article and of a picture.")
    bundle.articles = dict(sorted(found.items(), key=lambda pair: (pair[1], pair[0])))


def _check_files(source: Source, bundle: Bundle) -> None:
    wanted = [row["file"] for row in (*bundle.pictures, *bundle.media)]
    wanted += [track["file"] for row in bundle.media for track in row["captions"]]
    for name in wanted:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or name not in source:
            raise BundleBrokenError(f"the file {name[:80]} is missing.")
        if source.sizes[name] == 0:
            raise BundleBrokenError(f"the file {name[:80]} is empty.")
