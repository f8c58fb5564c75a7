"""A decision without clause, facts, actor or redress can't be made (MOD-03)."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kernel.errors import Refused
from broadsheet.moderation.conf import EVERYWHERE
from broadsheet.moderation.rules.decisions import (
    About,
    Actor,
    Approval,
    Cited,
    Decision,
    Duration,
    Measure,
    Noticed,
    Redress,
    Role,
    Source,
    as_json,
    cite,
    from_json,
)
from broadsheet.standards.rulebook import load
from tests.factories.moderation import INSULT, LAW

pytestmark = [pytest.mark.row("MOD-03"), pytest.mark.files]
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
QUOTED = "You fool, call 0171 555 0199."
WHOLE: dict[str, Any] = {
    "clauses": (INSULT,),
    "facts": "It insults another reader.",
    "actor": Actor(7, Role.MODERATOR),
    "measures": (Measure.REMOVE,),
    "about": About(3, 5, 9, QUOTED, 1, "https://paper.example/a/#5", NOW, "en"),
    "redress": Redress("moderators@paper.example", NOW + timedelta(days=184), "https://bodies.example/"),
    "duration": Duration(NOW),
}


def refused(**changed: Any) -> str:
    with pytest.raises(Refused) as found:
        Decision(**{**WHOLE, **changed})
    refusal = found.value.refusal
    assert all((refusal.what, refusal.why, refusal.remedy))
    return refusal.code


def test_a_whole_one_can_be_made():
    made = Decision(**WHOLE)
    assert made.codes == ("INSULT",)
    assert made.edition == "en"
    assert not made.counts


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"clauses": ()}, "no-clause"),
        ({"facts": "  \n"}, "no-facts"),
        ({"facts": "x" * 2001}, "no-facts"),
        ({"actor": Actor(0, Role.CHIEF)}, "no-actor"),
        ({"redress": replace(WHOLE["redress"], complaint=" ")}, "no-redress"),
        ({"redress": replace(WHOLE["redress"], dispute_bodies="")}, "no-redress"),
        ({"redress": replace(WHOLE["redress"], until=NOW + timedelta(days=180))}, "short-redress"),
        ({"territory": ()}, "no-territory"),
        ({"territory": ("XX",)}, "no-territory"),
        ({"clauses": (LAW,)}, "no-law"),
        ({"measures": ()}, "no-measure"),
        ({"measures": (Measure.WARN, Measure.WARN)}, "no-measure"),
        ({"measures": (Measure.REMOVE, Measure.HOLD)}, "two-fates"),
        ({"measures": (Measure.REDACT,)}, "no-words"),
        ({"redactions": ((0, 3),)}, "no-words"),
        ({"measures": (Measure.REDACT,), "redactions": ((5, 3),)}, "words-outside"),
        ({"measures": (Measure.REDACT,), "redactions": ((0, len(QUOTED) + 1),)}, "words-outside"),
        ({"scope": 9}, "no-scope"),
        ({"measures": (Measure.DELETE_ACCOUNT, Measure.BLOCK), "scope": 9}, "no-scope"),
        ({"duration": Duration(NOW, NOW + timedelta(days=1))}, "no-duration"),
        ({"measures": (Measure.BLOCK,), "duration": Duration(NOW, NOW)}, "no-duration"),
        ({"about": About(3)}, "no-comment"),
        ({"about": About(None, 5, 9, QUOTED), "measures": (Measure.BLOCK,)}, "no-reader"),
        ({"clauses": (INSULT, replace(INSULT, edition="fr"))}, "two-editions"),
    ],
)
def test_one_that_lacks_something_cannot(changed, code):
    assert refused(**changed) == code


def test_an_approval_names_a_comment_and_a_person():
    with pytest.raises(Refused):
        Approval(actor=Actor(7, Role.MODERATOR), about=About(3), edition="en")
    made = Approval(actor=Actor(7, Role.MODERATOR), about=WHOLE["about"], edition="en", considered=("INSULT",))
    assert from_json(as_json(made)) == made


words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).filter(str.strip)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    starts = draw(moments)
    fate = draw(st.sampled_from([(), (Measure.REMOVE,), (Measure.HOLD,), (Measure.REDACT,)]))
    others = draw(st.lists(st.sampled_from([Measure.WARN, Measure.BLOCK, Measure.DELETE_ACCOUNT]), unique=True,
                           min_size=0 if fate else 1))  # fmt: skip
    measures = (*fate, *others)
    quoted = draw(words)
    blocks = Measure.BLOCK in measures
    ends = (
        starts + draw(st.timedeltas(timedelta(seconds=1), timedelta(days=400)))
        if blocks and draw(st.booleans())
        else None
    )
    scope = 9 if blocks and Measure.DELETE_ACCOUNT not in measures and draw(st.booleans()) else None
    clauses = draw(st.lists(st.sampled_from([INSULT, LAW]), min_size=1, max_size=2, unique=True))
    return Decision(
        clauses=tuple(clauses), facts=draw(words), actor=Actor(draw(st.integers(1, 99)), draw(st.sampled_from(Role))),
        measures=measures, about=About(3, 5, 9, quoted, draw(st.none() | st.just(2)), "https://paper.example/", starts, "en"),
        redress=Redress("a@b.example", starts + timedelta(days=184), "https://c.example"),
        duration=Duration(starts, ends), scope=scope, law="§ 185" if LAW in clauses else "",
        noticed=Noticed(draw(st.sampled_from(Source)), tuple(draw(st.lists(words, max_size=2)))),
        redactions=((0, 1),) if Measure.REDACT in measures else (),
        territory=tuple(draw(st.lists(st.sampled_from(EVERYWHERE), min_size=1, unique=True))),
    )  # fmt: skip


@given(decisions())
def test_whatever_is_decided_can_be_read_back(decision):
    assert from_json(json.loads(json.dumps(as_json(decision)))) == decision


@given(decisions(), st.sampled_from(["clauses", "facts", "actor", "redress", "measures"]))
def test_no_decision_survives_the_loss_of_a_part(decision, part):
    empty = {"clauses": (), "facts": "", "actor": Actor(0, Role.CHIEF), "measures": (),
             "redress": replace(decision.redress, complaint="")}  # fmt: skip
    with pytest.raises(Refused):
        replace(decision, **{part: empty[part]})


def test_every_clause_of_the_preset_is_cited_in_the_reader_s_language_or_in_one_that_there_is():
    rulebook = load()
    for clause in rulebook.clauses.values():
        for asked, spoken in (("fr", "fr"), ("ar-EG", "ar"), ("de", rulebook.languages[0])):
            cited = cite(clause, edition="en", policy=2, rulebook=rulebook.version, language=asked)
            assert isinstance(cited, Cited)
            assert (cited.title, cited.text) == (clause.title[spoken], clause.text[spoken])
            assert cited.category == clause.statement.category
