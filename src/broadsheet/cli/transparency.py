"""`broadsheet transparency`: statements for the EU's database, and the transparency report (DSA art. 15, 24)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, TextIO

import click

from broadsheet.cli.terminal import err, fail, need_paper, out, say_json

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def transparency() -> None:
    """Hand on what was decided: to the EU's database, and as a report."""


@transparency.command()
@click.option("--edition", "code", default="", help="One edition's code; else all.")
@click.option("--since", type=DAY, required=True, help="The first day, as 2026-11-01.")
@click.option("--until", type=DAY, required=True, help="The first day that isn't among them any more.")
@click.option("--batches", is_flag=True, help='One {"statements": […]} of at most 100 a line, as the API takes them.')
@click.option("--out", "file", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of the output.")
def statements(code: str, since: datetime, until: datetime, batches: bool, file: Path | None) -> None:
    """Print statements of reasons in the schema of the EU's Transparency Database, one JSON object a line.

    They hold nothing personal. Called again it prints the same, each with the `puid` it had: what was sent is found by it.
    """
    if until <= since:
        raise click.BadParameter("It is not after the day of --since.", param_hint="--until")
    need_paper()
    from broadsheet.moderation.queries.exports import statement_lines

    spans = [
        (edition, *(datetime.combine(day.date(), time(), edition.zone) for day in (since, until)))
        for edition in _editions(code)
    ]
    number = 0
    with _opened(file) as target:
        for line in statement_lines(spans, batches=batches):
            target.write(line)
            number += 1
    err.print(f"{number} {'batches' if batches else 'statements'}.", markup=False)


@transparency.command()
@click.option("--edition", "code", default="", help="One edition's code; else all together.")
@click.option("--year", type=click.IntRange(2000, 9999), required=True, help="The year of the report.")
@click.option("--half", type=click.IntRange(1, 2), help="Its first or second half alone.")
@click.option("--out", "file", type=click.Path(path_type=Path, dir_okay=False), help="Where the archive goes.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON and write no file.")
def report(code: str, year: int, half: int | None, file: Path | None, as_json: bool) -> None:
    """Write the transparency report: ten tables by the EU's template, and the same as JSON, in one archive."""
    need_paper()
    from broadsheet.kernel import clock
    from broadsheet.moderation.queries.report import report_values, report_zip

    months = ((1, 12), (1, 6), (7, 12))[half or 0]
    first, last = (date(year, month, 1) for month in months)
    found = _editions(code)
    if as_json:
        say_json(report_values(found, first, last, clock.now()))
        return
    target = file or Path(f"transparency-{year}{f'-{half}' if half else ''}.zip")
    target.write_bytes(report_zip(found, first, last, clock.now()))
    out.print(f"{target}: ten tables and report.json.", markup=False)
    if clock.now().astimezone(UTC).date() < date(year + months[1] // 12, months[1] % 12 + 1, 1):
        err.print("The time of the report isn't over: its figures will grow.", markup=False)


def _editions(code: str) -> list[Any]:
    """Return the edition with the code, all without one; end with a sentence where there is none."""
    from broadsheet.newsroom.queries.editions import editions

    found = [edition for edition in editions() if code in {"", edition.code}]
    if not found:
        known = ", ".join(edition.code for edition in editions()) or "none"
        fail(f"There is no edition {code}. There are: {known}.")
    return found


@contextmanager
def _opened(file: Path | None) -> Iterator[TextIO]:
    if file is None:
        yield sys.stdout
        return
    with file.open("w", encoding="utf-8", newline="\n") as target:
        yield target
