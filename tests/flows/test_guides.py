"""What docs/guides/operate.md and deploy/ say is done word for word, in folders of a test's own."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.delivery import serving
from tests.delivery.serving import ROOT, ask, free_port
from tests.flows.installation import COMMAND, broadsheet, end, environment, start

pytestmark = [pytest.mark.row("OPS-02", "OPS-03"), pytest.mark.files]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
OPERATE = (ROOT / "docs" / "guides" / "operate.md").read_text()
SCALE = (ROOT / "docs" / "guides" / "scale.md").read_text()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("srv") / "broadsheet"
    broadsheet(
        data, "new", str(data), "--name", "The Courier", "--zone", "Europe/London", "--email", "you@courier.example"
    )
    return data


def here(text: str, data: Path) -> str:
    """Return the text with this machine's folders for those of the guide."""
    places = {"/opt/broadsheet/.venv/bin/broadsheet": COMMAND, "/opt/judge/bin/broadsheet": COMMAND,
              "/srv/broadsheet": str(data), "/var/backups/broadsheet": str(data.parent / "backups")}  # fmt: skip
    for there, ours in places.items():
        text = text.replace(there, ours)
    return text


def unit_of(name: str, data: Path) -> dict[str, list[str]]:
    """Return what a unit says, by name."""
    found: dict[str, list[str]] = {}
    for line in here((ROOT / "deploy" / "systemd" / name).read_text(), data).splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", [unit.name for unit in UNITS])
def test_systemd_finds_nothing_wrong_with_the_units(unit, made, tmp_path):
    for each in UNITS:
        (tmp_path / each.name).write_text(here(each.read_text(), made))
    name = unit.replace("@.", "@8001.")
    env = {**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"}
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / name], env=env, capture_output=True, text=True, check=False
    )
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "broadsheet" in line]
    assert ours == []


@pytest.mark.parametrize("name", ["broadsheet.service", "broadsheet@.service"])
def test_the_units_serve_the_paper(name, made):
    port = free_port()
    unit = unit_of(name, made)
    settings = dict(pair.replace("%i", str(port)).split("=", 1) for pair in unit["Environment"])
    process = subprocess.Popen(
        shlex.split(unit["ExecStart"][0]), env={"PATH": os.environ["PATH"], "PORT": str(port), **settings},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert serving.answers(port, "/")
        assert b"The Courier" in ask(port, "/").body
    finally:
        end(process, float(unit["TimeoutStopSec"][0]))


def test_the_unit_makes_a_backup(made):
    unit = unit_of("broadsheet-backup.service", made)
    command = shlex.split(unit["ExecStart"][0].replace("%%", "%"))
    settings = dict(pair.split("=", 1) for pair in unit["Environment"])
    for _night in range(2):
        subprocess.run(command, env={"PATH": os.environ["PATH"], **settings}, check=True, capture_output=True)
    [file] = (made.parent / "backups").glob("paper-[1-7].backup")
    assert zipfile.ZipFile(file).testzip() is None
    file.unlink()


def test_the_line_for_cron_makes_a_backup(made):
    line = next(line for line in OPERATE.splitlines() if line.startswith("40 3 * * *"))
    fields = line.split(maxsplit=6)
    user, command = fields[5], here(fields[6], made)
    assert user == "broadsheet"
    assert re.search(r"(?<!\\)%", command) is None, "a bare % ends the line for cron"
    subprocess.run(
        ["/bin/sh", "-c", command.replace("\\%", "%")], env={"PATH": "/usr/bin:/bin"}, check=True, capture_output=True
    )
    [file] = (made.parent / "backups").glob("paper-[1-7].backup")
    assert zipfile.ZipFile(file).testzip() is None


def test_the_way_back_is_as_the_guide_says(made, tmp_path):
    file, again = tmp_path / "paper.backup", tmp_path / "again"
    broadsheet(made, "backup", str(file))
    for words in (["restore", str(file)], ["upgrade"], ["check"]):
        broadsheet(again, *words)
    port = free_port()
    process = start(again, port)
    try:
        assert b"The Courier" in ask(port, "/").body
    finally:
        end(process)


@pytest.mark.slow
def test_an_older_paper_is_refused_until_it_is_upgraded(made, tmp_path):
    data = Path(shutil.copytree(made, tmp_path / "old"))
    env = environment(data, DJANGO_SETTINGS_MODULE="broadsheet.config.settings")
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0", "search", "0001"], env=env, check=True)
    for words in (["serve"], ["staff", "list"], ["backup", str(tmp_path / "x.backup")]):
        refused = subprocess.run([COMMAND, *words], env=environment(data), capture_output=True, text=True, check=False)
        assert refused.returncode == 69
        assert "broadsheet upgrade" in refused.stderr
    both = [
        subprocess.Popen([COMMAND, "upgrade"], env=environment(data), stdout=subprocess.PIPE) for _twice in range(2)
    ]
    assert [one.wait(60) for one in both] == [0, 0]
    broadsheet(data, "check")


@pytest.mark.slow
def test_pictures_on_a_host_of_their_own(made, tmp_path):
    """The server block of scale.md, before a paper that has the setting."""
    if not Path("/usr/sbin/nginx").exists():
        pytest.skip("nginx is not installed")
    block = re.search(r"```nginx\n(server \{.*?\n\})\n```", SCALE, re.DOTALL)[1]
    inner, port = free_port(), free_port()
    settings = {"BROADSHEET_URL": "http://courier.example", "BROADSHEET_PICTURE_URL": "http://pictures.courier.example"}
    script = (
        "from broadsheet.cli.terminal import django; django(); from tests.factories.newsroom import make_picture; "
        "from broadsheet.delivery.queries.pictures import picture_at; from broadsheet.newsroom.queries.cards import picture_view; "
        "print(picture_at(picture_view(make_picture(640, 400)), ratio='16:9', width=320))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment(made, **settings),
        capture_output=True,
        text=True,
        check=True,
    )
    address = done.stdout.strip()
    assert address.startswith("http://pictures.courier.example/img/")
    path = address.removeprefix("http://pictures.courier.example")
    process = start(made, inner, **settings)
    conf = block.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("127.0.0.1:8000", f"127.0.0.1:{inner}")
    web = serving.nginx(tmp_path, conf, port)
    try:
        picture = ask(port, path, host="pictures.courier.example")
        assert (picture.status, picture.headers["content-type"]) == (200, "image/jpeg")
        assert picture.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert picture.headers["cross-origin-resource-policy"] == "cross-origin"
        assert ask(port, path.replace("_", "-"), host="pictures.courier.example").status == 404
        assert ask(port, "/", host="pictures.courier.example").status == 404
        policy = ask(inner, "/", host="courier.example").headers["content-security-policy"]
        assert re.search(r"img-src [^;]*http://pictures.courier.example", policy)
    finally:
        web.kill()
        end(process)
