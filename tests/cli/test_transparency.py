"""`broadsheet transparency`: statements and the report from the command line (MOD-11)."""

import json
import zipfile
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import transparency as command
from broadsheet.kernel import clock
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.rules.decisions import Measure
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_decision, visible_comment
from tests.factories.newsroom import make_article, make_edition, make_section

pytestmark = [pytest.mark.row("MOD-11"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """One decision; whether tables are those of this version is asked by other tests."""
    monkeypatch.setattr(command, "need_paper", lambda: None)
    article, author = make_article(make_section(make_edition())), make_reader()
    comment = visible_comment(article, author)
    decide(decision=make_decision(author, comment, measures=(Measure.REMOVE,)), now=clock.now())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.transparency, arguments)


def span() -> list[str]:
    today = clock.now().date()
    return ["--since", f"{today - timedelta(days=1)}", "--until", f"{today + timedelta(days=2)}"]


def test_statements_are_printed_or_written_a_line_each(tmp_path):
    done = run("statements", "--edition", "en", *span())
    assert done.exit_code == 0, done.output
    line = next(one for one in done.output.splitlines() if one.startswith("{"))
    assert json.loads(line)["source_type"] == "SOURCE_VOLUNTARY"
    file = tmp_path / "statements.ndjson"
    assert run("statements", *span(), "--batches", "--out", str(file)).exit_code == 0
    assert json.loads(file.read_text()) == {"statements": [json.loads(line)]}


def test_a_time_that_is_none_and_an_edition_that_is_none_are_told():
    today = str(clock.now().date())
    done = run("statements", "--since", today, "--until", today)
    assert done.exit_code == 2
    assert "not after" in done.output
    done = run("statements", "--edition", "xx", *span())
    assert done.exit_code == 1


def test_the_report_is_one_archive_or_json(tmp_path):
    year = str(clock.now().year)
    file = tmp_path / "report.zip"
    done = run("report", "--year", year, "--edition", "en", "--out", str(file))
    assert done.exit_code == 0, done.output
    assert len(zipfile.ZipFile(file).namelist()) == 11
    found = json.loads(run("report", "--year", year, "--json").stdout)
    assert found["7_automated_means"][2] == {"indicator": "decisions_not_automated", "value": 1, "note": ""}
    other = "1" if clock.now().month > 6 else "2"
    found = json.loads(run("report", "--year", year, "--half", other, "--json").stdout)
    assert found["7_automated_means"][2]["value"] == 0
