"""The time machine at the desk: trials in portions, what they say, and what may be switched on after them."""

from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions import carry_on_trials as trials
from broadsheet.moderation.actions.carry_on_trials import carry_on_trials
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.order_trial import cancel_trial, order_learning, order_trial
from broadsheet.moderation.actions.switch_on import switch_on
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.models import AuditEntry, Trial, TrialRow
from broadsheet.moderation.queries.trials import against_switching, latest_trial, trial
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.newsroom.actions.draft_rulebook import begin_rulebook, update_rulebook_draft
from broadsheet.newsroom.queries.rulebook_versions import seal_of
from broadsheet.newsroom.queries.rulebooks import forget_rulebooks, rulebook_now
from broadsheet.standards.learning.backtest import Backtest
from broadsheet.standards.model.learned import read
from tests.factories.cases import make_moderator
from tests.factories.moderation import Cited, make_actor, make_approval, make_decision, visible_comment
from tests.standards.learning.stories import OTHERS, SPOILERS

pytestmark = [pytest.mark.row("STD-06"), pytest.mark.django_db]
FOUL = Cited("PROFANITY", "en", 3, 1, 1, "Offensive language", "No coarse words.", "OTHER_VIOLATION_TC", (), "INCOMPATIBLE_CONTENT")  # fmt: skip
SPOILER = Cited("SPOILER", "en", 3, 1, 1, "Spoilers", "Don’t tell the end.", "OTHER_VIOLATION_TC", (), "INCOMPATIBLE_CONTENT")  # fmt: skip
OFF = {"clauses/PROFANITY.toml": {"on": False}}
WORD = {"clauses/PROFANITY.toml": {"detectors": {"words-own": {
    "threshold": 0.9, "handling": "hold", "options": {"lists": ["own"], "add": ["harbourite"]}}}}}  # fmt: skip
OWN = {"clauses/SPOILER.toml": {
    "kind": "discretionary", "handling": "flag", "version": 1, "title": dict.fromkeys(("en", "fr", "ar"), "Spoilers"),
    "text": dict.fromkeys(("en", "fr", "ar"), "Don’t tell the end."),
    "statement": {"category": "OTHER_VIOLATION_TC", "keywords": [], "ground": "INCOMPATIBLE_CONTENT"},
}}  # fmt: skip


def drafted(article, changes, why="We saw too much."):
    draft = begin_rulebook(edition_id=article.edition_id)
    return update_rulebook_draft(draft=draft, changes=changes, heads={}, why=why)


def deleted(article, reader, texts, clause=FOUL):
    """People delete these comments."""
    made = []
    for text in texts:
        comment = visible_comment(article, reader, text)
        value = make_decision(reader, comment, measures=(Measure.REMOVE,), clauses=(clause,))
        made.append(decide(decision=value, now=clock.now()).decision_id)
    return made


def approved(article, reader, texts):
    for text in texts:
        comment = visible_comment(article, reader, text)
        decide(decision=make_approval(reader, comment), now=clock.now())


def ordered(article, **more):
    chief = make_moderator(chief=True)
    return order_trial(edition_id=article.edition_id, days=30, by_id=chief.reader_id, now=clock.now(), **more)


def carried_on(number, article):
    carry_on_trials(now=clock.now, seconds=600)
    return trial(number, article.edition_id)


def without_scores(result):
    """The model's last digits depend on what is read together."""
    flips = [{**one, **{side: {**one[side], "scores": {}} for side in ("before", "after")}} for one in result["flips"]]
    return {**result, "flips": flips}


def test_an_answer_sets_the_draft_against_what_people_decided_and_changes_nothing(article, reader):
    deleted(article, reader, ["What a harbourite idea.", "Only a harbourite says so.", "What a shit idea."])
    approved(article, reader, ["A fine day by the sea."])
    draft = drafted(article, WORD)
    number = ordered(article)
    found = carried_on(number, article)
    assert found.is_done
    assert (found.total, found.done) == (4, 4)
    clause = found.result["clauses"]["PROFANITY"]
    assert (clause["before"]["hits"], clause["after"]["hits"], clause["after"]["false"]) == (1, 3, 0)
    assert found.result["outcomes"]["before"]["held"] == {"removed": 1, "approved": 0}
    assert found.result["outcomes"]["after"]["held"] == {"removed": 3, "approved": 0}
    assert found.result["flipped"] == len(found.result["flips"]) == 2
    assert "harbourite" not in str(found.result)
    assert found.result["refusal"] == "too-few"
    assert rulebook_now(article.edition_id).number == 0
    assert found.seal == seal_of(draft)
    assert not TrialRow.objects.exists()


def test_a_trial_that_was_killed_half_way_is_taken_up_and_says_the_same(article, reader, monkeypatch):
    deleted(article, reader, [f"What a shit idea, number {n}." for n in range(6)])
    drafted(article, OFF)
    whole = carried_on(ordered(article), article).result
    monkeypatch.setattr(trials, "PORTION", 2)
    number = ordered(article)
    assert trials._step(number, clock.now())
    assert trials._step(number, clock.now())
    half = trial(number, article.edition_id)
    assert (half.done, half.total, half.percent) == (2, 6, 33)
    # Another process had begun the same portion: what comes a second time counts for nothing.
    rows = list(TrialRow.objects.filter(trial_id=number, judged=False).order_by("pk")[:2])
    assert trials._step(number, clock.now())
    trials._write_portion(Trial.objects.get(pk=number), rows, Backtest(()), 0)
    assert trial(number, article.edition_id).done == 4
    found = carried_on(number, article)
    assert without_scores(found.result) == without_scores(whole)
    assert carried_on(number, article) == found


def test_what_was_undone_teaches_nothing_and_a_cancelled_trial_leaves_nothing(article, reader):
    made = deleted(article, reader, ["What a shit idea.", "This is shit."])
    undo(decision_id=made[0], by=make_actor(), now=clock.now())
    drafted(article, OFF)
    number = ordered(article)
    with pytest.raises(Refused) as refused:
        ordered(article)
    assert refused.value.refusal.code == "trial-open"
    trials._step(number, clock.now())
    assert TrialRow.objects.count() == 1
    assert cancel_trial(trial_id=number, edition_id=article.edition_id, now=clock.now())
    assert not TrialRow.objects.exists()
    assert carry_on_trials(now=clock.now) == 0
    assert latest_trial(article.edition_id, 1) is None
    assert not cancel_trial(trial_id=number, edition_id=article.edition_id, now=clock.now())


def test_without_a_trial_of_just_this_draft_a_chief_must_say_why(article, reader):
    texts = [f"What a shit idea, number {n}." for n in range(6)]
    deleted(article, reader, texts)
    approved(article, reader, [f"{text} ({n})" for n in range(2) for text in OTHERS[:13]])
    chief, now = make_moderator(chief=True), clock.now()

    def on(version, reason=""):
        return switch_on(
            version=version, seen=seal_of(version), reason=reason, by_id=chief.reader_id, name="Mara", now=now
        )

    draft = drafted(article, WORD)
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            on(draft)
        assert refused.value.refusal.code == "rulebook-untried"
        carried_on(ordered(article), article)
        draft = drafted(article, {**WORD, "clauses/HATE.toml": {"detectors": {"encoder": {"threshold": 0.95}}}})
    carried_on(ordered(article), article)
    assert against_switching(draft, now) == (None, False)
    with pytest.raises(Refused) as refused:
        switch_on(version=draft, seen="x", reason="", by_id=chief.reader_id, name="Mara", now=now)
    assert refused.value.refusal.code == "rulebook-edited"
    assert on(draft).state == "live"
    forget_rulebooks()
    worse = drafted(article, OFF)
    carried_on(ordered(article), article)
    with pytest.raises(Refused) as refused:
        on(worse)
    assert refused.value.refusal.code == "worse"
    assert "6" in str(refused.value)
    assert on(worse, reason="We leave coarse words to people.").number == 2
    entry = AuditEntry.objects.filter(action="rulebook-switched-on").order_by("-seq").first()
    assert entry.payload.body["reason"] == "We leave coarse words to people."
    assert entry.payload.body["against"] == "worse"


@pytest.mark.row("STD-05")
def test_a_head_is_learned_tried_on_later_decisions_and_put_into_the_draft(article, reader):
    for spoiler, other in zip(SPOILERS, OTHERS, strict=True):
        deleted(article, reader, [spoiler], SPOILER)
        approved(article, reader, [other])
    drafted(article, OWN)
    chief = make_moderator(chief=True)
    number = order_learning(
        edition_id=article.edition_id, clause="SPOILER", by_id=chief.reader_id, now=clock.now() + timedelta(seconds=1)
    )
    found = carried_on(number, article)
    assert found.is_done, found.why
    draft = begin_rulebook(edition_id=article.edition_id)
    head = read(draft.heads["SPOILER"])
    assert head.identity == found.result["identity"]
    assert (head.switched_on is not None) == found.result["switched_on"]
    assert found.result["judged"] > 20, "each comment is judged by a head of the decisions before it"
    assert found.result["clauses"]["SPOILER"]["after"]["hits"] > found.result["clauses"]["SPOILER"]["after"]["missed"]


@pytest.mark.row("STD-05")
def test_a_new_clause_works_from_a_dozen_examples(article, reader):
    pairs = [{"permitted": ok, "forbidden": bad} for ok, bad in zip(OTHERS[:8], SPOILERS[:8], strict=True)]
    deleted(article, reader, ["What a shit idea."])
    approved(article, reader, OTHERS[12:16])
    drafted(article, {**OWN, "examples/SPOILER.toml": {"en": pairs}})
    chief = make_moderator(chief=True)
    number = order_learning(
        edition_id=article.edition_id, clause="SPOILER", by_id=chief.reader_id, now=clock.now() + timedelta(seconds=1)
    )
    found = carried_on(number, article)
    assert found.is_done, found.why
    assert found.result["judged"] == 5
    assert not found.result["switched_on"], "five comments say too little"
    draft = begin_rulebook(edition_id=article.edition_id)
    said, outweighed = against_switching(draft, clock.now())
    assert (said.code, outweighed) == ("rulebook-untried-heads", True)
    live = switch_on(
        version=draft, seen=seal_of(draft), reason="We flag only.", by_id=chief.reader_id, name="Mara", now=clock.now()
    )
    head = read(live.heads["SPOILER"])
    assert (head.switched_on.by, head.switched_on.reason) == ("Mara", "We flag only.")
    fewer = drafted(article, OWN)
    assert fewer.heads == {}
    number = order_learning(
        edition_id=article.edition_id, clause="SPOILER", by_id=chief.reader_id, now=clock.now() + timedelta(seconds=1)
    )
    assert carried_on(number, article).why == "one-kind"
