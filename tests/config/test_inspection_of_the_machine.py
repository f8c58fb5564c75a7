"""`broadsheet check` finds what is wrong around a paper: disks, ports, files, lines of its settings."""

import errno
import http.server
import os
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadsheet.cli.terminal import told
from broadsheet.config.inspection import folders
from tests.config.inspecting import check, finding, run, sql
from tests.delivery.serving import free_port

pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.files]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room and few entries."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m,nr_inodes=900", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine does not let us mount a disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_disk_nearly_full_is_named(paper, small_disk):
    folder = Path(shutil.copytree(paper, small_disk / "mine", ignore=shutil.ignore_patterns("static")))
    answer = check(folder)
    assert "disk-nearly-full" in answer.codes
    assert "few-inodes" not in answer.codes
    for number in range(860):
        try:
            (small_disk / str(number)).touch()
        except OSError:
            break
    assert "few-inodes" in check(folder).codes


def test_pages_on_two_disks_are_named(paper, small_disk):
    (paper / "pages" / "state").mkdir(parents=True, exist_ok=True)
    (paper / "pages" / "www").symlink_to(small_disk)
    answer = check(paper)
    assert answer.status == 1
    assert "pages-apart" in answer.codes


def test_another_program_on_the_port_is_named(paper):
    class Stranger(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_args):
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    try:
        answer = check(paper, PORT=str(port))
        assert answer.status == 1
        assert str(port) in finding(answer, "port-taken")["what"]
        refused = run(paper, "serve", PORT=str(port))
        assert refused.returncode != 0
        assert f"port {port}" in refused.stderr
        assert "Traceback" not in refused.stderr
    finally:
        server.shutdown()
        server.server_close()
    assert "port-taken" not in check(paper, PORT=str(port)).codes


def test_the_paper_itself_on_its_port_is_no_fault(paper):
    port = free_port()
    serving = subprocess.Popen(
        [sys.executable, "-m", "broadsheet", "serve"], stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "BROADSHEET_DATA": str(paper), "PORT": str(port)},
    )  # fmt: skip
    try:
        from tests.delivery.serving import answers

        assert answers(port)
        codes = check(paper, PORT=str(port)).codes
        assert "port-taken" not in codes
        assert "not-running" not in codes
    finally:
        serving.terminate()
        serving.wait(20)


def test_a_loop_that_has_stopped_long_ago_is_named(paper):
    at = datetime.now(UTC) - timedelta(minutes=5)
    sql(paper, f"INSERT OR REPLACE INTO kernel_heartbeat (name, at) VALUES ('outbox', '{at:%Y-%m-%d %H:%M:%S}')")
    assert f"last seen {at:%Y-%m-%d %H:%M} UTC" in finding(check(paper), "not-running")["why"]


def test_few_open_files_are_named(paper):
    assert "few-open-files" in check(paper, limits={resource.RLIMIT_NOFILE: 256}).codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("secret.key", "open-key"),
        ("push.key", "open-push-key"),
        ("broadsheet.env", "open-settings"),
        ("broadsheet.sqlite3", "open-database"),
    ],
)
def test_what_only_the_paper_may_read_is_named_where_others_can(paper, name, code):
    assert code not in check(paper).codes
    (paper / name).chmod(0o640)
    answer = check(paper)
    assert answer.status == 1
    assert finding(answer, code)["remedy"] == f"Run: chmod 600 {paper / name}"


def test_a_missing_picture_file_is_named(paper):
    script = (
        "from broadsheet.cli.terminal import django; django(); from broadsheet.newsroom.actions.pictures import add_picture; "
        "from tests.factories.newsroom import picture_bytes; p = add_picture(file=picture_bytes(), name='pier.jpg', "
        "agency='The Gull', alt='A pier'); print(p.file.path)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        cwd=Path(__file__).resolve().parents[2], env={"PATH": os.environ["PATH"], "BROADSHEET_DATA": str(paper)},
    )  # fmt: skip
    assert "missing-pictures" not in check(paper).codes
    Path(done.stdout.strip()).unlink()
    answer = check(paper)
    assert answer.status == 1
    assert "pier" in finding(answer, "missing-pictures")["why"]


def test_a_misspelt_setting_is_named_with_the_right_one(paper):
    found = finding(check(paper, BROADSHEET_DATABSE="postgresql://x"), "unknown-setting")
    assert found["remedy"] == "Did you mean BROADSHEET_DATABASE?"


def test_lines_of_the_settings_file_that_set_nothing_are_named(paper):
    with (paper / "broadsheet.env").open("a") as file:
        file.write(
            "export BROADSHEET_LOG=debug\nBROADSHEET_THREADS 9\nBROADSHEET_URL='https://paper.example'\n# a note\n"
        )
    answer = check(paper)
    lines = [found["why"] for found in answer.findings if found["code"] == "strange-line"]
    assert [line.split("”")[0] for line in lines] == ["“export BROADSHEET_LOG", "“BROADSHEET_THREADS 9"]
    assert "bad-address" not in answer.codes  # quotation marks around a value are the shell's, not the value's


@pytest.mark.skipif(os.getuid() != 0, reason="only root can run a command as somebody else")
def test_the_wrong_user_is_told_so_in_words(paper, tmp_path):
    for folder in (paper, *paper.parents):
        if folder == Path("/tmp"):
            break
        folder.chmod(0o755)
    done = subprocess.run(
        ["runuser", "-u", "nobody", "--", sys.executable, "-m", "broadsheet", "check"], capture_output=True, text=True,
        check=False, cwd="/", env={"PATH": os.environ["PATH"], "BROADSHEET_DATA": str(paper), "HOME": "/"},
    )  # fmt: skip
    if "failed to execute" in done.stderr or done.returncode == 126 or "No module named" in done.stderr:
        pytest.skip("another user of this machine cannot read the program")
    assert done.returncode == 73
    assert "Permission denied" in done.stderr
    assert "own user" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (errno.EACCES, "own user"),
        (errno.ENOSPC, "Make room"),
        (errno.EROFS, "on another"),
        (errno.EXDEV, "on the same"),
    ],
)
def test_troubles_of_the_disk_are_told_by_every_command_in_words(code, advice, capsys):
    with pytest.raises(SystemExit) as ended, told():
        raise OSError(code, os.strerror(code), "/srv/paper/secret.key")
    assert ended.value.code == 73
    said = capsys.readouterr().err
    assert os.strerror(code) in said
    assert "/srv/paper/secret.key" in said
    assert advice in said


def test_a_clock_before_this_version_was_made_is_named(tmp_path, monkeypatch):
    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2019, 5, 1, tzinfo=tz)

    monkeypatch.setattr(folders, "datetime", Stopped)
    assert "clock-in-the-past" in {found.code for found in folders._clock(tmp_path)}


def test_a_disk_with_another_clock_is_named(tmp_path, monkeypatch):
    import time

    ahead = time.time() + 90
    monkeypatch.setattr(folders.time, "time", lambda: ahead)
    assert "clock-of-the-disk" in {found.code for found in folders._clock(tmp_path)}
