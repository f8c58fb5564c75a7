"""What the public is told of decisions are numbers, the same that anybody would count by hand (MOD-11)."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.kernel.personal_data import holdings
from broadsheet.moderation.actions.annul import ask_annulment, confirm_annulment
from broadsheet.moderation.actions.answer_letter import answer_letter
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.purge import let_decisions_end, purge
from broadsheet.moderation.actions.purge_letters import purge_letters
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.models import DecisionRow, Letter, Sanction, Tally
from broadsheet.moderation.queries.letters import open_letters
from broadsheet.moderation.queries.transparency import (
    LetterFigures,
    annulments,
    by_law_after_notice,
    decision_figures,
    letter_figures,
)
from broadsheet.moderation.rules.decisions import Measure, Noticed, Role, Source
from tests.factories.accounts import make_reader
from tests.factories.moderation import INSULT, LAW, make_actor, make_approval, make_decision, visible_comment

pytestmark = [pytest.mark.row("MOD-11"), pytest.mark.django_db]
DAY = timedelta(days=1)
CASES = st.tuples(
    st.sampled_from([(), (Measure.REMOVE,), (Measure.REMOVE, Measure.WARN), (Measure.HOLD,), (Measure.WARN,)]),
    st.sampled_from([(INSULT,), (LAW,), (INSULT, LAW)]),
    st.sampled_from(Source),
    st.booleans(),  # marked by a program
    st.one_of(st.none(), st.integers(0, 10**6)),  # seconds that it waited
    st.sampled_from(["stands", "stands", "undone", "granted", "erased"]),
)


def by_hand(cases):
    """Count in the plainest way what the decisions were meant to be."""
    restricting = [case for case in cases if case[0]]
    waited = sorted(
        wait for _m, _c, source, machine, wait, _f in cases if wait is not None and (machine or source != "own")
    )
    light = Counter(
        "machine" if source == Source.OWN and machine else str(source)
        for _m, _c, source, machine, _w, _f in restricting
    )
    clauses = {}
    for measures, cited, _source, machine, _wait, fate in restricting:
        for clause in cited:
            row = clauses.setdefault(clause.code, Counter())
            row.update(["all", fate, *(["machine"] if machine else []), *measures])
    return {
        "decisions": len(restricting), "approved": len(cases) - len(restricting), "noticed": dict(light),
        "measures": dict(Counter(str(one) for case in restricting for one in case[0])),
        "by_machine": sum(case[3] for case in restricting),
        "undone": sum(case[5] == "undone" for case in restricting), "granted": sum(case[5] == "granted" for case in restricting),
        "seconds": waited[(len(waited) - 1) // 2] if waited else None, "clauses": clauses,
    }  # fmt: skip


@settings(max_examples=12)
@given(cases=st.lists(CASES, max_size=7))
def test_the_figures_are_those_that_are_counted_by_hand(article, cases):
    now, other = clock.now(), make_actor(Role.CHIEF)
    with transaction.atomic():
        author = make_reader()
        for measures, clauses, source, machine, wait, fate in cases:
            comment = visible_comment(article, author)
            noticed = Noticed(source, ("encoder",) if machine else ())
            fields = {"noticed": noticed, "clauses": clauses, "law": "§ 1"}
            wanted = (
                make_decision(author, comment, measures=measures, now=now, **fields)
                if measures else make_approval(author, comment, noticed=noticed)
            )  # fmt: skip
            since = now - timedelta(seconds=wait) if wait is not None else None
            made = decide(decision=wanted, now=now, waiting_since=since)
            if measures and fate in {"undone", "granted"}:
                undo(decision_id=made.decision_id, by=other, now=now, letter_came=now if fate == "granted" else None)
        if any(case[5] == "erased" for case in cases):
            let_decisions_end(reader_id=author.pk, now=now)
            purge(now=now + 200 * DAY)
            assert not DecisionRow.objects.exclude(value={}).exists()
        found, wanted = decision_figures("en", now, now + DAY), by_hand(cases)
        clauses = wanted.pop("clauses")
        assert {name: getattr(found, name) for name in wanted} == wanted
        assert {one.code: one.decisions for one in found.clauses} == {code: row["all"] for code, row in clauses.items()}
        for one in found.clauses:
            row = clauses[one.code]
            assert (one.by_machine, one.undone, one.granted) == (row["machine"], row["undone"], row["granted"])
            assert one.measures == {str(each): row[each] for each in Measure if row[each]}
        law = sum(
            source in {Source.NOTICE, Source.TRUSTED} and LAW in cited
            for kinds, cited, source, *_rest in cases
            if kinds
        )
        assert by_law_after_notice("en", now, now + DAY, ["LAW", "OTHER"]) == law
        assert decision_figures("en", now - DAY, now).decisions == 0
        assert decision_figures("fr", now, now + DAY).approved == 0
        transaction.set_rollback(True)


def test_a_case_counts_from_when_it_was_opened_and_what_a_moderator_came_upon_does_not(article, reader):
    now = clock.now()
    comment = visible_comment(article, reader)
    hour = timedelta(hours=1)
    decide(decision=make_decision(reader, comment, measures=(Measure.WARN,)), now=now, waiting_since=now - hour)
    assert decision_figures("en", now, now + DAY).seconds is None, "of one's own accord nothing waits"
    decide(decision=make_decision(reader, comment, measures=(Measure.WARN,), noticed=Noticed(Source.REPORT)), now=now,
           waiting_since=now - hour)  # fmt: skip
    assert decision_figures("en", now, now + DAY).seconds == 3600


def write(reader):
    written = Written("unlock_access", reader.public_id, "I was angry, and I take it back.")
    receive_letter(written=written, reader_id=reader.pk, edition="en", language="en", now=clock.now())
    return open_letters()[-1].id


def test_letters_are_counted_by_what_came_of_them_also_when_they_are_erased(article, later):
    begun = clock.now()
    answers = (True, False), (True, True), (False, False)
    readers = [make_reader(), make_reader(), make_reader(), make_reader()]
    for person in readers:
        decide(decision=make_decision(person, now=clock.now()), now=clock.now())
    letters = [write(person) for person in readers]
    later.pass_(hours=5)
    for number, (granted, wrong) in zip(letters, answers, strict=False):
        answer_letter(letter_id=number, by=make_actor(Role.CHIEF), granted=granted, as_wrong=wrong, reason="So.", now=clock.now())  # fmt: skip
    deliver_due()
    wanted = LetterFigures(received=4, granted=2, overturned=1, refused=1, waiting=1, seconds=5 * 3600)
    assert letter_figures("en", begun, begun + DAY) == wanted
    assert decision_figures("en", begun, begun + DAY).granted == 1
    erase = next(one for one in holdings() if one.name == "moderation.letters").erase
    for person in readers[:3]:
        while erase(person.pk):
            pass
    purge_letters(now=clock.now() + 300 * DAY)
    assert Letter.objects.count() == 1
    assert letter_figures("en", begun, begun + DAY) == wanted
    names = {field.name for field in Tally._meta.get_fields()}
    assert names == {"id", "kind", "number", "edition", "at", "settled_at", "outcome"}, "nobody's"


def test_an_annulment_is_counted_once(article, reader):
    begun = clock.now()
    decide(decision=make_decision(reader, now=begun), now=begun)
    asked = ask_annulment(
        sanction_id=Sanction.objects.get().pk, by=make_actor(), reason="It was a quotation.", now=begun
    )
    assert annulments("en", begun, begun + DAY) == 0
    confirm_annulment(annulment_id=asked, by=make_actor(Role.CHIEF), now=clock.now())
    deliver_due()
    assert annulments("en", begun, begun + DAY) == 1
    assert annulments("fr", begun, begun + DAY) == 0
