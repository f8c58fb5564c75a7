"""`broadsheet work`."""

import logging

import click

from broadsheet.cli.terminal import err, need_paper

log = logging.getLogger("broadsheet.work")


@click.command()
def work() -> None:
    """Do the paper's work without answering readers: mail, push, what follows on publishing, queued work; until stopped.

    For a machine or process of its own; let `broadsheet serve` of the others have BROADSHEET_WORK=off. Any number may
    run: what one has taken no other does.
    """
    need_paper()
    from django.conf import settings

    from broadsheet.config.prepare import collect_static
    from broadsheet.delivery.engines.work import run

    collect_static()  # what is sent names pictures and styles by the names that this version gives them
    if err.is_terminal:
        err.print(f"The work of {settings.PUBLIC_URL}/ is done from {settings.DATA}. Stop with Ctrl-C.", markup=False)
    else:
        log.info("the work of %s/ is done from %s", settings.PUBLIC_URL, settings.DATA)
    raise SystemExit(0 if run() else 1)
