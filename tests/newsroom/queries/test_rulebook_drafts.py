"""What a version of a rulebook would be: its differences, its learned heads, and the time machine's answer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.draft_rulebook import begin_rulebook, update_rulebook_draft
from broadsheet.newsroom.actions.switch_rulebook import begin_shadow, switch_on_rulebook
from broadsheet.newsroom.models import RulebookVersion
from broadsheet.newsroom.queries.rulebook_drafts import backtested, composed
from broadsheet.newsroom.queries.rulebooks import rulebook_now
from broadsheet.standards.learning.learn import Start, learn
from broadsheet.standards.model.learned import SwitchedOn, written
from broadsheet.standards.senses import Senses
from tests.factories.newsroom import make_edition
from tests.standards.learning.stories import BEGUN, decided, newsroom

pytestmark = [pytest.mark.files, pytest.mark.django_db]
HATE = "clauses/HATE.toml"
TODAY = BEGUN.date()
OFF = {"clauses/PROFANITY.toml": {"on": False}}
HEADED = {"clauses/SPOILER.toml": {
    "kind": "discretionary", "handling": "flag", "version": 1, "title": dict.fromkeys(("en", "fr", "ar"), "Spoilers"),
    "text": dict.fromkeys(("en", "fr", "ar"), "Don’t tell the end."), "detectors": {"learned": {"threshold": 0.5}},
    "statement": {"category": "OTHER_VIOLATION_TC", "keywords": [], "ground": "INCOMPATIBLE_CONTENT"},
}}  # fmt: skip


@pytest.fixture(scope="module")
def whole():
    return Senses.load()


@pytest.fixture(scope="module")
def head(whole):
    return learn(newsroom(6), "SPOILER", whole.encoder, start=Start(), made=TODAY)


@pytest.fixture
def edition(db):
    return make_edition(publisher="The Tide Press")


def drafted(edition, changes, heads=None):
    draft = begin_rulebook(edition_id=edition.pk)
    return update_rulebook_draft(draft=draft, changes=changes, heads=heads or {}, why="To see.")


@pytest.mark.row("STD-06")
def test_what_a_draft_says_otherwise_is_named(edition):
    found = composed(drafted(edition, {HATE: {"detectors": {"encoder": {"threshold": 0.2}}}}), TODAY)
    assert [(one.part, one.field, one.after) for one in found.changes] == [
        ("HATE", "detectors.encoder.threshold", "0.2")
    ]
    assert found.differs
    assert not composed(drafted(edition, {}), TODAY).differs


@pytest.mark.row("STD-06")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({HATE: {"detectors": {"encoder": {"threshold": 0.2}}}}, False),
        ({HATE: {"text": {"en": "Other words."}}}, True),
        ({HATE: {"on": False}}, True),
        ({HATE: {"detectors": {"encoder": None}}}, True),  # by which tools a machine notices, readers are told, too
    ],
)
def test_readers_are_told_of_all_but_thresholds(changes, told):
    edition = make_edition(publisher="The Tide Press", moderators_address="m@tide.example", contact_address="c@tide.example",
                           dispute_bodies="https://bodies.example")  # fmt: skip
    assert composed(drafted(edition, changes), TODAY).told == told


@pytest.mark.row("STD-06")
def test_the_time_machine_says_what_a_version_would_have_done_and_changes_nothing(edition, whole):
    decisions = [
        *decided(["What a shit idea.", "Fuck off, all of you."], "PROFANITY"),
        *decided(["A fine day by the sea.", "The shit hit the fan, said the minister."], start=30),
    ]
    version = drafted(edition, OFF)
    found = backtested(version, iter(decisions), whole, TODAY)
    assert len(found.compared) == 4
    before, after = found.tally("before", "PROFANITY"), found.tally("after", "PROFANITY")
    assert before.hits == 2
    assert (after.hits, after.missed, after.false) == (0, 2, 0)
    assert rulebook_now(edition.pk).number == 0
    assert RulebookVersion.objects.get().state == "draft"


@pytest.mark.row("STD-05")
def test_a_learned_head_judges_once_it_was_switched_on_after_a_back_test_and_not_before(edition, head):
    version = drafted(edition, HEADED, {"SPOILER": written(head)})
    with pytest.raises(Refused) as refused:
        switch_on_rulebook(version=version, now=clock.now(), by_id=None)
    assert refused.value.refusal.code == "rulebook-untried-heads"
    assert "SPOILER" in str(refused.value)
    tried = replace(head, switched_on=SwitchedOn("", BEGUN + timedelta(days=1), 40, 9, 2))
    version = drafted(edition, HEADED, {"SPOILER": written(tried)})
    switch_on_rulebook(version=version, now=clock.now(), by_id=None)
    found = rulebook_now(edition.pk)
    assert found.heads == (tried,)
    assert "SPOILER" in found.judged.clauses
    assert drafted(edition, HEADED, begin_rulebook(edition_id=edition.pk).heads).heads.keys() == {"SPOILER"}


@pytest.mark.row("STD-05")
def test_a_head_that_was_not_tried_may_run_in_shadow_mode_and_be_back_tested(edition, head, whole):
    version = drafted(edition, HEADED, {"SPOILER": written(head)})
    later = [replace(one, at=head.until + timedelta(days=1)) for one in newsroom(2)]
    found = backtested(version, later, whole, TODAY)
    assert found.heads == {"SPOILER": head.identity}
    assert found.tally("after", "SPOILER").hits > found.tally("before", "SPOILER").hits == 0
    assert begin_shadow(draft=version, now=clock.now()).state == "shadow"


@pytest.mark.row("STD-05")
@pytest.mark.parametrize("heads", ["damaged", "misfiled", "left-to-people"])
def test_a_head_that_cannot_serve_is_refused_when_it_is_stored(edition, head, heads):
    text = written(head)
    given = {
        "damaged": (HEADED, {"SPOILER": text.replace('"intercept"', '"intercepts"')}),
        "misfiled": (HEADED, {"HATE": text}),
        "left-to-people": ({"clauses/SPOILER.toml": {**HEADED["clauses/SPOILER.toml"], "handling": "human", "detectors": {}}},
                           {"SPOILER": text}),
    }[heads]  # fmt: skip
    with pytest.raises(Refused) as refused:
        drafted(edition, *given)
    assert refused.value.refusal.code == "bad-rulebook"
    assert begin_rulebook(edition_id=edition.pk).heads == {}
