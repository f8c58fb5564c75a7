"""How what was measured is shown on a terminal."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from broadsheet.cli.terminal import out, visible

WIDEST = 1000  # a table is as wide as what it holds; a terminal breaks its lines, a pipe keeps them
SHOWN, TEXTS = 160, 50  # signs of a comment; comments of one kind of change


def show(found: Any) -> None:
    """Print what becomes of each set, the figures per clause and attribute, groups, news comments and failures.

    Shares are in hundredths, areas and F1 from 0 to 1; the interval of 95 % is in brackets.
    """
    _print(
        "What becomes of each set", ("set", "rows", "clean", "clean held", "clean held or flagged", "not scored"),
        [(one.set, one.rows, one.clean, _share(one.wrongly_held), _share(one.wrongly_noticed), one.not_scored) for one in found.wholes],
    )  # fmt: skip
    for kind in ("set", "source", "language"):
        _print(
            f"Clauses per {kind}",
            (kind, "clause", "rows", "break it", "precision", "recall", "F1", "wrongly held", "wrongly found", "ROC", "PR", "not covered"),
            [
                (one.among, one.name, one.rows, one.true, _share(one.precision), _share(one.recall), _estimate(one.f1),
                 _share(one.wrongly_held), _share(one.wrongly_found), _estimate(one.roc), _estimate(one.precision_recall), one.not_covered)
                for one in found.clauses if one.kind == kind
            ],
        )  # fmt: skip
    for kind in ("set", "source", "language"):
        _print(
            f"Scores per {kind}", (kind, "attribute", "rows", "true", "ROC", "PR", "calibration error"),
            [
                (one.among, one.name, one.rows, one.true, _estimate(one.roc), _estimate(one.precision_recall), f"{one.calibration_error:.3f}")
                for one in found.attributes if one.kind == kind and one.rows
            ],
        )  # fmt: skip
    _print(
        "Clean English comments that name a group", ("group", "clean", "held", "held or flagged"),
        [(one.group, one.wrongly_held.of, _share(one.wrongly_held), _share(one.wrongly_noticed)) for one in found.groups],
    )  # fmt: skip
    if found.news:
        _print(
            "Clean news comments", ("", "measured", "by"),
            [
                ("held", _share(found.news.wrongly_held), _counts(found.news.held_by)),
                ("held or flagged", _share(found.news.wrongly_noticed), _counts(found.news.noticed_by)),
            ],
        )  # fmt: skip
    _print(
        "What goes wrong most", ("what", "clause or group", "among", "share"),
        [(one.what, one.name, one.among, _share(one.wrong)) for one in found.failures],
    )  # fmt: skip


def show_changes(changes: Sequence[Any]) -> None:
    """Print what is handled otherwise: how many by each clause, then the texts of each kind."""
    from broadsheet.standards.evaluation.changes import summaries

    if not changes:
        out.print("\nNothing is handled otherwise.")
        return
    _print(
        "What is handled otherwise", ("clause", "before", "now", "rows", "better", "worse", "no label"),
        [(one.clause, one.before, one.after, one.rows, one.better, one.worse, one.rows - one.better - one.worse) for one in summaries(changes)],
    )  # fmt: skip
    kinds: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for change in changes:
        kinds[change.before, change.after].append(change)
    for (before, after), those in sorted(kinds.items()):
        out.print(
            Text(f"\n{before} → {after}: {len(those)}" if before != after else f"\nstill {after}: {len(those)}", "bold")
        )
        for change in those[:TEXTS]:
            turns = ", ".join(
                f"{turn.clause} {turn.before} → {turn.after}{_mark(turn.better)}" for turn in change.turns
            )
            row = change.judged.row
            said = visible(row.text[:SHOWN]) + ("…" if len(row.text) > SHOWN else "") if row.quotable else "(not shown)"
            out.print(Text(f"  {row.set} {row.id}  [{turns}]  {said}"))
        if len(those) > TEXTS:
            out.print(f"  … and {len(those) - TEXTS} more")


def plain(changes: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the changes as plain values, without texts."""
    return [
        {
            "id": change.judged.row.id, "set": change.judged.row.set, "before": change.before, "after": change.after,
            "turns": [{"clause": one.clause, "before": one.before, "after": one.after, "better": one.better} for one in change.turns],
        }
        for change in changes
    ]  # fmt: skip


def show_choices(chosen: Any) -> None:
    """Print each use's threshold now and as chosen, and what becomes of clean news comments by all together."""
    _print(
        f"Smallest thresholds that at most {chosen.rate:.2%} of clean news comments reach",
        ("clause", "model", "head", "leads to", "now", "clean reach it", "found", "chosen", "clean reach it", "found"),
        [
            (one.clause, one.detector, one.head, one.handling, f"{one.now:.3f}", _share(one.wrong_now), _share(one.found_now),
             "none" if one.chosen.value is None else f"{one.chosen.value:.3f}", _share(one.chosen.wrong), _share(one.found))
            for one in chosen.choices
        ],
    )  # fmt: skip
    _print(
        "All clauses together, with rules and lists", ("", "clean held", "clean held or flagged"),
        [(name, _share(one.wrongly_held), _share(one.wrongly_noticed)) for name, one in (("now", chosen.now), ("as chosen", chosen.chosen))],
    )  # fmt: skip


def _print(title: str, head: Sequence[str], lines: Sequence[Sequence[Any]]) -> None:
    if not lines:
        return
    out.print(Text(f"\n{title}", "bold"))
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in head:
        table.add_column(name, no_wrap=True)
    for line in lines:
        table.add_row(*(Text(visible(str(value))) for value in line))
    Console(highlight=False, soft_wrap=True, width=WIDEST).print(table)


def _mark(better: bool | None) -> str:
    return "" if better is None else " (better)" if better else " (worse)"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{code} {count}" for code, count in counts.items())


def _share(value: Any) -> str:
    """Return a share and its interval in hundredths."""
    return f"{_hundredths(value.value)} ({_hundredths(value.low)}–{_hundredths(value.high)})" if value else "–"


def _hundredths(value: float) -> str:
    return f"{value * 100:.0f}" if value >= 0.0995 else f"{value * 100:.1f}"


def _estimate(value: Any) -> str:
    return f"{value.value:.2f} ({value.low:.2f}–{value.high:.2f})" if value else "–"
