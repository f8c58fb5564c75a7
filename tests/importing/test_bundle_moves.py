"""A furnished paper moves between databases and machines: by the commands, in processes of their own, killed on the way."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.importing.bundles import write_bundle
from tests.importing.test_backup import PREPARE, broadsheet, environment
from tests.importing.test_bundle_desk import NUMBERS
from tests.postgresql import programs, server

pytestmark = [pytest.mark.row("ART-16"), pytest.mark.files]
FURNISH = (
    "from broadsheet.cli.terminal import django; django();"
    f"from tests.importing.furnished import furnish; furnish({NUMBERS})"
)
ROOT = Path(__file__).resolve().parents[2]
STEPS = 8  # of a killed load: each goes a little further before it is killed


def prepare(env: dict[str, str]) -> dict[str, str]:
    subprocess.run([sys.executable, "-c", PREPARE], env=env, check=True, capture_output=True)
    return env


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The furnished paper's bundle, from SQLite."""
    folder = tmp_path_factory.mktemp("moves")
    env = prepare(environment(folder / "first"))
    broadsheet("import", "bundle", str(write_bundle(folder / "plain")), env=env)
    subprocess.run([sys.executable, "-c", FURNISH], env=env, cwd=ROOT, check=True, capture_output=True)
    broadsheet("export", str(folder / "first.zip"), env=env)
    return folder / "first.zip"


def contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as found:
        return {name: found.read(name) for name in found.namelist() if name != "bundle.json"}


@pytest.mark.slow
def test_a_load_killed_again_and_again_is_whole_in_the_end(exported: Path, tmp_path: Path) -> None:
    env = prepare(environment(tmp_path / "data"))
    command = [sys.executable, "-m", "broadsheet", "import", "bundle", str(exported), "--json"]
    killed = 0
    for step in range(STEPS):
        with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(1.5 + step * 0.4)
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
                killed += 1
    assert killed >= 2
    report = json.loads(broadsheet("import", "bundle", str(exported), "--json", env=env).stdout)
    assert report["failed"] == report["skipped"] == []
    broadsheet("export", str(tmp_path / "again.zip"), env=env)
    assert contents(tmp_path / "again.zip") == contents(exported)


@pytest.mark.skipif(programs() is None, reason="PostgreSQL's programs are not installed (Debian package postgresql)")
@pytest.mark.slow
def test_from_sqlite_to_postgresql_and_back(exported: Path, tmp_path: Path) -> None:
    with server() as address:
        there = prepare(environment(tmp_path / "there", address))
        broadsheet("import", "bundle", str(exported), env=there)
        again = json.loads(broadsheet("import", "bundle", str(exported), "--json", env=there).stdout)
        assert all(row["created"] == row["updated"] == 0 for row in again["counts"].values())
        broadsheet("export", str(tmp_path / "there.zip"), env=there)
    assert contents(tmp_path / "there.zip") == contents(exported)
    back = prepare(environment(tmp_path / "back"))
    broadsheet("import", "bundle", str(tmp_path / "there.zip"), env=back)
    broadsheet("export", str(tmp_path / "back.zip"), env=back)
    assert contents(tmp_path / "back.zip") == contents(exported)
