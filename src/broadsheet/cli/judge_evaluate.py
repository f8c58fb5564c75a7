"""`broadsheet judge evaluate`: measure the judge on labelled sets, and see what another rulebook would change."""

import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import click

from broadsheet.cli import evaluation_tables as tables
from broadsheet.cli.terminal import err, progress, say_json

SHIPPED = "shipped"
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--rulebook", "folder", type=FOLDER, help="A newsroom's rulebook, whole or laid over the shipped one; else the shipped one.")  # fmt: skip
@click.option("--against", metavar="DIR|shipped", help="Another rulebook, or the shipped one: show what is handled otherwise.")  # fmt: skip
@click.option("--sets", multiple=True, type=click.Path(exists=True, path_type=Path), help="A labelled set of one's own, or a folder of them, instead of the shipped pairs; may be repeated.")  # fmt: skip
@click.option("--data", type=FOLDER, help="The shared moderation data: measure on their held-out part, too.")
@click.option("--card", type=click.Path(dir_okay=False, path_type=Path), help="Write the model card to this file; needs --data.")  # fmt: skip
@click.option("--choose", "rate", type=click.FloatRange(0, 1), metavar="RATE", help="Show instead the smallest thresholds by which at most this share of clean news comments is found wrongly (0.01: one in a hundred); needs --data.")  # fmt: skip
@click.option("--clause", "only", multiple=True, metavar="CODE", help="Only this clause, and rows with a label for it; may be repeated.")  # fmt: skip
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON value instead of tables; without any text of a comment."
)
def evaluate(
    folder: Path | None, against: str | None, sets: tuple[Path, ...], data: Path | None, card: Path | None,
    rate: float | None, only: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Measure the judge: what it finds, misses and wrongly holds, per clause and labelled set, with intervals of 95 %.

    Measures on the shipped boundary pairs and the rulebook's own examples. A set is a .txt file of pairs or a file of JSON
    lines with `text` and `clauses` or `labels`. Ends with 0 whatever was measured.
    """
    from broadsheet.standards.evaluation.labelled import SetError
    from broadsheet.standards.rulebook import RulebookError

    if data is None and (card or rate is not None):
        raise click.UsageError("--card and --choose measure on the shared data: say with --data where they are.")
    if card and (sets or only or folder or rate is not None):
        raise click.UsageError(
            "The card is about what is shipped: --card goes without --sets, --clause, --rulebook, --choose."
        )
    if rate is not None and (sets or only or against):
        raise click.UsageError(
            "--choose looks at clean news comments alone: it goes without --sets, --clause, --against."
        )
    try:
        rulebook, other = opened(folder), None if against is None else opened(_other(against))
        unknown = [code for code in only if code not in rulebook.clauses]
        if unknown:
            raise click.UsageError(f"There is no clause {unknown[0]}; there are {', '.join(rulebook.clauses)}.")
        if rate is not None and data is not None:
            _choose(rulebook, data, rate, as_json)
        else:
            _evaluate(rulebook, other, sets, data, card, only, as_json)
    except (RulebookError, SetError) as error:
        raise click.ClickException(str(error)) from None


def opened(folder: Path | None) -> Any:
    """Return the rulebook of a folder: whole where it names its clauses, else laid over the shipped one."""
    from broadsheet.standards.rulebook import load

    if folder is None:
        return load()
    try:
        whole = {"clauses", "languages"} <= set(tomllib.loads((folder / "rulebook.toml").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        whole = False  # loading says what is wrong with it
    return load(folder) if whole else load(over=folder)


def _other(against: str) -> Path | None:
    if against == SHIPPED:
        return None
    if not Path(against).is_dir():
        raise click.UsageError(f"--against: there is no folder {against}; the word {SHIPPED} is the shipped rulebook.")
    return Path(against)


def _senses() -> Any:
    from broadsheet.standards.model.encoder import ModelError
    from broadsheet.standards.senses import Senses

    senses = Senses.load()
    if isinstance(senses.encoder, ModelError):
        raise click.ClickException(
            f"{senses.encoder} Without it nothing English is scored, and nothing can be measured."
        )
    return senses


def _rows(
    rulebook: Any, codes: Collection[str], sets: Sequence[Path], data: Path | None, only: Collection[str]
) -> list[Any]:
    """Return the labelled rows to measure on."""
    from broadsheet.standards.evaluation import heldout, own_sets
    from broadsheet.standards.evaluation.examples import examples

    rows = [row for path in sets or (own_sets.SHIPPED,) for row in own_sets.read(path, codes)] + examples(rulebook)
    rows += heldout.read(data, "test") if data else []
    return [row for row in rows if not only or any(row.breaks(code) is not None for code in only)]


def _evaluate(
    rulebook: Any, other: Any, sets: Sequence[Path], data: Path | None, card: Path | None, only: Collection[str],
    as_json: bool,
) -> None:  # fmt: skip
    from broadsheet.standards.evaluation.changes import changes
    from broadsheet.standards.evaluation.judged import judged
    from broadsheet.standards.evaluation.report import report

    codes = {*opened(None).clauses, *rulebook.clauses, *(other.clauses if other else ())}
    rows = _rows(rulebook, codes, sets, data, only)
    senses = _senses()
    with progress("Judging", len(rows)) as advance:
        every = judged(rows, rulebook, senses, advance)
    found = report(every, rulebook, only, _thresholds(rulebook, senses, data) if card and data else ())
    turned = None
    if other:
        with progress("Judging by the other rulebook", len(rows)) as advance:
            turned = changes(judged(rows, other, senses, advance), every)
    if card:
        _write_card(card, found)
    if as_json:
        say_json(found.plain() | ({} if turned is None else {"changes": tables.plain(turned)}))
        return
    tables.show(found)
    if turned is not None:
        tables.show_changes(turned)


def _thresholds(rulebook: Any, senses: Any, data: Path) -> list[Any]:
    from broadsheet.standards.evaluation import heldout
    from broadsheet.standards.evaluation.report import used

    return used(heldout.read(data, "dev"), heldout.read(data, "test"), rulebook, senses)


def _write_card(file: Path, found: Any) -> None:
    from broadsheet.standards.evaluation.card import card
    from broadsheet.standards.evaluation.sources import sources

    file.write_text(card(found, sources()), encoding="utf-8")
    err.print(f"Written to {file}.", markup=False)


def _choose(rulebook: Any, data: Path, rate: float, as_json: bool) -> None:
    from dataclasses import asdict

    from broadsheet.standards.evaluation import heldout
    from broadsheet.standards.evaluation.choosing import choose

    rows = [row for row in heldout.read(data, "dev") if row.set == heldout.NEWS]
    if not any(row.clean for row in rows):
        raise click.ClickException(f"{data} holds no clean comment of {heldout.NEWS} to choose by.")
    with progress("Judging", len(rows)) as advance:
        chosen = choose(rows, rulebook, _senses(), rate, advance)
    if as_json:
        say_json(asdict(chosen))
    else:
        tables.show_choices(chosen)
