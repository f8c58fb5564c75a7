"""`broadsheet serve`."""

import logging

import click

from broadsheet.cli.ports import need_port
from broadsheet.cli.terminal import err, need_paper

log = logging.getLogger("broadsheet.serve")


@click.command()
@click.option("--bind", help="Address to listen on (else BROADSHEET_BIND, 127.0.0.1).")
@click.option("--port", type=int, help="Port to listen on (else PORT, 8000).")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
def serve(bind: str | None, port: int | None, processes: int) -> None:
    """Run the paper: pages, pictures, search, the desk, jobs and live updates, until stopped."""
    need_paper()
    from django.conf import settings

    from broadsheet.config.prepare import collect_static
    from broadsheet.delivery.engines.serve import run

    collect_static()
    bind = bind or settings.ENV.text("BROADSHEET_BIND")
    port = port or settings.ENV.number("PORT")
    need_port(bind, port)
    if err.is_terminal:
        err.print(
            f"{settings.PUBLIC_URL}/ is served from {settings.DATA} on {bind}:{port}. Stop with Ctrl-C.", markup=False
        )
    else:
        log.info("%s/ is served from %s on %s:%s", settings.PUBLIC_URL, settings.DATA, bind, port)
    run(bind, port, processes=processes)
