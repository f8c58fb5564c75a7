"""`broadsheet judge copies`: find the comments of a file that are reworded from one text."""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import click
from rich.table import Table
from rich.text import Text

from broadsheet.cli.comment_lines import count_lines, json_line
from broadsheet.cli.terminal import fail, out, progress, visible

if TYPE_CHECKING:
    from broadsheet.standards.clusters import Cluster, Clusters
    from broadsheet.standards.detectors.fingerprinting import Fingerprinting
    from broadsheet.standards.submission import Submission

AT_ONCE = 64  # comments that are read together
MOST = 200_000  # comments of a file that are compared, the latest; some 2 kB each
SHOWN = 300  # signs of the likest comment
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="JSON lines on a terminal, too.")
@click.option("--edition", default="en", show_default=True, help="The language of comments whose line doesn't say.")
@click.option("--accounts", default=5, show_default=True, help="From how many accounts on copies are a flash mob.")
@click.option("--comments", "least", default=5, show_default=True, help="From how many comments on they are.")
@click.option("--hours", default=72.0, show_default=True, help="How far apart in time two copies may be.")
def copies(file: BinaryIO, as_json: bool, edition: str, accounts: int, least: int, hours: float) -> None:
    """Find the comments of FILE, or of standard input with `-`, that are reworded from one text.

    Input is JSON lines with `text` and, where known, `id`, `author`, `at`, `thread`, `lang`; without `author` each counts
    as another account, without `at` as written at one time. Out comes one cluster a line, with whether it is a flash mob;
    a terminal gets a table. Copies are found by letters in every language, in English by meaning, too.
    """
    from broadsheet.standards.clusters import Clusters, FlashMob
    from broadsheet.standards.senses import Senses

    clusters = Clusters(FlashMob(accounts, least, timedelta(hours=hours)), MOST)
    fingerprinting = Senses.load().fingerprinting
    heads: list[tuple[Any, str]] = []  # each comment's id and beginning; its number is its id among the clusters
    unreadable = 0
    total = count_lines(file)
    with progress("Reading", total) as advance:
        for read in _in_parts(file, edition):
            comments = [(id_, one) for id_, one in read if not isinstance(one, Exception)]
            unreadable += len(read) - len(comments)
            _take(comments, clusters, heads, fingerprinting)
            advance(len(heads) + unreadable)
    table = None if as_json or not sys.stdout.isatty() else _table()
    for cluster in clusters.all():
        answer = _answer(cluster, heads)
        if table is None:
            sys.stdout.write(json_line(answer) + "\n")
        else:
            _add(table, answer)
    if table is not None:
        out.print(table if table.row_count else "No comment is a copy of another.")
    if len(clusters) < len(heads):
        fail(f"Only the latest {len(clusters)} of {len(heads)} comments were compared: divide the file by time.")
    if unreadable:
        fail(f"{unreadable} lines could not be read and were left out.")


def _in_parts(file: BinaryIO, edition: str) -> Iterator[list[tuple[Any, Any]]]:
    """Yield ids with submissions, or with what is wrong, as many as are read together."""
    from broadsheet.standards.lines import read

    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="\n")
    lines = read(text, "auto", edition)
    while part := list(islice(lines, AT_ONCE)):
        yield part


def _take(
    comments: "list[tuple[Any, Submission]]",
    clusters: "Clusters",
    heads: list[tuple[Any, str]],
    fingerprinting: "Fingerprinting",
) -> None:
    """Put comments among the others."""
    from broadsheet.standards.clusters import Comment
    from broadsheet.standards.judging import LONGEST
    from broadsheet.standards.text import Seen

    prints = fingerprinting.of_many([(Seen(one.text[:LONGEST]), one) for _id, one in comments])
    for (id_, one), fingerprint in zip(comments, prints, strict=True):
        number = str(len(heads))
        heads.append((id_, one.text[:SHOWN]))
        author = one.author or f"\0{number}"
        clusters.add(Comment(number, author, one.thread, one.at or _NO_TIME, fingerprint))


def _answer(cluster: "Cluster", heads: list[tuple[Any, str]]) -> dict[str, Any]:
    """Return a cluster as plain values, comments in order of time."""
    first, last = cluster.comments[0].at, cluster.comments[-1].at
    likest, text = heads[int(cluster.likest.id)]
    return {
        "flash_mob": cluster.is_flash_mob,
        "comments": len(cluster.comments),
        "accounts": len(cluster.authors),
        "score": round(cluster.score, 4),
        "likest": likest,
        "text": text,
        "from": None if first == _NO_TIME else first.isoformat(),
        "to": None if last == _NO_TIME else last.isoformat(),
        "ids": [heads[int(one.id)][0] for one in cluster.comments],
        "authors": [author for author in cluster.authors if not author.startswith("\0")],
        "threads": sorted({one.thread for one in cluster.comments} - {""}),
    }


def _table() -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("flash mob", "comments", "accounts", "threads", "likeness", "likest comment"):
        table.add_column(name, overflow="fold")
    return table


def _add(table: Table, answer: dict[str, Any]) -> None:
    table.add_row(
        Text("yes", style="bold red") if answer["flash_mob"] else Text("no"),
        str(answer["comments"]),
        str(answer["accounts"]),
        str(len(answer["threads"])),
        f"{answer['score']:.2f}",
        Text(f"{visible(str(answer['likest']))}: {visible(answer['text'])}"),
    )
