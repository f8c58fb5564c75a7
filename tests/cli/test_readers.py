"""`broadsheet readers`: requests of persons answered from the shell (ACC-10)."""

import json
import zipfile
from typing import Any

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import readers as command
from broadsheet.cli.terminal import told
from broadsheet.readers.actions.staff import put_staff
from broadsheet.readers.models import Departure, Reader
from broadsheet.readers.queries.retention import is_erased
from tests.factories.accounts import add_former_address, make_reader
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("ACC-10", "OPS-04"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition; whether tables are those of this version is asked by other tests."""
    monkeypatch.setattr(command, "need_paper", lambda: None)
    make_edition()


def run(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(command.readers, arguments, input=answer)


def test_a_reader_is_found_by_user_id_and_by_any_address_and_nobody_else_is_named():
    reader, other = make_reader("Ines@mail.example", display_name="Ines \x1b[2JMarlow"), make_reader()
    add_former_address(reader, "before@mail.example")
    for who in (reader.public_id, reader.public_id.lower(), "INES@mail.example", "before@mail.example"):
        done = run("find", who)
        assert done.exit_code == 0, who
        assert reader.public_id in done.output
        assert other.public_id not in done.output
        assert "\x1b" not in done.output
    assert json.loads(run("find", reader.public_id, "--json").output)["email"] == "ines@mail.example"


@pytest.mark.parametrize("words", ["find", "show", "erase", "export"])
def test_somebody_unknown_is_told_with_a_status_of_its_own(words, tmp_path):
    more = [str(tmp_path / "x.zip")] if words == "export" else []
    for who in ("nobody@mail.example", "ines", "", "%"):
        done = run(words, who, *more)
        assert done.exit_code == 66
        assert not list(tmp_path.iterdir())


def test_no_command_lists_readers():
    assert set(command.readers.commands) == {"find", "show", "export", "erase", "redo"}
    for name in command.readers.commands:
        assert run(name).exit_code == 2


def test_everything_held_is_shown_and_written_for_its_owner_alone(tmp_path):
    reader = make_reader("ines@mail.example")
    assert "ines@mail.example" in run("show", reader.public_id).output
    parts: list[dict[str, Any]] = json.loads(run("show", reader.public_id, "--json").output)
    assert parts[0]["rows"][0]["user_id"] == reader.public_id
    file = tmp_path / "ines.zip"
    assert run("export", "ines@mail.example", str(file)).exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(zipfile.ZipFile(file).read("data.json"))["user_id"] == reader.public_id
    before = file.read_bytes()
    assert run("export", "ines@mail.example", str(file)).exit_code == 73
    assert file.read_bytes() == before


def test_erasing_asks_and_gives_thirty_days_unless_told_otherwise():
    reader = make_reader("ines@mail.example")
    assert run("erase", reader.public_id, answer="n\n").exit_code == 1
    assert not Departure.objects.exists()
    done = run("erase", reader.public_id, answer="y\n")
    assert done.exit_code == 0
    assert Departure.objects.get().reader_id == reader.pk
    assert "deleted" in run("find", reader.public_id).output
    now = json.loads(run("erase", reader.public_id, "--now", "--yes", "--json").output)
    assert now == {"user_id": reader.public_id, "erased": True}
    assert is_erased(Reader.objects.get(pk=reader.pk))
    assert "erased" in run("find", reader.public_id).output
    assert run("find", "ines@mail.example").exit_code == 66


def test_an_account_of_the_newsroom_is_not_erased():
    chief = put_staff(email="chief@paper.example")
    for more in ([], ["--now"]):
        with pytest.raises(SystemExit) as ended, told():
            command.readers(["erase", chief.public_id, "--yes", *more], standalone_mode=False)
        assert ended.value.code == 1
    chief.refresh_from_db()
    assert chief.is_active
