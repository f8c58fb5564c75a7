"""Papers made once for all runs of the tests, since making one takes half a minute: each test gets a copy of its own.

A paper is made anew once anything that makes it has changed: it lies in a folder named after a digest of that.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.postgresql import program

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".papers"
KEPT = 7 * 24 * 3600.0  # seconds after which what nobody copied is removed
_SCHEMA = ("migrations", "models", "setup", "apps.py", "conf.py")  # what a migrated database depends on, by its paths
MIGRATE = "import django; django.setup(); from django.core.management import call_command; call_command('migrate', verbosity=0)"
PREPARE = "import django; django.setup(); from broadsheet.config.prepare import prepare; prepare()"


def copy_of_migrated(folder: Path) -> Path:
    """Let the folder, not there yet, be a data folder with an empty, migrated database."""
    return _copy(_made_once("migrated", lambda made: _python(MIGRATE, made)), folder)


def dump_of_migrated(address: str) -> Path:
    """Return the dump of an empty, migrated PostgreSQL database; the one at the address is migrated for it."""

    def make(made: Path) -> None:
        _python(MIGRATE, made, BROADSHEET_DATABASE=address)
        subprocess.run([program("pg_dump"), "-Fc", "-f", made / "dump", address], check=True)

    return _made_once("migrated-postgresql", make) / "dump"


def copy_of_prepared(folder: Path) -> Path:
    """Let the folder, not there yet, be a data folder in which everything but a paper is ready."""

    def make(made: Path) -> None:
        copy_of_migrated(made)
        _python(PREPARE, made)

    return _copy(_made_once("prepared", make), folder)


def copy_of_new(folder: Path) -> Path:
    """Let the folder, not there yet, be a paper as `broadsheet new --email me@paper.example` makes it."""

    def make(made: Path) -> None:
        command = [Path(sys.executable).with_name("broadsheet"), "new", made, "--email", "me@paper.example"]
        subprocess.run(command, env=_environment(made), check=True, capture_output=True)

    return _copy(_made_once("new", make), folder)


def _made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder that `make` filled, in whichever process of whichever run came first."""
    HOME.mkdir(exist_ok=True)
    made = HOME / f"{name}-{_digest(_SCHEMA if name.startswith('migrated') else ())}"
    with (HOME / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            building = HOME / f"{name}.building"
            shutil.rmtree(building, ignore_errors=True)
            make(building)
            building.rename(made)
            _forget_old(name)
        os.utime(made)
    return made


def _digest(parts: tuple[str, ...]) -> str:
    """Return a digest of the sources whose paths hold one of these, or of all, and of the versions of libraries."""
    found = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted((ROOT / "src").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and "__pycache__" not in name and (not parts or any(part in name for part in parts)):
            found.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    return found.hexdigest()[:16]


def _forget_old(name: str) -> None:
    for folder in HOME.glob(f"{name}-*"):
        if folder.stat().st_mtime < time.time() - KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _copy(made: Path, folder: Path) -> Path:
    return Path(shutil.copytree(made, folder))


def _python(script: str, data: Path, **more: str) -> None:
    data.mkdir(exist_ok=True)
    environment = {**_environment(data), **more}
    subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, check=True, capture_output=True)


def _environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "PYTEST", "PORT"))}
    return {**kept, "BROADSHEET_DATA": str(data), "DJANGO_SETTINGS_MODULE": "broadsheet.config.settings"}
