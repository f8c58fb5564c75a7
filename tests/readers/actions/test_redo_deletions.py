"""A database put back from a backup learns what became of accounts since then (ACC-07; GDPR art. 17)."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.core import serializers

from broadsheet.cli import readers as command
from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_now
from broadsheet.readers.actions.restore_deleted import bring_back
from broadsheet.readers.engines.ledger import NAME, drop_old, read_entries
from broadsheet.readers.models import Departure, Reader
from broadsheet.readers.queries.retention import is_erased
from tests.factories.accounts import make_reader
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("ACC-07"), pytest.mark.row("OPS-03"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _paper(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(command, "need_paper", lambda: None)
    monkeypatch.setattr(settings, "DATA", tmp_path)
    make_edition()


def redo() -> dict[str, int]:
    done = CliRunner().invoke(command.readers, ["redo", str(settings.DATA / NAME), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_what_was_deleted_restored_and_erased_since_the_backup_is_so_again():
    now = clock.now()
    stays, goes, gone, back = (make_reader(f"{name}@mail.example") for name in ("stays", "goes", "gone", "back"))
    before_backup = delete_account(reader_id=back.pk, edition="en", now=now - timedelta(days=3))
    backup = serializers.serialize("json", [*Reader.objects.all(), *Departure.objects.all()])
    deadline = delete_account(reader_id=goes.pk, edition="en", now=now).deadline
    erase_now(reader_id=gone.pk, now=now)
    bring_back(departure_id=before_backup.reader_id)
    deliver_due()
    Departure.objects.all().delete()
    for row in serializers.deserialize("json", backup):
        row.save()
    assert Reader.objects.filter(is_active=True).count() == 3
    assert redo() == {"deleted": 1, "restored": 1, "erased": 1}
    found = {reader.pk: reader for reader in Reader.objects.all()}
    assert (found[stays.pk].is_active, found[goes.pk].is_active, found[back.pk].is_active) == (True, False, True)
    assert Departure.objects.get().deadline == deadline
    assert is_erased(found[gone.pk])
    assert redo() == {"deleted": 0, "restored": 0, "erased": 0}


def test_a_deadline_that_passed_since_the_backup_erases():
    reader = make_reader()
    line = f"{(clock.now() - timedelta(days=40)).isoformat()} deleted {reader.public_id}"
    (settings.DATA / NAME).write_text(f"{line} {(clock.now() - timedelta(days=10)).isoformat()}\n")
    assert redo()["deleted"] == 1
    assert is_erased(Reader.objects.get(pk=reader.pk))


def test_the_ledger_names_nobody_and_forgets_after_its_time():
    reader = make_reader("quill@mail.example", display_name="Quill")
    delete_account(reader_id=reader.pk, edition="en", now=clock.now())
    deliver_due()
    text = (settings.DATA / NAME).read_text()
    assert reader.public_id in text
    assert (settings.DATA / NAME).stat().st_mode & 0o777 == 0o600
    assert "quill" not in text.lower()
    assert drop_old(clock.now() - timedelta(days=1)) == 0
    assert drop_old(clock.now() + timedelta(days=1)) == 1
    assert (settings.DATA / NAME).read_text() == ""
    assert (settings.DATA / NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("line", ["x", "2026-01-01 deleted ABC", "2026-01-01T00:00:00+00:00 vanished ABC", "\x00\xff"])
def test_a_file_that_is_no_ledger_changes_nothing(line):
    with pytest.raises(ValueError, match="Line 1"):
        list(read_entries([line]))
    (settings.DATA / NAME).write_text(line)
    done = CliRunner().invoke(command.readers, ["redo", str(settings.DATA / NAME)])
    assert done.exit_code != 0
    assert "Nothing was done" in done.output
