"""A backup made while the paper is written to comes back whole, on both databases."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.importing.bundles import bundle_files, picture_bytes, write_bundle
from tests.papers import copy_of_prepared
from tests.postgresql import programs, server

pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.files]

PREPARE = (
    "from broadsheet.cli.terminal import django; django(); from broadsheet.config.prepare import prepare; prepare()"
)
# Adds and deletes pictures and drafts until told to stop: no moment is quiet.
WRITER = """
import sys
from broadsheet.cli.terminal import django
django()
from broadsheet.newsroom.actions.drafts import create_article
from broadsheet.newsroom.actions.pictures import add_picture
from broadsheet.newsroom.queries import archive
from pathlib import Path
data, stop = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2])
section, number = archive.section_page("en", "harbour"), 0
older = []
while not stop.exists():
    number += 1
    picture = add_picture(file=data, name=f"w{number}.jpg", agency="The Gull", alt="x")
    create_article(section=section, headline=f"Written {number}", lead_picture=picture)
    older.append(picture)
    if len(older) > 3:
        gone = older.pop(0)
        gone.delete()
    print(number, flush=True)
"""


def environment(data: Path, database: str = "") -> dict[str, str]:
    found = {**os.environ, "BROADSHEET_DATA": str(data), "BROADSHEET_LOG": "error"}
    found.pop("DJANGO_SETTINGS_MODULE", None)
    found.pop("BROADSHEET_DATABASE", None)
    return found | ({"BROADSHEET_DATABASE": database} if database else {})


def broadsheet(*words: str, env: dict[str, str], check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadsheet", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=300)
    if check:
        assert done.returncode == 0, done.stderr[-3000:]
    return done


def make_paper(tmp_path: Path, env: dict[str, str]) -> None:
    if "BROADSHEET_DATABASE" in env:
        subprocess.run([sys.executable, "-c", PREPARE], env=env, check=True, capture_output=True)
    else:
        copy_of_prepared(Path(env["BROADSHEET_DATA"]))
    broadsheet("import", "bundle", str(write_bundle(tmp_path / "bundle", bundle_files())), env=env)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paper")
    make_paper(folder, environment(folder / "data"))
    return folder / "data"


@pytest.fixture(scope="module")
def backup(paper: Path) -> Path:
    file = paper.parent / "one.backup"
    broadsheet("backup", str(file), env=environment(paper))
    return file


@pytest.fixture
def busy(paper: Path, tmp_path: Path) -> Iterator[Path]:
    """Another process writes to the paper all the while."""
    (tmp_path / "w.jpg").write_bytes(picture_bytes())
    stop = tmp_path / "stop"
    command = [sys.executable, "-c", WRITER, str(tmp_path / "w.jpg"), str(stop)]
    process = subprocess.Popen(
        command, env=environment(paper), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "1"
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(process.stdout or []))
    reader.start()
    yield paper
    stop.touch()
    assert process.wait(60) == 0, process.stderr.read() if process.stderr else ""
    reader.join()
    assert lines, "nothing was written while the backup was made"


def exported(data: Path, target: Path, database: str = "") -> dict[str, bytes]:
    broadsheet("export", str(target), env=environment(data, database))
    files = {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    files.pop("bundle.json")
    return files


def test_what_comes_back_is_what_was_there(paper: Path, backup: Path, tmp_path: Path) -> None:
    restored = tmp_path / "restored"
    broadsheet("restore", str(backup), env=environment(restored))
    assert exported(restored, tmp_path / "a") == exported(paper, tmp_path / "b")
    assert (restored / "secret.key").read_text() == (paper / "secret.key").read_text()
    assert stat.S_IMODE((restored / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert not list(paper.glob(".backup-*"))


def test_while_the_paper_is_written_to(busy: Path, tmp_path: Path) -> None:
    for number in range(3):
        file, data = tmp_path / f"{number}.backup", tmp_path / f"restored{number}"
        said = json.loads(broadsheet("backup", str(file), "--json", env=environment(busy)).stdout)
        assert said["missing"] == []
        broadsheet("restore", str(file), env=environment(data))
        with closing(sqlite3.connect(data / "broadsheet.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            named = [row[0] for row in database.execute("SELECT file FROM newsroom_picture")]
            articles = database.execute("SELECT count(*) FROM newsroom_articlepage").fetchone()[0]
            pages = database.execute(
                "SELECT count(*) FROM wagtailcore_revision r JOIN newsroom_articlepage a ON r.object_id = a.page_ptr_id"
            ).fetchone()[0]
        assert articles > 7
        assert pages >= articles
        for name in named:
            assert (data / "media" / name).stat().st_size > 0


def test_a_folder_with_something_in_it_is_left(backup: Path, tmp_path: Path) -> None:
    data = tmp_path / "full"
    data.mkdir()
    (data / "mine.txt").write_text("mine")
    done = broadsheet("restore", str(backup), env=environment(data), check=False)
    assert done.returncode == 65
    assert "is not empty" in done.stderr
    assert [path.name for path in data.iterdir()] == ["mine.txt"]


def test_a_file_there_already_is_left(paper: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.backup"
    file.write_text("mine")
    done = broadsheet("backup", str(file), env=environment(paper), check=False)
    assert done.returncode == 65
    assert "already" in done.stderr
    assert file.read_text() == "mine"
    broadsheet("backup", str(file), "--replace", env=environment(paper))
    assert zipfile.is_zipfile(file)


@pytest.mark.parametrize("fault", ["cut off", "changed", "empty", "a bundle", "text", "newer", "missing"])
def test_a_damaged_backup_is_refused_and_nothing_laid_out(fault: str, backup: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.backup"
    whole = backup.read_bytes()
    if fault == "cut off":
        file.write_bytes(whole[: len(whole) * 2 // 3])
    elif fault == "changed":
        changed = bytearray(whole)
        changed[whole.index(b"\xff\xd8\xff") + 400] ^= 0xFF
        file.write_bytes(changed)
    elif fault in {"empty", "text"}:
        file.write_bytes(b"" if fault == "empty" else b"Hello")
    elif fault == "newer":
        _rewritten(backup, file, generator="broadsheet 99.0.0")
    elif fault == "a bundle":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("bundle.json", "{}")
    done = broadsheet("restore", str(file), env=environment(tmp_path / "data"), check=False)
    assert done.returncode in {65, 66}
    assert done.stderr.startswith("Nothing was ")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()
    assert not list(tmp_path.glob(".data.*"))


def _rewritten(source: Path, target: Path, **head: Any) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "backup.json":
                data = json.dumps({**json.loads(data), **head}).encode()
            if name != "manifest.json":
                new.writestr(name, data)


@pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")
@pytest.mark.slow
def test_on_postgresql_while_it_is_written_to(tmp_path: Path, backup: Path) -> None:
    with server() as address:
        second = address.replace("/broadsheet?", "/second?")
        _create_database(address)
        data, copy = tmp_path / "data", tmp_path / "copy"
        env = environment(data, address)
        make_paper(tmp_path, env)
        (tmp_path / "w.jpg").write_bytes(picture_bytes())
        stop = tmp_path / "stop"
        command = [sys.executable, "-c", WRITER, str(tmp_path / "w.jpg"), str(stop)]
        writer = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "1"
        file = tmp_path / "pg.backup"
        said = json.loads(broadsheet("backup", str(file), "--json", env=env).stdout)
        stop.touch()
        writer.communicate(timeout=60)
        assert said["engine"] == "postgresql"
        assert said["missing"] == []
        without = broadsheet("restore", str(file), env=environment(copy), check=False)
        assert without.returncode == 1
        assert "BROADSHEET_DATABASE" in without.stderr
        full = broadsheet("restore", str(file), env=environment(copy, address), check=False)
        assert full.returncode == 65
        assert "tables in the database already" in full.stderr
        assert not copy.exists()
        other = broadsheet("restore", str(backup), env=environment(copy, second), check=False)
        assert other.returncode == 1
        _killed_while_it_fills_the_database(file, copy, address)
        broadsheet("restore", str(file), env=environment(copy, second))
        assert not list(tmp_path.glob(".copy*"))
        again = tmp_path / "again.backup"
        broadsheet("backup", str(again), env=environment(copy, second))
        with zipfile.ZipFile(file) as one, zipfile.ZipFile(again) as two:
            tables = [name for name in one.namelist() if name.startswith("database/")]
            assert len(tables) > 30
            for name in tables:
                assert sorted(one.read(name).splitlines()) == sorted(two.read(name).splitlines()), name
            pictures = one.read("database/newsroom_picture.copy").decode()
            for name in [name for name in one.namelist() if name.startswith("media/original_images/")]:
                assert two.read(name) == one.read(name)
            assert pictures.count("original_images/") >= 3
        # New rows get numbers after the restored ones.
        broadsheet("import", "bundle", str(tmp_path / "bundle"), env=environment(copy, second))
        found = exported(copy, tmp_path / "out", second)
        assert "articles/1000000101.json" in found


def _killed_while_it_fills_the_database(file: Path, copy: Path, address: str) -> None:
    """A folder beside a half-filled database would look like a whole paper: there must be none."""
    third = address.replace("/broadsheet?", "/third?")
    _create_database(address, "third")
    killed = subprocess.Popen([sys.executable, "-m", "broadsheet", "restore", str(file)], env=environment(copy, third))
    while not _tables(third):
        time.sleep(0.02)
    killed.kill()
    killed.wait(20)
    assert not copy.exists()
    again = broadsheet("restore", str(file), env=environment(copy, third), check=False)
    assert (again.returncode, copy.exists()) == (65, False)


def _tables(address: str) -> int:
    import psycopg

    with psycopg.connect(address) as connection:
        return connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0]


def _create_database(address: str, name: str = "second") -> None:
    import psycopg

    with psycopg.connect(address.replace("/broadsheet?", "/postgres?"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
