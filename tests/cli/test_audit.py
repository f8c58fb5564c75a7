"""`broadsheet audit`: whether the log is whole (MOD-09)."""

import json

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import audit as command
from broadsheet.kernel import clock
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.models import AuditEntry, AuditPayload

pytestmark = [pytest.mark.row("MOD-09", "OPS-04"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three entries; whether tables are those of this version is asked by other tests."""
    monkeypatch.setattr(command, "need_paper", lambda: None)
    for number in range(3):
        write_audit(
            actor="reader:1", action="decide", subject=f"decision:{number}", payload={"n": number}, now=clock.now()
        )


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.audit, arguments)


def test_a_whole_log_says_so_and_prints_the_head_that_finds_what_is_cut_off_later():
    done = run("verify")
    assert done.exit_code == 0
    assert "3 entries, all whole" in done.output
    head = json.loads(run("verify", "--json").output)["head"]
    assert head.startswith("3:")
    assert head in done.output
    assert run("verify", "--head", head).exit_code == 0
    AuditPayload.objects.filter(pk=3).delete()
    AuditEntry.objects.filter(seq=3).delete()
    assert run("verify").exit_code == 0
    cut = run("verify", "--head", head)
    assert cut.exit_code == 1
    assert "cut or written anew" in cut.output


def test_a_fault_is_told_in_words_and_to_machines():
    AuditEntry.objects.filter(seq=2).update(action="undo")
    assert run("verify").exit_code == 1
    told = json.loads(run("verify", "--json").output)
    assert told["whole"] is False
    assert told["faults"] == ["Entry 2 was changed."]


@pytest.mark.parametrize("head", ["x", "3", "3:", ":abc"])
def test_what_is_no_head_is_refused(head):
    assert run("verify", "--head", head).exit_code == 2


def test_the_log_is_printed_line_by_line_without_what_was_erased():
    AuditPayload.objects.filter(pk=1).delete()
    lines = [json.loads(line) for line in run("export").output.splitlines()]
    assert [line["seq"] for line in lines] == [1, 2, 3]
    assert [line["payload"] and line["payload"]["n"] for line in lines] == [None, 1, 2]
