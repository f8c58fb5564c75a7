"""What the commands of `broadsheet judge` read and write: rulebooks, decisions, learned heads; troubles in words."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import click


def in_a_folder(_context: click.Context, _option: click.Parameter, path: Path) -> Path:
    """Return the path of a file to be written, or refuse it before any work is done for it."""
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.parent}.")
    return path


def live_heads(paths: Iterable[Path], rulebook: Any, senses: Any) -> tuple[Any, Any]:
    """Return rulebook and senses with the heads of the files, all of which must be switched on."""
    heads = [head_of(path) for path in paths]
    return with_heads_tried(rulebook, heads), senses_with(senses, heads, trial=False) if heads else senses


def with_time(answer: dict[str, Any], comment: Any) -> dict[str, Any]:
    """Return the answer with the comment's time, where that is known: alarms count by it."""
    return {**answer, "at": comment.at.isoformat()} if comment.at else answer


def decisions_of(path: Path, days: int | None = None) -> list[Any]:
    """Return the decisions of a file, or of its last days alone."""
    from broadsheet.standards.learning.decisions import read_decisions
    from broadsheet.standards.lines import UnreadableError

    try:
        with path.open(encoding="utf-8-sig") as lines:
            found = read_decisions(lines)
    except (UnreadableError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path}: {error}") from None
    since = found[-1].at - timedelta(days=days) if found and days else None
    return [one for one in found if since is None or one.at > since]


def rulebook_of(folder: Path | None) -> Any:
    """Return the rulebook of the folder, else the one shipped."""
    from broadsheet.standards.rulebook import RulebookError, load

    try:
        return load(folder)
    except RulebookError as error:
        raise click.ClickException(str(error)) from None


def senses_with_model() -> Any:
    """Return the senses with the model, without which nothing is learned."""
    from broadsheet.standards.model.encoder import ModelError
    from broadsheet.standards.senses import Senses

    senses = Senses.load()
    if isinstance(senses.encoder, ModelError):
        raise click.ClickException(str(senses.encoder))
    return senses


def start_of_head(folder: Path | None, code: str, examples: bool) -> Any:
    """Return what a head of the clause begins with, with the examples of a clause of one's own where asked for."""
    from broadsheet.standards.learning.learn import Start, start_of
    from broadsheet.standards.rulebook import load

    clause = rulebook_of(folder).clauses.get(code)
    start = start_of(clause)
    if not examples:
        return start
    if clause is None or code in load().clauses:
        raise click.UsageError(f"Examples are those of a clause of your own rulebook, and {code} is none of it.")
    texts = [
        (example.text, breaks)
        for given, breaks in ((clause.permitted, False), (clause.forbidden, True))
        for example in given.get("en", ())
        if example.text
    ]
    return Start(start.base, start.threshold, tuple(texts))


def head_of(path: Path) -> Any:
    """Return the learned head of a file."""
    from broadsheet.standards.model.learned import HeadError, read

    try:
        return read(path.read_text(encoding="utf-8"))
    except (HeadError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path}: {error}") from None


def with_heads_tried(rulebook: Any, heads: Iterable[Any]) -> Any:
    """Return the rulebook with the heads in it."""
    from broadsheet.standards.learning.trial import with_head

    for head in heads:
        rulebook = with_head(rulebook, head)
    return rulebook


def senses_with(senses: Any, heads: list[Any], *, trial: bool = True) -> Any:
    """Return the senses with these heads, each learned on the model that is here."""
    from broadsheet.standards.detectors.learned import refuse_stale
    from broadsheet.standards.model.learned import HeadError

    try:
        for head in heads:
            refuse_stale(head, senses.encoder)
        return senses.with_heads(heads, trial=trial)
    except HeadError as error:
        raise click.ClickException(str(error)) from None


def next_version(path: Path, clause: str, after: Path | None) -> int:
    """Return the version after that of the head in `after`, or in the file to be written; a live head is not replaced."""
    if path.exists():
        there = head_of(path)
        if there.clause != clause or there.switched_on:
            what = f"a head of {there.clause}" + (" that is switched on" if there.switched_on else "")
            raise click.ClickException(f"{path} holds {what}: name another file.")
        after = after or path
    if after is None:
        return 1
    before = head_of(after)
    if before.clause != clause:
        raise click.ClickException(f"{after} holds a head of {before.clause}.")
    return int(before.version) + 1


def replace_file(path: Path, content: str) -> None:
    """Replace the file's content as a whole, or leave it as it was."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(content, encoding="utf-8")
    new.replace(path)
