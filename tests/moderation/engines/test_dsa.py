"""What is decided, under whatever clause and by whatever measure, is taken by the EU's Transparency Database."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from broadsheet.moderation.engines.dsa import dsa_statement, impersonal_again
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


CODES = st.lists(st.sampled_from(sorted(RULEBOOK.clauses)), min_size=1, max_size=3, unique=True)


@st.composite
def decisions(draw):
    """Return any decision that the shipped standards allow, in a language that they are written in."""
    language = draw(st.sampled_from(RULEBOOK.languages))
    fate, others = draw(st.sampled_from(FATES)), draw(st.sampled_from(OTHERS))
    measures = fate + others or (Measure.REMOVE,)
    ends = draw(st.one_of(st.none(), st.integers(1, 400)))
    written = draw(
        st.one_of(st.none(), st.datetimes(datetime(2020, 1, 1), datetime(2026, 10, 30), timezones=st.just(UTC)))
    )
    quoted = draw(st.one_of(st.just(QUOTED), st.text(min_size=10, max_size=60)))
    return Decision(
        clauses=tuple(
            cite(RULEBOOK.clauses[code], edition="en", policy=draw(st.integers(0, 99)), rulebook=1, language=language)
            for code in draw(CODES)
        ),
        facts=draw(st.text(min_size=1, max_size=40).filter(str.strip)),
        public_facts=draw(st.text(max_size=300)),
        law=draw(st.text(min_size=1, max_size=500).filter(str.strip)),
        actor=Actor(7, draw(st.sampled_from(Role))),
        measures=measures,
        about=About(3, 5, 9, quoted, 1, "https://paper.example/#5", written, draw(st.sampled_from(["", "en", "fr", "ar-EG", "x"]))),
        redress=Redress("moderators@paper.example", NOW + timedelta(days=184), "https://bodies.example/"),
        duration=Duration(NOW, NOW + timedelta(days=ends) if ends and Measure.BLOCK in measures else None),
        noticed=Noticed(draw(st.sampled_from(Source)), draw(st.sampled_from([(), ("lexicon",)]))),
        redactions=((0, 10),) if Measure.REDACT in measures else (),
        language=language,
    )  # fmt: skip


@given(made=decisions(), final=st.booleans())
def test_whatever_is_decided_the_database_takes_it_and_each_clause_has_one_category(validator, made, final):
    statement = dsa_statement(made, puid="17-ab", decided_at=NOW, final=final, names=("Ann Harrow",))
    if statement is None:
        assert set(made.measures) == {Measure.WARN}
        return
    sent = impersonal_again(statement)
    assert faults(validator, statement) == faults(validator, sent) == []
    assert sent["source_type"] == {
        Source.OWN: "SOURCE_VOLUNTARY", Source.REPORT: "SOURCE_TYPE_OTHER_NOTIFICATION",
        Source.NOTICE: "SOURCE_ARTICLE_16", Source.TRUSTED: "SOURCE_TRUSTED_FLAGGER",
    }[made.noticed.source]  # fmt: skip
    one_each = {f"STATEMENT_CATEGORY_{clause.category}" for clause in made.clauses}
    assert {sent["category"], *(sent["category_addition"] or ())} == one_each


def test_what_a_moderator_wrote_for_the_public_names_nobody_either():
    public = f"Ann Harrow (ann@harrow.example, User ID AB23CD45EF) is called “a liar”: {QUOTED}"
    made = decided("INSULT", (Measure.REMOVE,), public_facts=public, law="")
    statement = dsa_statement(made, puid="1", decided_at=NOW, final=False, names=("Ann Harrow", "AB23CD45EF"))
    said = json.dumps(statement, ensure_ascii=False)
    for word in ("Harrow", "harrow.example", "AB23CD45EF", "liar", "Quay"):
        assert word not in said
    older = {**statement, "decision_facts": public.replace("Ann Harrow (", "(")}
    assert "harrow.example" not in json.dumps(impersonal_again(older))
