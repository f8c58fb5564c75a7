"""`broadsheet push`: the key that push services know the paper by."""

import click

from broadsheet.cli.terminal import fail, need_paper, out


@click.group()
def push() -> None:
    """Look after push notifications."""


@push.command("new-key")
def new_key() -> None:
    """Make a new key, as after the old one leaked. The old ones serve the browsers that know them.

    Browsers are given the new key as they come; when hardly any is left, take the old lines out of push.key.
    """
    need_paper()
    from django.conf import settings

    from broadsheet.config.push_key import add_push_key

    if settings.ENV.text("BROADSHEET_PUSH_KEY"):
        fail("Nothing was changed: the key stands in BROADSHEET_PUSH_KEY. Write the new one there, before the old one.")
    file = add_push_key(settings.ENV)
    out.print(f"{file} begins with a new key. Restart the paper, on each machine with this file.", markup=False)
