"""`broadsheet demo`: a living paper on this machine."""

import time
from urllib.parse import urlsplit

import click

from broadsheet.cli.ports import need_port
from broadsheet.cli.terminal import django, err, fail, out

PEOPLE = (
    ("chief@estuary.example", "the chief"),
    ("moderator@estuary.example", "a moderator"),
    ("reader@estuary.example", "a reader"),
)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@click.command()
@click.option("--bind", help="Address to listen on; the demo accepts loopback addresses alone.")
@click.option("--port", type=int, help="Port to listen on (else PORT, 8000).")
@click.option("--no-serve", is_flag=True, help="Make the paper, print the link, and end.")
def demo(bind: str | None, port: int | None, no_serve: bool) -> None:
    """Make the demo paper where the folder is empty, print its addresses and a one-use log-in link, and serve it."""
    from broadsheet.config.env import Environment, set_port

    if port:
        set_port(port)
    environment = Environment()
    bind = bind or environment.text("BROADSHEET_BIND")
    if bind not in LOOPBACK:
        fail(
            f"The demo paper was not started on {bind}. Its log-in link opens the desk without a second factor, "
            "so it is for this machine alone. Use 127.0.0.1, or make a paper of your own: broadsheet new FOLDER."
        )
    if urlsplit(environment.url()).hostname not in LOOPBACK:
        fail(
            f"The demo paper was not started under {environment.url()}. Its log-in links open the desk without a second "
            "factor, so it is for this machine alone. Remove BROADSHEET_URL, or make a paper of your own: "
            "broadsheet new FOLDER."
        )
    if not no_serve:
        need_port(bind, environment.number("PORT"))
    django()
    from django.conf import settings

    _make()
    _print_addresses()
    if no_serve:
        return
    from broadsheet.cli.mail_printer import MailPrinter
    from broadsheet.delivery.engines.serve import run

    MailPrinter().start()
    run(bind, settings.ENV.number("PORT"), processes=1)


def _make() -> None:
    """Make the paper where there is none; a paper that isn't the demo stays as it is."""
    from django.conf import settings

    from broadsheet.config.prepare import prepare
    from broadsheet.config.state import state

    mark = settings.DATA / "demo"
    if state().tables and not mark.exists():
        fail(
            f"{settings.DATA} holds a paper that is not the demo; nothing was changed. "
            "Serve it with `broadsheet serve`, or choose another folder: BROADSHEET_DATA=FOLDER make run."
        )
    started = time.monotonic()
    settings.DATA.mkdir(parents=True, exist_ok=True)
    mark.touch()
    prepare()
    from broadsheet.cli.bundles import load_demo

    if load_demo():
        err.print(f"The demo paper was made in {time.monotonic() - started:.0f} s.", markup=False)


def _print_addresses() -> None:
    from django.conf import settings

    from broadsheet.cli.links import login_address
    from broadsheet.readers.actions.staff import put_staff
    from broadsheet.readers.queries.people import account_by_email

    put_staff(email=PEOPLE[0][0], name="Mara Quill", role="operator")
    out.print(f"The paper:  {settings.PUBLIC_URL}/", markup=False)
    out.print(f"The desk:   {settings.PUBLIC_URL}/editor/", markup=False)
    out.print(f"The mail:   {settings.PUBLIC_URL}/mailbox/", markup=False)
    out.print("Log in once, within 30 minutes, as", markup=False)
    for email, title in PEOPLE:
        person = account_by_email(email)
        if person is not None:
            out.print(f"  {title:<12}{login_address(person, opens_desk=person.is_staff)}", markup=False)
    out.file.flush()
