"""`broadsheet audit`: whether the log of who decided and saw what is whole."""

import json

import click

from broadsheet.cli.terminal import need_paper, out, say_json


@click.group()
def audit() -> None:
    """Look at the log of who decided and saw what."""


@audit.command()
@click.option("--head", default="", help="A head that an earlier call printed, as 1024:3f…: finds what was cut off.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def verify(head: str, as_json: bool) -> None:
    """Say whether every entry is there, unchanged and in order. Exit 0 whole, 1 not.

    Keep the head that it prints outside this machine: with it the next call finds a log that was cut or written anew.
    """
    number, colon, hashed = head.partition(":")
    if head and not (colon and number.isdecimal() and hashed):
        raise click.BadParameter(
            "It is a number, a colon and a hash, as an earlier call printed it.", param_hint="--head"
        )
    need_paper()
    from broadsheet.moderation.queries.audit import verify as verified

    found = verified(seq=int(number or 0), head=hashed)
    last = f"{found.entries}:{found.head}" if found.entries else ""
    if as_json:
        say_json({"whole": not found.faults, "entries": found.entries, "head": last, "faults": list(found.faults)})
    else:
        for fault in found.faults:
            out.print(fault, markup=False)
        if not found.faults:
            out.print(f"{found.entries} entries, all whole." + (f" Head: {last}" if last else ""), markup=False)
    raise SystemExit(1 if found.faults else 0)


@audit.command()
def export() -> None:
    """Print the log as JSON lines, oldest first; payloads that were erased are null."""
    need_paper()
    from broadsheet.moderation.queries.audit import exported

    for entry in exported():
        click.echo(json.dumps(entry, ensure_ascii=False))
