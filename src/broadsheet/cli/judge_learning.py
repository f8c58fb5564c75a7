"""`broadsheet judge learn`, `backtest`, `shadow`, `alarm`: learn from decisions, try changes on them, watch the rates."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from broadsheet.cli.judge_files import (
    decisions_of,
    head_of,
    in_a_folder,
    live_heads,
    next_version,
    replace_file,
    rulebook_of,
    senses_with,
    senses_with_model,
    start_of_head,
    with_heads_tried,
    with_time,
)
from broadsheet.cli.terminal import err, fail, out, progress, say_json

ALARMED = 3  # the exit status where something jumped
FLIPS = 20  # shown on a terminal
Folder = click.Path(exists=True, file_okay=False, path_type=Path)
File = click.Path(exists=True, dir_okay=False, path_type=Path)
NewFile = click.Path(dir_okay=False, path_type=Path)
decisions_option = click.option(
    "--decisions", "file", type=File, required=True, help="What people decided, as JSON lines."
)
live_option = click.option(
    "--live-head",
    "live_files",
    type=File,
    multiple=True,
    help="A learned head that is switched on today; may be repeated.",
)
rulebook_option = click.option("--rulebook", "folder", type=Folder, help="Another rulebook than the one shipped.")
json_option = click.option("--json", "as_json", is_flag=True, help="For machines.")


@click.command()
@decisions_option
@click.option("--clause", required=True, help="The clause's code, such as SPOILER.")
@click.option("--out", "target", type=NewFile, callback=in_a_folder, required=True, help="The head's file.")
@click.option("--after", type=File, help="The head that this one is the next version of, where it is live.")
@rulebook_option
@click.option(
    "--examples", is_flag=True, help="Let a clause of your own begin with its permitted and forbidden examples."
)
@json_option
def learn(
    file: Path, clause: str, target: Path, after: Path | None, folder: Path | None, examples: bool, as_json: bool
) -> None:
    """Learn a head for one clause from what people decided, and say how well it tells decisions it did not learn from.

    The head is not switched on: `broadsheet judge backtest --head FILE --switch-on` does that. A head of the clause that was
    never switched on is replaced by the next version.
    """
    from broadsheet.standards.learning.learn import learn as learned
    from broadsheet.standards.model.learned import written

    version = next_version(target, clause, after)
    decisions, senses = decisions_of(file), senses_with_model()
    head = learned(
        decisions,
        clause,
        senses.encoder,
        start=start_of_head(folder, clause, examples),
        made=datetime.now(UTC).date(),
        version=version,
    )
    replace_file(target, written(head))
    if as_json:
        say_json({"clause": clause, "version": version, "counts": asdict(head.counts), "quality": asdict(head.quality)})
        return
    counts, quality = head.counts, head.quality
    out.print(
        f"{clause}, version {version}: learned from {counts.breaking} comments that break it and {counts.kept} that don't."
    )
    left = {"near copies": counts.copies, "in other languages": counts.other_language, "unreadable": counts.unreadable}
    out.print("Left out: " + ", ".join(f"{number} {what}" for what, number in left.items()) + ".")
    ways = "one at a time" if quality.folds > 5 else f"in {quality.folds} parts"
    out.print(f"Told by heads that had not seen them ({ways}), with 95 % intervals:")
    for name, value in (
        ("breaking above permitted (AUROC)", quality.auroc),
        ("the same by the shipped score", quality.shipped),
        (f"precision at {head.threshold:g}", quality.precision),
        (f"recall at {head.threshold:g}", quality.recall),
    ):
        if value is not None:
            out.print(f"  {name}: {value.value:.2f} ({value.low:.2f}–{value.high:.2f})")
    out.print(f"Written to {target}. Not switched on yet: back-test it.", markup=False)


@click.command()
@decisions_option
@click.option("--before", type=Folder, help="The rulebook as it is (else the one shipped).")
@click.option("--rulebook", "folder", type=Folder, help="The rulebook as it would be (else as it is).")
@click.option("--head", "heads", type=File, multiple=True, help="A learned head to try; may be repeated.")
@live_option
@click.option("--days", type=click.IntRange(min=1), help="Only the last so many days of decisions.")
@click.option("--walk", is_flag=True, help="Judge by heads learned, time after time, from what was decided before.")
@click.option("--switch-on", is_flag=True, help="Switch the heads on if the back-test allows it.")
@click.option("--override-by", default="", help="Who switches on against the back-test.")
@click.option("--reason", default="", help="Why, with --override-by.")
@json_option
def backtest(
    file: Path,
    before: Path | None,
    folder: Path | None,
    heads: tuple[Path, ...],
    live_files: tuple[Path, ...],
    days: int | None,
    walk: bool,
    switch_on: bool,
    override_by: str,
    reason: str,
    as_json: bool,
) -> None:
    """Say what another rulebook, or a learned head, would have done to comments that people decided.

    A head judges what was decided after the last decision it learned from. With --walk it is the way of learning that is
    tried, on all decisions. Ends with 1 where --switch-on was refused.
    """
    from broadsheet.standards.learning.backtest import backtest as compared
    from broadsheet.standards.learning.switching import may_switch_on
    from broadsheet.standards.learning.walking import walk_forward

    if walk and (len(heads) != 1 or folder):
        raise click.UsageError("--walk tries one --head, in the rulebook as it is.")
    if not heads and not folder:
        raise click.UsageError("Name what is to be tried: --rulebook or --head.")
    tried = [head_of(path) for path in heads]
    decisions = decisions_of(file, days)
    senses = senses_with_model()
    today, live = live_heads(live_files, rulebook_of(before), senses)
    if walk:
        start = start_of_head(before, tried[0].clause, bool(tried[0].counts.examples))
        senses_with(senses, tried)
        result = walk_forward(tried[0], decisions, today, live, start.examples)
    else:
        others = [head for head in map(head_of, live_files) if head.clause not in {one.clause for one in tried}]
        after = with_heads_tried(rulebook_of(folder) if folder else today, [*others, *tried])
        result = compared(decisions, today, live, after, senses_with(senses, [*others, *tried]))
    refusal = may_switch_on(result)
    if as_json:
        say_json({**result.as_json(), "refusal": None if refusal is None else asdict(refusal)})
    else:
        _show(result)
        out.print(Text(str(refusal) if refusal else "Nothing speaks against switching it on.", style="bold"))
    if switch_on:
        _switch_on(heads, tried, result, override_by, reason)


@click.group()
def shadow() -> None:
    """Run another rulebook or head beside the live one, and report how they differ."""


@shadow.command("run")
@click.argument("file", type=click.File("r", encoding="utf-8-sig", errors="replace"))
@click.option("--live", type=Folder, help="The rulebook that counts (else the one shipped).")
@click.option("--rulebook", "folder", type=Folder, help="The rulebook on trial (else the one that counts).")
@click.option("--head", "heads", type=File, multiple=True, help="A learned head on trial; may be repeated.")
@click.option("--out", "target", type=NewFile, callback=in_a_folder, required=True, help="Where differences go.")
@live_option
@click.option("--edition", default="en", show_default=True, help="The edition's language, where a comment doesn't say.")
def shadow_run(
    file: Any,
    live: Path | None,
    folder: Path | None,
    heads: tuple[Path, ...],
    target: Path,
    live_files: tuple[Path, ...],
    edition: str,
) -> None:
    """Judge the comments of FILE as `broadsheet judge` does, and add to --out what would differ, without any text."""
    from broadsheet.standards.learning.shadow import Shadow
    from broadsheet.standards.lines import UnreadableError, read, written

    shipped = senses_with_model()
    tried = [head_of(path) for path in heads]
    rulebook, senses = live_heads(live_files, rulebook_of(live), shipped)
    others = [head for head in map(head_of, live_files) if head.clause not in {one.clause for one in tried}]
    beside = with_heads_tried(rulebook_of(folder) if folder else rulebook, [*others, *tried])
    unreadable = 0
    with target.open("a", encoding="utf-8") as lines, progress("Judging", None) as advance:
        judged = Shadow((rulebook, senses), (beside, senses_with(shipped, [*others, *tried])), lines.write)
        for done, (id_, comment) in enumerate(read(file, "auto", edition), 1):
            if isinstance(comment, UnreadableError):
                unreadable += 1
                answer: dict[str, Any] = {"id": id_, "outcome": "not_scored", "error": str(comment)}
            else:
                answer = with_time(written(id_, judged.judge(id_, comment)), comment)
            sys.stdout.write(json.dumps(answer) + "\n")
            advance(done)
        judged.close()
    if unreadable:
        fail(f"{unreadable} lines could not be read and were not judged; their answers say why.")


@shadow.command("report")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@json_option
def shadow_report(file: Iterable[str], as_json: bool) -> None:
    """Say how the judge on trial differed from the live one, from the lines that shadow mode wrote to FILE."""
    from broadsheet.standards.learning.shadow import report

    found = report(file)
    if as_json:
        say_json(found.as_json())
        return
    out.print(
        f"{found.judged} comments judged, {found.differ} would have gone otherwise, {found.failed} failed on trial."
    )
    moves = [(f"{live} → {beside}", str(number)) for (live, beside), number in found.moves.most_common()]
    codes = sorted(found.only_live | found.only_beside)
    clauses = [(code, str(found.only_live[code]), str(found.only_beside[code])) for code in codes]
    out.print(_table(("outcome, live → on trial", "comments"), moves))
    out.print(_table(("clause", "found live alone", "found on trial alone"), clauses))


@click.command()
@click.option("--findings", "file", type=click.File("r", encoding="utf-8"), required=True, help="Verdicts with `at`.")
@click.option("--until", type=click.DateTime(), help="The end of the 24 hours (UTC; else that of the verdicts).")
@json_option
def alarm(file: Iterable[str], until: datetime | None, as_json: bool) -> None:
    """Say which clauses were found far more or less often in 24 hours than before, and which detectors fail.

    Reads the JSON lines that `broadsheet judge` writes for comments with `at`. Ends with 3 where something jumped.
    """
    from broadsheet.standards.learning.alarm import alarms, read_rates

    found = alarms(read_rates(file), until.replace(tzinfo=UTC) if until else None)
    if as_json:
        say_json([one.as_json() for one in found])
    else:
        for one in found:
            out.print(Text(str(one), style="bold red" if one.direction == "up" else "yellow"))
        if not found:
            out.print("Nothing jumped.")
    if found:
        raise SystemExit(ALARMED)


def _switch_on(paths: Iterable[Path], heads: Iterable[Any], result: Any, override_by: str, reason: str) -> None:
    from broadsheet.standards.learning.switching import switch_on
    from broadsheet.standards.model.learned import written

    now = datetime.now(UTC).replace(microsecond=0)
    switched = [switch_on(head, result, at=now, override_by=override_by, reason=reason) for head in heads]
    for path, head in zip(paths, switched, strict=True):
        replace_file(path, written(head))
        err.print(f"{head.clause} is switched on in {path}.", markup=False)


def _show(result: Any) -> None:
    """Print a back-test for people."""
    out.print(
        f"{len(result.compared)} comments judged; {result.too_early} decided before the heads had learned, "
        f"{result.without_text} without text."
    )
    rows = []
    for name in ("held", "marked", "through"):
        cells = [result.outcomes(side)[name] for side in ("before", "after")]
        rows.append((name, *(str(cell[kind]) for kind in ("removed", "approved") for cell in cells)))
    out.print(_table(("", "removed: before", "after", "approved: before", "after"), rows))
    rows = []
    for clause in (None, *result.clauses):
        before, after = result.tally("before", clause), result.tally("after", clause)
        gained, lost, luck = result.exchange(clause)
        shares = [_share(getattr(one, name)) for name in ("precision", "recall") for one in (before, after)]
        rows.append((clause or "all", *shares, f"{before.wrong} → {after.wrong}", f"+{gained} −{lost} (p {luck:.2g})"))
    out.print(_table(("", "precision: before", "after", "recall: before", "after", "wrong", "set right, wrong"), rows))
    days = [
        (day.isoformat(), *(str(counts[name]) for name in ("judged", "removed", "before", "after")))
        for day, counts in result.days.items()
    ]
    out.print(_table(("day", "judged", "removed by people", "held or marked: before", "after"), days))
    flips = [
        (one.id, ", ".join(sorted(one.decided)) or "approved", _side(one.before), _side(one.after))
        for one in result.flips[:FLIPS]
    ]
    if flips:
        out.print(f"{len(result.flips)} comments would have gone otherwise; --json has all of them.")
        out.print(_table(("id", "people", "before", "after"), flips))


def _side(side: Any) -> str:
    named = ", ".join(f"{code} {side.scores.get(code, 0):.2f}" for code in sorted(side.clauses))
    return f"{side.outcome} {named}".strip()


def _share(value: Any) -> str:
    return f"{value.value:.2f} ({value.low:.2f}–{value.high:.2f})"


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(*names, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text("".join(sign if sign.isprintable() else "\ufffd" for sign in cell)) for cell in row))
    return table
