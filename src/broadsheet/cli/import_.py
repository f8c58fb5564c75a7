"""`broadsheet import`: archives in. `import page --dry-run` starts without Django, site or database."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from broadsheet.cli.terminal import err, need_paper, out, progress, say_json, steps

EDITION = click.option("--edition", metavar="CODE", help="Edition to put articles into (else by language).")
SECTION = click.option("--section", metavar="SLUG", help="Section to put articles into (else by the source's own).")
PRIVATE = click.option("--allow-private", is_flag=True, help="Fetch from private and local addresses as well.")
FORCE = click.option("--force", is_flag=True, help="Take the source's version also of what was changed here since.")
JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")


@click.group("import")
def import_() -> None:
    """Bring in pages, feeds, WordPress exports and bundles; each again without doubles."""


@import_.command()
@click.argument("places", metavar="FILE|URL...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be imported; needs no paper.")
@JSON
@EDITION
@SECTION
@PRIVATE
@FORCE
def page(places: tuple[str, ...], dry_run: bool, as_json: bool, **options: Any) -> None:
    """Make drafts of saved pages, plain-text dumps of pages, or pages on the web."""
    if dry_run:
        _read_only(places, as_json=as_json, allow_private=options["allow_private"])
    else:
        _keep_pages(places, as_json=as_json, **options)


def _read_only(places: tuple[str, ...], *, as_json: bool, allow_private: bool) -> None:
    """Print what each page holds. Nothing here may import Django."""
    from broadsheet.importing.engines.read_page import read_page
    from broadsheet.importing.engines.read_source import read_source
    from broadsheet.importing.errors import ImportRefusedError

    status = 0
    with progress("Reading", len(places)) if len(places) > 1 else _silence() as advance:
        for done, place in enumerate(places, 1):
            try:
                source = read_source(place, allow_private=allow_private)
                result = read_page(source.content, url=source.url, declared_type=source.declared_type)
            except ImportRefusedError as refused:
                status = _refuse(place, refused, alone=len(places) == 1)
                continue
            finally:
                advance(done)
            if as_json:
                _say_page(result.as_json(), alone=len(places) == 1)
            else:
                _tell_page(place, result)
    raise SystemExit(status)


def _say_page(value: Any, *, alone: bool) -> None:
    """Print one page as one JSON object: over several lines where it is the only one, else one a line."""
    if alone:
        say_json(value)
    else:
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def _tell_page(place: str, result: Any) -> None:
    words = sum(len((block.text or "").split()) for block in result.body)
    out.print(f"{place}: “{result.headline or 'no headline'}”", markup=False)
    facts = {
        "section": result.section, "published on": result.published_on, "number": result.public_id,
        "language": result.language, "authors": ", ".join(result.authors), "tags": ", ".join(result.tags),
        "address": result.canonical_url,
    }  # fmt: skip
    for name, value in facts.items():
        if value:
            out.print(f"  {name}: {value}", markup=False)
    out.print(f"  {len(result.body)} blocks, {words} words, {len(result.images)} pictures", markup=False)
    for mention in result.unmarked_mentions:
        out.print(f"  without a mark: “{mention.text}” ({mention.name})", markup=False)
    for line in result.dropped:
        out.print(f"  left out: {line.text[:90]} ({line.reason})", markup=False)


def _keep_pages(places: tuple[str, ...], *, as_json: bool, force: bool, **options: Any) -> None:
    need_paper()
    from broadsheet.importing.actions.import_page import Report, import_page
    from broadsheet.importing.actions.load_bundle import deliver_all
    from broadsheet.importing.errors import ImportRefusedError
    from broadsheet.kernel.errors import Refused

    report = Report()
    rows: list[dict[str, Any]] = []
    status = 0
    with progress("Importing", len(places)) if len(places) > 1 else _silence() as advance:
        for done, place in enumerate(places, 1):
            try:
                kept = import_page(place=place, report=report, force=force, **options)
            except (ImportRefusedError, Refused) as refused:
                status = _refuse(place, refused, alone=False)
                report.fail(place, _words(refused))
                continue
            finally:
                advance(done)
            rows.append({"place": place, "outcome": kept.outcome or "left", "public_id": kept.public_id,
                         "headline": kept.headline, "page": kept.page.as_json()})  # fmt: skip
    deliver_all()
    if as_json:
        say_json({"pages": rows, "report": report.as_json()})
    else:
        for row in rows:
            out.print(f"{row['outcome']}: {row['public_id']} “{row['headline']}”", markup=False)
        _tell(report)
    raise SystemExit(status or (1 if report.failed else 0))


@import_.command()
@click.argument("file", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@click.option("--shift-times", is_flag=True, help="Move its times so that the bundle's clock is now.")
@FORCE
@JSON
def bundle(file: Path, shift_times: bool, force: bool, as_json: bool) -> None:
    """Read a bundle back: the whole paper, its newsroom included, or what of it is new."""
    need_paper()
    from broadsheet.importing.actions.load_bundle import load_bundle
    from broadsheet.kernel import clock

    with steps() as tell:
        report = load_bundle(file, shift_to=clock.now() if shift_times else None, force=force, progress=tell)
    _end(report, as_json=as_json)


@import_.command()
@click.argument("place", metavar="URL|FILE")
@click.option("--publish", is_flag=True, help="Publish what passes the checks, instead of leaving drafts.")
@EDITION
@SECTION
@PRIVATE
@FORCE
@JSON
def feed(place: str, as_json: bool, **options: Any) -> None:
    """Make drafts of the entries of an RSS, Atom or JSON feed."""
    need_paper()
    from broadsheet.importing.actions.import_feed import import_feed

    with steps() as tell:
        report = import_feed(place=place, progress=tell, **options)
    _end(report, as_json=as_json)


@import_.command()
@click.argument("file", metavar="EXPORT.xml", type=click.Path(path_type=Path))
@click.option("--uploads", type=click.Path(path_type=Path), help="Copy of the site's wp-content/uploads folder.")
@click.option("--fetch", "may_fetch", is_flag=True, help="Fetch pictures from the old site where no copy has them.")
@EDITION
@SECTION
@PRIVATE
@FORCE
@JSON
def wordpress(file: Path, as_json: bool, **options: Any) -> None:
    """Bring in a WordPress export: posts, pages, authors, categories, tags, pictures, old addresses."""
    need_paper()
    from broadsheet.importing.actions.import_wordpress import import_wordpress

    with steps() as tell:
        report = import_wordpress(file=file, progress=tell, **options)
    _end(report, as_json=as_json)


def _end(report: Any, *, as_json: bool) -> None:
    if as_json:
        say_json(report.as_json())
    else:
        _tell(report)
    raise SystemExit(1 if report.failed else 0)


def _tell(report: Any) -> None:
    for line in report.lines():
        out.print(line, markup=False)


def _words(refused: Any) -> str:
    return str(getattr(refused, "message", None) or refused.refusal)


def _refuse(place: str, refused: Any, *, alone: bool) -> int:
    err.print(_words(refused) if alone else f"{place}: {_words(refused)}", markup=False)
    return int(getattr(refused, "exit_status", 1))


class _silence:  # noqa: N801 - used like a function
    """Shows no progress."""

    def __enter__(self) -> Any:
        return lambda done: None

    def __exit__(self, *error: object) -> None:
        return None
