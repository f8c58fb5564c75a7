"""How commands speak: results on standard output, progress and troubles on standard error."""

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)
UNAVAILABLE = 69  # sysexits: a thing that is needed isn't there
CANT_CREATE = 73
_OWN_USER = "Run the command as the paper's own user: runuser -u USER -- broadsheet …"
_ROOM = "Make room on that disk, then run the command again."
TROUBLES = {
    errno.EACCES: _OWN_USER,
    errno.EPERM: _OWN_USER,
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EROFS: "The disk can only be read: name a folder on another one.",
    errno.EBUSY: "It is a disk of its own: name a folder on that disk.",
    errno.EXDEV: "It lies on another disk: name a folder on the same one.",
}


def django() -> None:
    """Start Django with this paper's settings."""
    import django as library

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    library.setup()


def need_paper() -> None:
    """Start Django; end with a sentence where the folder holds no paper of this version yet."""
    from broadsheet.config.state import state

    django()
    found = state()
    if found.refusal is not None:
        fail(str(found.refusal), status=UNAVAILABLE)


def need_database() -> None:
    """Start Django; end with a sentence where the database can't be reached, whatever it holds."""
    from broadsheet.config.state import state

    django()
    found = state()
    if found.refusal is not None and found.refusal.code == "no-database":
        fail(str(found.refusal), status=UNAVAILABLE)


def say_json(value: Any) -> None:
    """Print one JSON value for machines."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def visible(text: str) -> str:
    """Return the text without signs that a terminal would obey, each replaced by one that is seen."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def fail(message: str, *, status: int = 1) -> None:
    """Say what went wrong and end the command."""
    err.print(message, style="bold red" if err.is_terminal else None, markup=False)
    raise SystemExit(status)


@contextmanager
def told() -> Iterator[None]:
    """Tell refusals in words and a broken-off command in one line; anything else is a fault and shows itself."""
    try:
        yield
    except KeyboardInterrupt:
        err.print("Stopped. Nothing half-made is left behind.", markup=False)
        raise SystemExit(130) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        advice = TROUBLES.get(error.errno or 0)
        if advice is None:
            raise
        fail(f"{error.strerror}: {error.filename or 'a file'}. {advice}", status=CANT_CREATE)
    except Exception as error:
        refusal = getattr(error, "refusal", None) or getattr(error, "message", None)
        if refusal is None or isinstance(error, click.ClickException):
            raise
        fail(str(refusal), status=getattr(error, "exit_status", 1))


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Any]:
    """Show progress on a terminal; yields a function `advance(done)`."""
    if not err.is_terminal:
        yield lambda done, total=total: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done, total=total: bar.update(task, completed=done, total=total)


@contextmanager
def steps() -> Iterator[Any]:
    """Show the progress of work in several steps; yields a function `tell(done, total, step)`."""
    if not err.is_terminal:
        yield lambda done, total, step: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, step: bar.update(task, description=step, completed=done, total=total)
