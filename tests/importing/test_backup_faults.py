"""Backing up and restoring, killed at any moment or with no room left: nothing half-made ever looks whole."""

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.importing.test_backup import broadsheet, environment, make_paper

pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.files]
KILLS = 6


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper with some megabytes of recordings, so that copying them takes a moment."""
    folder = tmp_path_factory.mktemp("paper")
    make_paper(folder, environment(folder / "data"))
    for number in range(60):
        file = folder / "data" / "media" / "recordings" / f"{number}.mp3"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(random.Random(number).randbytes(400_000))
    return folder / "data"


@pytest.fixture(scope="module")
def backup(paper: Path) -> Path:
    file = paper.parent / "whole.backup"
    broadsheet("backup", str(file), env=environment(paper))
    return file


def kill_when(begun: Callable[[], bool], after: float, *words: str, env: dict[str, str]) -> bool:
    """Start the command, kill it so long after it has begun its work; return whether it was still at it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "broadsheet", *words], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + 60
    while not begun() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    return process.wait(20) == -signal.SIGKILL


@pytest.mark.slow
def test_a_backup_killed_at_any_moment_leaves_nothing_under_its_name(paper, tmp_path):
    dice, killed = random.Random(1), 0
    for number in range(KILLS):
        file = tmp_path / f"{number}.backup"

        left = set(paper.glob(".backup-*"))

        def begun(left: set[Path] = left) -> bool:
            return bool(set(paper.glob(".backup-*")) - left)

        killed += kill_when(begun, dice.uniform(0, 0.5), "backup", str(file), env=environment(paper))
        if file.exists():
            assert zipfile.ZipFile(file).testzip() is None
            assert "manifest.json" in zipfile.ZipFile(file).namelist()
        shown = [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")]
        assert shown in ([], [file.name])
        file.unlink(missing_ok=True)
        last = tmp_path / "last.backup"
        if number == KILLS - 1:
            broadsheet("backup", str(last), env=environment(paper))
            last.unlink()
    assert killed >= KILLS // 2
    assert not list(paper.glob(".backup-*")), "what killed runs left is removed by the next that ends"


def test_an_older_backup_survives_a_killed_one_that_was_to_replace_it(paper, backup, tmp_path):
    file = tmp_path / "nightly.backup"
    shutil.copy(backup, file)
    before = file.read_bytes()
    command = ("backup", "--replace", str(file))
    assert kill_when(lambda: any(tmp_path.glob(".nightly*")), 0.02, *command, env=environment(paper))
    assert file.read_bytes() == before
    broadsheet(*command, env=environment(paper))
    assert [path.name for path in tmp_path.iterdir()] == ["nightly.backup"]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_restore_killed_at_any_moment_leaves_a_whole_paper_or_none(backup, paper, tmp_path):
    dice, killed = random.Random(2), 0
    for number in range(KILLS):
        data = tmp_path / f"restored{number}"

        def begun(name: str = data.name) -> bool:
            return any(tmp_path.glob(f".{name}.restore-*"))

        env = environment(data)
        killed += kill_when(begun, dice.uniform(0, 0.1), "restore", str(backup), env=env)
        if data.exists():
            with closing(sqlite3.connect(data / "broadsheet.sqlite3")) as database:
                assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert names(data / "media" / "recordings") == names(paper / "media" / "recordings")
        else:
            broadsheet("restore", str(backup), env=env)
        assert (data / "secret.key").read_bytes() == (paper / "secret.key").read_bytes()
        assert not list(tmp_path.glob(".restored*"))
    assert killed


@pytest.mark.parametrize("room", ["for less than the database", "for the database alone"])
def test_where_there_is_no_room_nothing_is_left_and_words_say_so(room, paper, tmp_path):
    size = (paper / "broadsheet.sqlite3").stat().st_size
    limit = size // 2 if "less" in room else size + 1_000_000
    file = tmp_path / "full.backup"
    done = subprocess.run(
        [sys.executable, "-m", "broadsheet", "backup", str(file)],
        env=environment(paper), capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 65, done.stderr
    assert done.stderr.startswith("No backup was made: ")
    assert "room" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert not list(paper.glob(".backup-*"))


def test_a_restore_without_room_leaves_nothing_and_says_so(backup, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "broadsheet", "restore", str(backup)],
        env=environment(tmp_path / "data"), capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )  # fmt: skip
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "Nothing was restored" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_backup_without_its_list_of_files_is_refused(backup, tmp_path):
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(tmp_path / "less.backup", "w") as less:
        for name in whole.namelist():
            if name != "manifest.json" and not name.startswith("media/"):
                less.writestr(name, whole.read(name))
    env = environment(tmp_path / "data")
    done = broadsheet("restore", str(tmp_path / "less.backup"), env=env, check=False)
    assert done.returncode == 65
    assert "manifest.json is missing" in done.stderr
    assert not (tmp_path / "data").exists()


def test_what_comes_back_is_closed_to_others_and_its_pages_are_not(backup, tmp_path):
    data = tmp_path / "data"
    before = os.umask(0o022)
    try:
        broadsheet("restore", str(backup), env=environment(data))
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()}
    assert (modes["secret.key"], modes["broadsheet.sqlite3"]) == (0o600, 0o600)
    assert stat.S_IMODE(data.stat().st_mode) == 0o755, "the web server must be able to enter it"


def test_machines_are_told_of_a_backup_in_json(paper, tmp_path):
    said = json.loads(broadsheet("backup", str(tmp_path / "a.backup"), "--json", env=environment(paper)).stdout)
    assert said["bytes"] == (tmp_path / "a.backup").stat().st_size
    assert said["files"] >= 60
