"""The standards as one document, for people and for machines."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from broadsheet.standards.rulebook import RulebookError, load, machine_form, text_of
from tests.standards.rulebook.preset import FILLED, HANDLING

pytestmark = [pytest.mark.files, pytest.mark.row("STD-08")]
BOOK = load(variables=FILLED)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_document_is_whole_and_in_order(language):
    document = text_of(BOOK, language)
    assert [section.code for section in document.sections] == [
        "scope", "acceptance", "editing", "duty", "discretionary", "ground", "measures", "machines", "blocking",
        "restoration", "second", "contest", "contact", "versions",
    ]  # fmt: skip
    assert [item.code for section in document.sections for item in section.items] == list(HANDLING)
    text = document.markdown()
    assert "The Harbour Post" in text
    for clause in BOOK.clauses.values():
        assert f"### {clause.title[language]} ({clause.code})" in text
        for example in (*clause.permitted[language], *clause.forbidden[language]):
            assert all(" ".join(said.split()) in text for said in example.texts)
    assert not any(e.texts[0] in document.markdown(examples=False) for e in BOOK.clauses["HATE"].forbidden[language])


def test_a_clause_switched_off_is_not_in_force_and_a_kind_without_clauses_has_no_heading():
    off = {**BOOK.clauses, "LANGUAGE": replace(BOOK.clauses["LANGUAGE"], on=False)}
    book = replace(BOOK, version=2, effective=date(2027, 1, 15), clauses=off)
    document = text_of(book, "en")
    assert "LANGUAGE" not in [item.code for section in document.sections for item in section.items]
    assert "discretionary" not in [section.code for section in document.sections]
    assert document.version_line == "Version 2, in force since 2027-01-15"
    assert "LANGUAGE" not in [clause["id"] for clause in machine_form(book)["clauses"]]


@pytest.mark.parametrize("name", ["moderators", "contact", "dispute_bodies"])
def test_standards_without_an_address_are_not_published(name):
    book = load(variables={**FILLED, name: ""})
    for made in (lambda: text_of(book, "fr"), lambda: machine_form(book)):
        with pytest.raises(RulebookError, match=f"variables.{name}"):
            made()


def test_a_language_that_is_not_there_is_named():
    with pytest.raises(RulebookError, match="'de', only in en, fr, ar"):
        text_of(BOOK, "de")


def test_machines_get_stable_ids_and_no_thresholds():
    form = json.loads(json.dumps(machine_form(BOOK)))
    assert [clause["id"] for clause in form["clauses"]] == list(HANDLING)
    assert [clause["handling"] for clause in form["clauses"]] == list(HANDLING.values())
    assert {clause["version"] for clause in form["clauses"]} == {1}
    assert [text["id"] for text in form["texts"]] == [text.code for text in BOOK.texts]
    assert "threshold" not in json.dumps(form)
    hate = next(clause for clause in form["clauses"] if clause["id"] == "HATE")
    assert hate["transparency"]["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    flood = next(clause for clause in form["clauses"] if clause["id"] == "FLOOD")
    assert set(flood["forbidden"]["ar"][0]["steps"][0]) == {"author", "seconds", "text"}


@pytest.mark.parametrize("code", HANDLING)
def test_a_statement_under_each_clause_is_one_the_transparency_database_takes(code, shared):
    schema = json.loads((shared / "audit/schemas/dsa-statement.schema.json").read_text(encoding="utf-8"))
    told = next(clause for clause in machine_form(BOOK)["clauses"] if clause["id"] == code)
    illegal = told["transparency"]["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT"
    kind, explained = ("illegal_content_legal_ground", "illegal_content_explanation") if illegal else (
        "incompatible_content_ground", "incompatible_content_explanation")  # fmt: skip
    statement = {
        **told["transparency"],
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
        kind: told["title"]["en"],
        explained: " ".join(told["text"]["en"])[:2000],
        "content_type": ["CONTENT_TYPE_TEXT"],
        "territorial_scope": ["FR"],
        "content_date": "2026-12-01",
        "application_date": "2026-12-02",
        "decision_facts": "The comment was read and deleted.",
        "source_type": "SOURCE_VOLUNTARY",
        "automated_detection": "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": f"clause-{code}",
    }
    jsonschema.validate(statement, schema)
    for field in ("category", "decision_ground"):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(
                {**statement, field: statement[field].removeprefix("STATEMENT_").removeprefix("DECISION_")}, schema
            )
    assert illegal == (code == "LAW")


def test_the_guide_is_followed_word_for_word(tmp_path):
    guide = (Path(__file__).resolve().parents[3] / "docs/guides/standards.md").read_text(encoding="utf-8")
    fill_in, reword = re.findall(r"^```toml\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    over = tmp_path / "standards"
    (over / "clauses").mkdir(parents=True)
    (over / "rulebook.toml").write_text(fill_in, encoding="utf-8")
    (program,) = (
        code
        for code in re.findall(r"^```python\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
        if "print(text_of" in code
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "moderators@harbourpost.example" in done.stdout
    (over / "rulebook.toml").write_text(fill_in.replace("version = 1", "version = 2"), encoding="utf-8")
    (over / "clauses/HATE.toml").write_text(reword, encoding="utf-8")
    hate = load(over=over).clauses["HATE"]
    assert hate.text["en"] == "Our own words."
    assert {use.name: use.threshold for use in hate.detectors}["encoder"] == 0.85
    (over / "clauses/HATE.toml").write_text('version = 2\non = true\nhandlng = "flag"\n', encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        load(over=over)
    assert f"`{caught.value}`" in guide
