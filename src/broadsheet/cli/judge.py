"""`broadsheet judge`: judge comments of a file or of standard input, explain one, and measure the judge."""

import io
import sys
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import click
from rich.table import Table
from rich.text import Text

from broadsheet.cli.comment_lines import count_lines, json_line
from broadsheet.cli.judge_copies import copies
from broadsheet.cli.judge_evaluate import evaluate
from broadsheet.cli.judge_files import live_heads, with_time
from broadsheet.cli.judge_learning import alarm, backtest, learn, shadow
from broadsheet.cli.judge_serve import serve
from broadsheet.cli.terminal import fail, out, progress, visible

STYLES = {
    "publish": "green",
    "flag": "yellow",
    "slow": "yellow",
    "warn": "yellow",
    "hold": "red",
    "not_scored": "bold red",
}
SHOWN = 100  # signs of a comment in the table


class FileOrCommand(click.Group):
    """A group that judges a file where its first argument names no subcommand."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take whatever is neither a subcommand nor a question for help for the arguments of judging."""
        if args and args[0] not in self.commands and args[0] not in {"-h", "--help"}:
            args = ["lines", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the subcommands that are named."""
        return sorted(self.commands)


# Options of subcommands can come from the environment, for containers: BROADSHEET_JUDGE_SERVE_HOST is `serve --host`.
@click.group(
    cls=FileOrCommand,
    subcommand_metavar="FILE|-|COMMAND [OPTIONS]",
    context_settings={"auto_envvar_prefix": "BROADSHEET_JUDGE"},
)
def judge() -> None:
    """Judge the comments of FILE, or of standard input with `-`, by the community standards.

    JSON lines come out in the order of what went in; a terminal gets a table. A file with a command's name is written
    ./explain.
    """


for command in (copies, evaluate, serve, learn, backtest, shadow, alarm):
    judge.add_command(command)
head_option = click.option(
    "--head",
    "heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A learned head that is switched on; may be repeated.",
)


@judge.command("lines", hidden=True)
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="JSON lines on a terminal, too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "json", "text"]),
    default="auto",
    help="How comments are written: JSON objects with `text`, or one a line.",
)
@click.option(
    "--edition", default="en", show_default=True, help="The edition's language, where a comment's object doesn't say."
)
@click.option(
    "--rulebook",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another rulebook than the one shipped.",
)
@head_option
@click.option(
    "--remember",
    is_flag=True,
    help="Find copies and floods among the lines: earlier ones with `author` and `at` are what was there before.",
)
def lines(
    file: BinaryIO,
    as_json: bool,
    form: Any,
    edition: str,
    folder: Path | None,
    heads: tuple[Path, ...],
    remember: bool,
) -> None:
    """Judge the comments of FILE, or of standard input with `-`.

    Input is JSON lines with `id` and `text` and, where known, `lang`, `article` (`title`, `standfirst`, `body`), `parent`,
    `author`, `at`, `author_recent`, `neighbours`; or one comment a line. Ends with 0 where every line was judged,
    whatever the outcome.
    """
    from broadsheet.cli.portions import in_portions
    from broadsheet.standards.judging import judge_many
    from broadsheet.standards.lines import UnreadableError, read, written
    from broadsheet.standards.remembered import Remembered
    from broadsheet.standards.submission import Submission

    rulebook, senses = live_heads(heads, *_loaded(folder))
    together = Remembered(senses).judge_many if remember else partial(judge_many, senses=senses)
    total = count_lines(file)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="\n")
    table = None if as_json or not sys.stdout.isatty() else _table()
    unreadable = 0
    with progress("Judging", total) as advance:
        done = 0
        for portion in in_portions(read(text, form, edition)):
            comments = [one for _id, one in portion if isinstance(one, Submission)]
            verdicts = iter(together(comments, rulebook))
            for id_, comment in portion:
                if isinstance(comment, UnreadableError):
                    unreadable += 1
                    answer: dict[str, Any] = {"id": id_, "outcome": "not_scored", "error": str(comment)}
                else:
                    answer = with_time(written(id_, next(verdicts)), comment)
                if table is None:
                    sys.stdout.write(json_line(answer) + "\n")
                else:
                    _add(table, answer, "" if isinstance(comment, UnreadableError) else comment.text)
            sys.stdout.flush()
            done += len(portion)
            advance(done)
    if table is not None:
        out.print(table)
    if unreadable:
        fail(f"{unreadable} lines could not be read and were not judged; their answers say why.")


@judge.command()
@click.argument("text")
@click.option("--edition", default="en", show_default=True, help="The edition's language.")
@click.option(
    "--rulebook",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another rulebook than the one shipped.",
)
@head_option
def explain(text: str, edition: str, folder: Path | None, heads: tuple[Path, ...]) -> None:
    """Show what each detector saw in TEXT, with the words marked, also below the thresholds."""
    from broadsheet.standards.detectors.contract import distinct
    from broadsheet.standards.judging import judge as judged
    from broadsheet.standards.judging import looks
    from broadsheet.standards.submission import Submission
    from broadsheet.standards.text import Seen

    rulebook, senses = live_heads(heads, *_loaded(folder))
    comment = Submission(text, edition_language=edition)
    verdict = judged(comment, rulebook, senses)
    out.print(Text(verdict.outcome, style=STYLES[verdict.outcome]))
    for look in looks(Seen(text), comment, rulebook, senses) if verdict.not_scored != ("length",) else ():
        title = f"{look.clause:<12} {look.detector.name} {look.detector.version}"
        if look.sightings is None:
            out.print(Text(f"{title}: failed", style="bold red"))
            continue
        for sighting in distinct(look.sightings):
            reached = sighting.score >= look.threshold
            line = Text(
                f"{title}: {sighting.score:.2f} of {look.threshold:.2f} {'→ ' + look.handling if reached else 'not enough'}  "
            )
            line.stylize("bold" if reached else "dim")
            out.print(line + _marked(text, sighting.spans))
    if verdict.not_covered:
        out.print(Text(f"Not covered in this language: {', '.join(verdict.not_covered)}"))
    if verdict.care:
        out.print(Text("The author is to be shown where help is found."))


def _loaded(folder: Path | None) -> tuple[Any, Any]:
    """Return the rulebook and the senses."""
    from broadsheet.standards.rulebook import RulebookError, load
    from broadsheet.standards.senses import Senses

    try:
        return load(folder), Senses.load()
    except RulebookError as error:
        raise click.ClickException(str(error)) from None


def _table() -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("id", "outcome", "clauses", "comment"):
        table.add_column(name, overflow="fold")
    return table


def _add(table: Table, answer: dict[str, Any], text: str) -> None:
    spans = [tuple(span) for finding in answer.get("findings", ()) for span in finding["spans"]]
    table.add_row(
        Text(visible(str(answer["id"]))),
        Text(answer["outcome"], style=STYLES[answer["outcome"]]),
        Text(", ".join(answer.get("clauses", ()))),
        _marked(text, spans) if "error" not in answer else Text(answer["error"]),
    )


def _marked(text: str, spans: Any) -> Text:
    """Return the beginning of the text with the spans marked."""
    shown = Text(visible(text[:SHOWN]) + ("…" if len(text) > SHOWN else ""))
    for start, end in spans:
        shown.stylize("reverse", min(start, SHOWN), min(end, SHOWN))
    return shown
