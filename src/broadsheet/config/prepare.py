"""Brings a data folder up to this version: tables, styles and scripts."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command

from broadsheet import __version__
from broadsheet.kernel.turns import alone

PRIVATE_FILES = ("broadsheet.sqlite3*", "broadsheet.env", "secret.key", "push.key", "dkim.key", "mail")


def prepare() -> None:
    """Make tables and collect static files; safe to repeat, also by two processes at once."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with alone("upgrade", wait=True):
        call_command("migrate", interactive=False, verbosity=0)
        _close_to_others()
        collect_static()


def _close_to_others() -> None:
    """Let nobody else on this machine read what only the paper's own user needs: accounts, settings, mail."""
    (settings.DATA / "mail").mkdir(exist_ok=True)
    for name in PRIVATE_FILES:
        for path in settings.DATA.glob(name):
            path.chmod(0o700 if path.is_dir() else 0o600)


def collect_static(*, force: bool = False) -> None:
    """Lay styles, scripts and fonts where they are served from, once a version and one process at a time."""
    mark = settings.STATIC_ROOT / ".version"
    wanted = _build()
    with alone("static", wait=True):
        if not force and mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
            return
        call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
        mark.write_text(wanted, encoding="utf-8")


def _build() -> str:
    """Return what the static files depend on: this version, and when the newest of them changed."""
    newest = max(
        (
            int(path.stat().st_mtime)
            for folder in settings.STATICFILES_DIRS
            for path in folder.rglob("*")
            if path.is_file()
        ),
        default=0,
    )
    return f"{__version__} {newest}"
