"""What is decided, under whatever clause and by whatever measure, is taken by the EU's Transparency Database."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from broadsheet.moderation.engines.dsa import dsa_statement
from broadsheet.moderation.rules.decisions import (
    About,
    Actor,
    Decision,
    Duration,
    Measure,
    Noticed,
    Redress,
    Role,
    Source,
    cite,
)
from broadsheet.standards.rulebook import load

pytestmark = [pytest.mark.row("MOD-03", "MOD-11"), pytest.mark.files]
RULEBOOK = load()
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
QUOTED = "Ann Harrow of Quay Street 5 is a liar; write to ann@harrow.example"
FATES = [(), (Measure.REMOVE,), (Measure.HOLD,), (Measure.REDACT,)]
OTHERS = [(), (Measure.WARN,), (Measure.BLOCK,), (Measure.DELETE_ACCOUNT,), (Measure.BLOCK, Measure.DELETE_ACCOUNT)]


@pytest.fixture(scope="module")
def validator(shared):
    schema = json.loads((shared / "audit/schemas/dsa-statement.schema.json").read_text())
    return Draft202012Validator(schema, format_checker=FormatChecker())


def decided(code: str, measures: tuple[Measure, ...], **fields: object) -> Decision:
    clause = cite(RULEBOOK.clauses[code], edition="en", policy=2, rulebook=RULEBOOK.version, language="en")
    values = {
        "clauses": (clause,), "facts": f"Ann Harrow is called names: {QUOTED}", "actor": Actor(7, Role.MODERATOR),
        "measures": measures, "about": About(3, 5, 9, QUOTED, 1, "https://paper.example/#5", NOW - timedelta(days=2), "en-GB"),
        "redress": Redress("moderators@paper.example", NOW + timedelta(days=184), "https://bodies.example/"),
        "duration": Duration(NOW), "law": "Criminal Code of Orrel, section 12",
        "redactions": ((0, 10),) if Measure.REDACT in measures else (),
        **fields,
    }  # fmt: skip
    return Decision(**values)


def faults(validator: Draft202012Validator, statement: object) -> list[str]:
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(statement)]


def each_measure(base: Decision) -> Iterator[Decision]:
    for fate, others in itertools.product(FATES, OTHERS):
        if measures := fate + others:
            redactions = ((0, 10),) if Measure.REDACT in measures else ()
            yield replace(base, measures=measures, redactions=redactions)


@pytest.mark.parametrize("code", sorted(RULEBOOK.clauses))
def test_every_clause_with_every_measure(validator, code):
    for made in each_measure(decided(code, (Measure.REMOVE,))):
        statement = dsa_statement(made, puid="17-ab_c", decided_at=NOW, final=False)
        if made.measures == (Measure.WARN,):
            assert statement is None, "a warning restricts nothing"
        else:
            assert faults(validator, statement) == []


@pytest.mark.parametrize("source", Source)
def test_every_source_with_and_without_a_machine_s_part(validator, source):
    for made, final in itertools.product(each_measure(decided("HATE", (Measure.REMOVE,))), (False, True)):
        noticed = Noticed(source, ("words",) if final else ())
        statement = dsa_statement(replace(made, noticed=noticed), puid="1", decided_at=NOW, final=final)
        assert statement is None or faults(validator, statement) == []


def test_the_law_is_the_ground_where_its_clause_is_cited():
    statement = dsa_statement(decided("LAW", (Measure.REMOVE,)), puid="1", decided_at=NOW, final=False)
    assert statement is not None
    assert statement["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT"
    assert statement["illegal_content_legal_ground"] == "Criminal Code of Orrel, section 12"
    other = dsa_statement(decided("INSULT", (Measure.REMOVE,)), puid="1", decided_at=NOW, final=False)
    assert other is not None
    assert other["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert "INSULT" in other["incompatible_content_ground"]


def test_blocks_say_whether_and_when_they_end():
    ends = NOW + timedelta(days=10)
    timed = dsa_statement(
        decided("INSULT", (Measure.BLOCK,), duration=Duration(NOW, ends)), puid="1", decided_at=NOW, final=False
    )
    assert timed is not None
    assert (timed["decision_provision"], timed["end_date_service_restriction"]) == (
        "DECISION_PROVISION_PARTIAL_SUSPENSION", "2026-11-11",
    )  # fmt: skip
    second = dsa_statement(decided("INSULT", (Measure.BLOCK,)), puid="1", decided_at=NOW, final=True)
    assert second is not None
    assert (second["decision_provision"], second["end_date_service_restriction"]) == (
        "DECISION_PROVISION_PARTIAL_TERMINATION", None,
    )  # fmt: skip


def test_nothing_of_a_person_is_in_it():
    statement = json.dumps(dsa_statement(decided("INSULT", (Measure.REMOVE,)), puid="1", decided_at=NOW, final=False))
    for word in ("Harrow", "Quay", "harrow.example", "liar", "paper.example"):
        assert word not in statement


def test_the_machine_s_part_is_told():
    marked = dsa_statement(decided("INSULT", (Measure.REMOVE,), noticed=Noticed(Source.OWN, ("encoder",))), puid="1", decided_at=NOW, final=False)  # fmt: skip
    assert marked is not None
    assert (marked["automated_detection"], marked["automated_decision"]) == ("Yes", "AUTOMATED_DECISION_NOT_AUTOMATED")
