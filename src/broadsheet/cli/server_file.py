"""`broadsheet server-file`: the web server's configuration for this paper."""

import sys
from pathlib import Path

import click

from broadsheet.cli.terminal import need_paper


@click.command("server-file")
@click.argument("template", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--upstream", multiple=True, help="Where `broadsheet serve` listens (else 127.0.0.1:PORT); may be repeated."
)
@click.option("--listen", default="80", show_default=True, help="Where nginx listens.")
@click.option("--no-brotli", is_flag=True, help="For an nginx without the module brotli_static.")
def server_file(template: Path, upstream: tuple[str, ...], listen: str, no_brotli: bool) -> None:
    """Print TEMPLATE, deploy/nginx.conf or deploy/Caddyfile, with this paper's folder, address and headers in it."""
    need_paper()
    from broadsheet.delivery.queries.server_files import filled

    text = template.read_text(encoding="utf-8")
    sys.stdout.write(filled(text, upstream=" ".join(upstream), listen=listen, brotli=not no_brotli))
