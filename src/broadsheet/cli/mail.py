"""`broadsheet mail`: the key that signs mail, and what the Domain Name System must say."""

import click

from broadsheet.cli.terminal import fail, need_paper, out

WORDS = {
    "right": "is published",
    "missing": "is not published yet",
    "wrong": "is published wrongly",
    "unseen": "could not be looked up from here",
}


@click.group()
def mail() -> None:
    """Look after the mail that the paper sends."""


@mail.command()
@click.argument("selector", default="broadsheet")
@click.option("--ed25519", "short", is_flag=True, help="A short key of the newer kind; few mailboxes know it yet.")
def dkim(selector: str, short: bool) -> None:
    """Make the key of that selector, which signs mail, and show the record to be published.

    A key that is there stays. For a new key choose another selector, publish its record, and then set it.
    """
    need_paper()
    from django.conf import settings

    from broadsheet.notifications.actions.add_dkim_key import add_dkim_key

    selector = selector.lower()
    found = add_dkim_key(selector=selector, short=short)
    out.print(f"{'Made the key of' if found.made else 'There is a key of'} {selector} in {found.file}.", markup=False)
    out.print(f"Publish this TXT record:\n\n{found.name}\n{found.record}\n", markup=False)
    if selector != settings.DKIM_SELECTOR:
        out.print(
            f"When it is there (broadsheet mail records), set BROADSHEET_DKIM_SELECTOR={selector} and restart the paper.",
            markup=False,
        )


@mail.command()
def records() -> None:
    """Show the records that the paper's mail needs, and whether they are published. Exit 1 where one is not right."""
    need_paper()
    from broadsheet.notifications.queries.mail_records import lacks_key, mail_records

    if lacks_key():
        fail("Mail is to be signed, but there is no key for BROADSHEET_DKIM_SELECTOR. Run `broadsheet mail dkim`.")
    found = mail_records()
    for one in found:
        why = f": {one.why}" if one.why else ""
        out.print(f"{one.kind} at {one.name} {WORDS[one.found]}{why}.", markup=False)
        if one.found != "right":
            how = (
                "Publish this text there, as it is" if one.exact else "One that serves, where your server sends itself"
            )
            out.print(f"    {how}:\n    {one.text}", markup=False)
    if not any(one.kind == "DKIM" for one in found):
        out.print("The paper doesn't sign its mail; let your mail server, or see `broadsheet mail dkim`.", markup=False)
    raise SystemExit(0 if all(one.found == "right" for one in found) else 1)
