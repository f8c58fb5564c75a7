"""Papers made once for a whole run of the tests, since making one takes many seconds: each test gets a copy of its own."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HOME = "TESTS_PAPERS"  # the folder's place in the environment, which the run's other processes inherit
ROOT = Path(__file__).resolve().parents[1]
MIGRATE = "import django; django.setup(); from django.core.management import call_command; call_command('migrate', verbosity=0)"
PREPARE = "import django; django.setup(); from broadsheet.config.prepare import prepare; prepare()"


def copy_of_migrated(folder: Path) -> Path:
    """Let the folder, not there yet, be a data folder with an empty, migrated database."""
    return _copy(_made_once("migrated", lambda made: _python(MIGRATE, made)), folder)


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


def begin() -> None:
    """Give this run a folder for what its processes share; called in the one that starts the others."""
    os.environ[HOME] = tempfile.mkdtemp(prefix="broadsheet-papers-")


def forget() -> None:
    """Remove what was made for this run."""
    shutil.rmtree(os.environ[HOME], ignore_errors=True)


def _made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder that `make` filled, in whichever of this run's processes came first."""
    home = Path(os.environ[HOME])
    made = home / name
    with (home / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            building = home / f"{name}.building"
            shutil.rmtree(building, ignore_errors=True)
            make(building)
            building.rename(made)
    return made


def _copy(made: Path, folder: Path) -> Path:
    return Path(shutil.copytree(made, folder))


def _python(script: str, data: Path) -> None:
    data.mkdir(exist_ok=True)
    subprocess.run([sys.executable, "-c", script], env=_environment(data), cwd=ROOT, check=True, capture_output=True)


def _environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "PYTEST", "PORT"))}
    return {**kept, "BROADSHEET_DATA": str(data), "DJANGO_SETTINGS_MODULE": "broadsheet.config.settings"}
