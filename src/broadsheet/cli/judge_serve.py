"""`broadsheet judge serve`."""

import os
from pathlib import Path

import click

from broadsheet.cli.terminal import UNAVAILABLE, err, fail

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port to listen on; 0 is any."
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that judge.")
@click.option("--rulebook", "folder", type=_FOLDER, help="Another rulebook than the one shipped.")
@click.option("--model", type=_FOLDER, help="Another model than the one shipped.")
@click.option("--edition", default="en", show_default=True, help="The language of comments that can't be told.")
@click.option("--languages", help="Languages to score, such as en,fr (else all that the models tell).")
@click.option("--key-file", type=_FILE, help="API keys that may ask, one a line (else any, or none).")
@click.option("--coral-secret-file", type=_FILE, help="Signing secrets of Coral's external phase, one a line.")
@click.option(
    "--queue", type=click.IntRange(1), default=512, show_default=True, help="Texts that may wait in a process."
)
@click.option("--timeout", type=click.FloatRange(0.05), default=5.0, show_default=True, help="Seconds until an answer.")
@click.option(
    "--read-timeout",
    type=click.FloatRange(0.05),
    default=10.0,
    show_default=True,
    help="Seconds for a request to come whole.",
)
def serve(
    host: str, port: int, workers: int, folder: Path | None, model: Path | None, edition: str, languages: str | None,
    key_file: Path | None, coral_secret_file: Path | None, queue: int, timeout: float, read_timeout: float,
) -> None:  # fmt: skip
    """Serve the judge over HTTP until stopped.

    It answers as the Perspective API does (comments:analyze), as Coral's external moderation phase (/coral/moderate), and
    with whole verdicts (/v1/judge); /health and /metrics tell how it is. Nothing it is sent is stored or logged.
    """
    from broadsheet.standards.model.encoder import SHIPPED
    from broadsheet.standards.rulebook import RulebookError, load
    from broadsheet.standards.serving.options import Options
    from broadsheet.standards.serving.server import run

    try:
        load(folder)
    except RulebookError as error:
        raise click.ClickException(str(error)) from None
    options = Options(
        host=host, port=port, workers=workers, rulebook=folder, model=model or SHIPPED, edition=edition,
        languages=frozenset(name.strip() for name in (languages or "").split(",") if name.strip()),
        keys=_lines(key_file), secrets=_lines(coral_secret_file), queue=queue, seconds=timeout, read_seconds=read_timeout,
    )  # fmt: skip
    try:
        run(options, lambda address: err.print(f"The judge is served on {address}. Stop with Ctrl-C.", markup=False))
    except (OSError, OverflowError) as error:
        why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        fail(
            f"The judge was not served on {host}, port {port}: {why}. Choose another: --port NUMBER.",
            status=UNAVAILABLE,
        )


def _lines(file: Path | None) -> tuple[bytes, ...]:
    """Return the lines of a file of keys or secrets; blank lines and those that begin with # are none."""
    if file is None:
        return ()
    lines = (line.strip() for line in file.read_bytes().splitlines())
    found = tuple(line for line in lines if line and not line.startswith(b"#"))
    if not found:
        raise click.ClickException(f"{file} holds nothing: write one a line.")
    return found
