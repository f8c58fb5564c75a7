"""`broadsheet readers`: answer a person's request from the shell. Readers are named one by one, never listed."""

import os
from pathlib import Path
from typing import Any

import click

from broadsheet.cli.terminal import CANT_CREATE, fail, need_paper, out, say_json, visible

NO_SUCH = 66  # sysexits: what was named isn't there
_json = click.option("--json", "as_json", is_flag=True, help="For machines.")


@click.group()
def readers() -> None:
    """Find, show, export or erase a reader by User ID or e-mail address."""


@readers.command()
@click.argument("who")
@_json
def find(who: str, as_json: bool) -> None:
    """Say which account has WHO as its User ID or address, also a former or unconfirmed one."""
    need_paper()
    found = _found(who)
    if as_json:
        say_json(found)
        return
    out.print(f"{found['user_id']}  {visible(found['name'])}  {found['email'] or 'no address'}", markup=False)
    out.print(f"registered {found['registered_at']:%Y-%m-%d}, {found['state']}", markup=False)


@readers.command()
@click.argument("who")
@_json
def show(who: str, as_json: bool) -> None:
    """Print everything that is held of WHO."""
    need_paper()
    from zoneinfo import ZoneInfo

    from broadsheet.readers.queries.everything import parts_of, shown_parts

    reader_id = _found(who)["id"]
    if as_json:
        say_json([{"name": one.name, "title": one.title, "rows": list(one.rows())} for one in parts_of(reader_id)])
        return
    for part in shown_parts(reader_id, ZoneInfo("UTC"), most=1_000_000):
        out.print(part.title, markup=False)
        for row in part.rows:
            out.print("  " + visible("; ".join(f"{label}: {value}" for label, value in row)), markup=False)


@readers.command()
@click.argument("who")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_json
def export(who: str, file: Path, as_json: bool) -> None:
    """Write everything that is held of WHO into FILE, the ZIP that the reader could download; mode 600."""
    need_paper()
    from broadsheet.readers.queries.everything import write_export_of

    found = _found(who)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        fail(f"Nothing was written: there is a file {file} already. Name another.", status=CANT_CREATE)
    with os.fdopen(handle, "wb") as target:
        write_export_of(target, reader_id=found["id"])
    if as_json:
        say_json({"user_id": found["user_id"], "file": str(file), "bytes": file.stat().st_size})
        return
    out.print(f"{file}: everything that is held of {found['user_id']}.", markup=False)


@readers.command()
@click.argument("who")
@click.option("--now", "at_once", is_flag=True, help="Erase at once, without the 30 days: nothing brings it back.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@_json
def erase(who: str, at_once: bool, yes: bool, as_json: bool) -> None:
    """Delete the account of WHO as its owner would, to be erased in 30 days; with --now, erase it at once."""
    need_paper()
    from broadsheet.kernel import clock
    from broadsheet.newsroom.queries.editions import editions
    from broadsheet.readers.actions.delete_account import delete_account
    from broadsheet.readers.actions.erase_account import erase_now

    found = _found(who)
    what = "Erase for good, at once," if at_once else "Delete, and erase in 30 days,"
    if not yes:
        click.confirm(f"{what} the account {found['user_id']} ({visible(found['name'])})?", abort=True, err=True)
    if at_once:
        erase_now(reader_id=found["id"], now=clock.now())
        told = f"{found['user_id']} is erased: number and User ID are all that is left."
        done: dict[str, Any] = {"user_id": found["user_id"], "erased": True}
    else:
        first = next((edition.code for edition in editions()), "")
        gone = delete_account(reader_id=found["id"], edition=first, now=clock.now())
        told = f"{found['user_id']} is deleted, to be erased on {gone.deadline:%Y-%m-%d %H:%M} UTC."
        done = {"user_id": found["user_id"], "erased": False, "deadline": gone.deadline}
    if as_json:
        say_json(done)
        return
    out.print(told, markup=False)


@readers.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_json
def redo(files: tuple[Path, ...], as_json: bool) -> None:
    """After a restore, delete and erase again the accounts that FILES, the paper's `deletions.txt`, tell of."""
    need_paper()
    from broadsheet.kernel import clock
    from broadsheet.newsroom.queries.editions import editions
    from broadsheet.readers.actions.redo_deletions import redo_deletions
    from broadsheet.readers.engines.ledger import read_entries

    try:
        entries = [entry for file in files for entry in read_entries(file.read_text("ascii", "replace").splitlines())]
    except ValueError as error:
        fail(f"Nothing was done: {error}")
    first = next((edition.code for edition in editions()), "")
    done = redo_deletions(entries=entries, edition=first, now=clock.now())
    counts = {state: done.get(state, 0) for state in ("deleted", "restored", "erased")}
    if as_json:
        say_json(counts)
        return
    out.print(", ".join(f"{count} {state}" for state, count in counts.items()) + " again.", markup=False)


def _found(who: str) -> dict[str, Any]:
    from broadsheet.kernel import clock
    from broadsheet.readers.queries.people import account_named

    found = account_named(who, clock.now())
    if found is None:
        fail("There is no account of that User ID or address.", status=NO_SUCH)
    return found  # type: ignore[return-value]
