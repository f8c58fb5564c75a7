"""Versions of an edition's rulebook: drafted, tried beside the live one, switched on once, never changed."""

import json
from datetime import date

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import from_payload
from broadsheet.kernel.models import FactRecord
from broadsheet.newsroom.actions.draft_rulebook import begin_rulebook, discard_rulebook_draft, update_rulebook_draft
from broadsheet.newsroom.actions.publish_policy import publish_first_policies
from broadsheet.newsroom.actions.switch_rulebook import begin_shadow, end_shadow, switch_on_rulebook
from broadsheet.newsroom.handlers.caches import forget_judging
from broadsheet.newsroom.models import PolicyVersion, RulebookVersion
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.newsroom.queries.policy_drafts import write_draft
from broadsheet.newsroom.queries.rulebook_drafts import composed
from broadsheet.newsroom.queries.rulebooks import forget_rulebooks, rulebook_of, rulebook_version, running_of
from broadsheet.standards.rulebook import load
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("STD-06"), pytest.mark.django_db]
HATE = "clauses/HATE.toml"
STRICTER = {HATE: {"detectors": {"encoder": {"threshold": 0.2}}}}
REWORDED = {HATE: {"text": {"en": "Nobody is hated here."}}}


@pytest.fixture
def edition(db):
    return make_edition(publisher="The Tide Press", moderators_address="m@tide.example", contact_address="c@tide.example",
                        dispute_bodies="https://bodies.example", privacy_address="p@tide.example", postal_address="1 Quay")  # fmt: skip


def drafted(edition, changes, *, why="We saw too much.", heads=None):
    draft = begin_rulebook(edition_id=edition.pk)
    return update_rulebook_draft(draft=draft, changes=changes, heads=heads or {}, why=why)


def live(edition, changes, **more):
    return switch_on_rulebook(version=drafted(edition, changes, **more), now=clock.now(), by_id=None)


def judging(edition):
    """What judges the edition, for a process that remembers nothing."""
    forget_rulebooks()
    return running_of(edition.pk)


def threshold(kept):
    return next(use.threshold for use in kept.judged.clauses["HATE"].detectors if use.name == "encoder")


def code(refused):
    return refused.value.refusal.code


def test_without_a_version_an_edition_is_judged_by_what_is_shipped_with_its_names(edition):
    kept = judging(edition).live
    assert (kept.number, kept.heads) == (0, ())
    assert kept.rulebook.clauses == load().clauses
    assert kept.rulebook.publisher["en"] == "The Tide Press"


def test_a_version_judges_from_the_moment_it_is_switched_on_and_not_before(edition, announced):
    before = judging(edition).live
    draft = drafted(edition, STRICTER)
    assert threshold(judging(edition).live) == threshold(before) != 0.2
    announced()
    switch_on_rulebook(version=draft, now=clock.now(), by_id=None)
    after = judging(edition).live
    assert announced() == ["RulebookChanged"]
    assert (after.number, threshold(after)) == (1, 0.2)
    assert after.digest != before.digest
    assert (after.rulebook.version, after.rulebook.clauses["HATE"].version) == (2, 2)
    assert after.rulebook.clauses["SPAM"].version == 1


def test_another_process_judges_by_the_new_version_as_soon_as_it_hears_of_it(edition):
    assert rulebook_of(edition.pk).number == 0
    live(edition, STRICTER)  # as if elsewhere: nothing is committed here that would make this process forget
    assert rulebook_of(edition.pk).number == 0
    record = FactRecord.objects.get(name="RulebookChanged")
    forget_judging(from_payload(record.name, record.payload), record.pk)
    assert rulebook_of(edition.pk).number == 1


def test_this_process_judges_by_it_with_the_commit(edition, django_capture_on_commit_callbacks):
    assert rulebook_of(edition.pk).number == 0
    with django_capture_on_commit_callbacks(execute=True):
        live(edition, STRICTER)
    assert rulebook_of(edition.pk).number == 1


def test_names_of_the_edition_are_those_of_today(edition):
    live(edition, REWORDED)
    assert judging(edition).live.rulebook.publisher["en"] == "The Tide Press"
    edition.refresh_from_db()
    edition.publisher = "Another House"
    edition.save()
    forget_editions()
    assert rulebook_version(edition.pk, 1).rulebook.publisher["en"] == "Another House"
    assert judging(edition).live.digest == RulebookVersion.objects.get().digest


def test_what_a_decision_cites_stays_readable_when_another_version_is_live(edition):
    live(edition, REWORDED)
    live(edition, {HATE: {"text": {"en": "Other words."}}})
    assert rulebook_version(edition.pk, 1).rulebook.clauses["HATE"].text["en"] == "Nobody is hated here."
    assert rulebook_version(edition.pk, 2).rulebook.clauses["HATE"].text["en"] == "Other words."
    assert rulebook_version(edition.pk, 3) is None
    assert rulebook_version(edition.pk, 0).rulebook.clauses == load().clauses
    assert [rulebook_version(edition.pk, n).rulebook.clauses["HATE"].version for n in (1, 2)] == [2, 3]
    states = dict(RulebookVersion.objects.values_list("number", "state"))
    assert states == {1: "past", 2: "live"}


def test_a_draft_or_trial_is_nothing_that_can_be_cited(edition):
    begin_shadow(draft=drafted(edition, STRICTER), now=clock.now())
    assert rulebook_version(edition.pk, 1) is None


@pytest.mark.parametrize(
    "change",
    [{"changes": {}}, {"content": "{}"}, {"heads": {"HATE": "x"}}, {"digest": "0"}, {"number": 9}, {"base": 9},
     {"after": 9}, {"state": "draft"}, {"state": "shadow", "effective_at": None}],
)  # fmt: skip
def test_the_database_lets_nobody_change_what_judged(edition, change):
    version = live(edition, STRICTER)
    with pytest.raises(DatabaseError), transaction.atomic():
        RulebookVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(Refused):
        version.delete()
    live(edition, REWORDED)
    with pytest.raises(DatabaseError), transaction.atomic():
        RulebookVersion.objects.filter(pk=version.pk).update(state="live")


def test_there_is_one_draft_one_trial_and_one_live_version(edition):
    draft = drafted(edition, STRICTER)
    assert begin_rulebook(edition_id=edition.pk).pk == draft.pk
    values = {"edition": edition, "base": 1, "content": "{}", "digest": "0"}
    for number, state in enumerate(("draft", "shadow", "live"), 10):
        at = clock.now() if state == "live" else None
        sealed = {} if state == "draft" else values
        row = {"edition": edition, "base": 1, **sealed, "state": state, "effective_at": at}
        if state != "draft":
            RulebookVersion.objects.create(number=number, **row)
        with pytest.raises(IntegrityError), transaction.atomic():
            RulebookVersion.objects.create(number=number + 10, **row)


def test_a_version_in_shadow_mode_stands_beside_the_live_one_until_it_takes_its_place(edition, announced):
    announced()
    trial = begin_shadow(draft=drafted(edition, STRICTER), now=clock.now())
    running = judging(edition)
    assert (running.live.number, running.beside.number) == (0, 1)
    assert threshold(running.live) != threshold(running.beside) == 0.2
    switch_on_rulebook(version=trial, now=clock.now(), by_id=None)
    running = judging(edition)
    assert (running.live.number, running.beside) == (1, None)
    assert running.live.digest == trial.digest
    assert announced() == ["RulebookChanged", "RulebookChanged"]


def test_a_trial_ends_without_a_trace(edition):
    trial = begin_shadow(draft=drafted(edition, STRICTER), now=clock.now())
    with pytest.raises(Refused) as refused:
        begin_shadow(draft=drafted(edition, REWORDED), now=clock.now())
    assert code(refused) == "rulebook-shadow-taken"
    end_shadow(version=trial, now=clock.now())
    assert judging(edition).beside is None
    begin_shadow(draft=begin_rulebook(edition_id=edition.pk), now=clock.now())
    assert judging(edition).beside is not None


def test_what_was_made_to_follow_another_version_is_not_switched_on(edition):
    trial = begin_shadow(draft=drafted(edition, STRICTER), now=clock.now())
    live(edition, REWORDED)
    with pytest.raises(Refused) as refused:
        switch_on_rulebook(version=trial, now=clock.now(), by_id=None)
    assert code(refused) == "rulebook-overtaken"
    draft = drafted(edition, STRICTER)  # this one follows the live version, and another one overtakes it
    other = RulebookVersion(edition=edition, number=9, base=1, content=json.dumps(composed(draft, date(2027, 1, 1)).content),
                            digest="1", state="live", effective_at=clock.now(), after=2)  # fmt: skip
    RulebookVersion.objects.filter(state="live").update(state="past")
    other.save()
    with pytest.raises(Refused) as refused:
        switch_on_rulebook(version=draft, now=clock.now(), by_id=None)
    assert code(refused) == "rulebook-overtaken"


@pytest.mark.parametrize(
    ("changes", "why", "expected"),
    [(STRICTER, " ", "rulebook-unexplained"), ({}, "Because.", "rulebook-unchanged")],
)
def test_a_version_says_why_and_differs(edition, changes, why, expected):
    with pytest.raises(Refused) as refused:
        live(edition, changes, why=why)
    assert code(refused) == expected
    assert judging(edition).live.number == 0


def test_what_was_changed_since_one_read_it_is_not_switched_on(edition):
    draft = drafted(edition, STRICTER)
    drafted(edition, REWORDED)
    with pytest.raises(Refused) as refused:
        switch_on_rulebook(version=draft, now=clock.now(), by_id=None)
    assert code(refused) == "rulebook-edited"


@pytest.mark.parametrize(
    ("changes", "said"),
    [({HATE: {"handling": "hld"}}, "did you mean 'hold'"), ({"clauses/HATE.txt": {}}, "no place"),
     ({HATE: {"detectors": {"encodr": {"threshold": 0.5}}}}, "no detector"), ({"rulebook.toml": None}, "missing")],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_and_nothing_is_stored(edition, changes, said):
    draft = begin_rulebook(edition_id=edition.pk)
    with pytest.raises(Refused) as refused:
        update_rulebook_draft(draft=draft, changes=changes, heads={}, why="")
    assert said in str(refused.value)
    draft.refresh_from_db()
    assert draft.changes == {}


def test_the_newsrooms_folder_counts_until_a_version_is_live_and_is_where_the_first_one_begins(edition):
    folder = settings.DATA / "standards"
    (folder / "clauses").mkdir(parents=True)
    try:
        (folder / "rulebook.toml").write_text("version = 2\neffective = 2026-12-02\n")
        (folder / HATE).write_text("version = 2\ntext.en = 'Words of the folder.'\n")
        assert judging(edition).live.rulebook.clauses["HATE"].text["en"] == "Words of the folder."
        draft = begin_rulebook(edition_id=edition.pk)
        stricter = {**draft.changes, "clauses/SPAM.toml": {"on": False}}
        draft = update_rulebook_draft(draft=draft, changes=stricter, heads={}, why="Less.")
        switch_on_rulebook(version=draft, now=clock.now(), by_id=None)
        (folder / HATE).write_text("version = 3\ntext.en = 'Later words.'\n")
        found = judging(edition).live
    finally:
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        folder.rmdir()
    assert found.rulebook.clauses["HATE"].text["en"] == "Words of the folder."
    assert not found.rulebook.clauses["SPAM"].on
    assert (found.rulebook.version, found.rulebook.clauses["HATE"].version) == (3, 2)


@pytest.mark.row("STD-08")
def test_a_version_that_tells_readers_something_else_begins_the_draft_of_the_standards(edition):
    assert publish_first_policies(edition_id=edition.pk, now=clock.now()) == []
    live(edition, STRICTER)
    assert not PolicyVersion.objects.filter(published_at=None).exists()
    live(edition, {**STRICTER, **REWORDED}, why="Plainer words.")
    draft = PolicyVersion.objects.get(published_at=None)
    assert (draft.kind, draft.number, draft.why) == ("standards", 2, "Plainer words.")
    words = write_draft(draft)
    assert "Nobody is hated here." in words.words
    assert words.rulebook_version == 3
    assert draft.number == 2


def test_a_draft_can_be_discarded_and_what_is_live_stays(edition):
    live(edition, STRICTER)
    discard_rulebook_draft(draft=drafted(edition, REWORDED))
    assert judging(edition).live.number == 1
    again = begin_rulebook(edition_id=edition.pk)
    assert (again.number, again.changes, again.after) == (2, STRICTER, 1)


def test_editions_have_rulebooks_of_their_own(edition):
    other = make_edition("fr", at_root=False, publisher="La Marée")
    live(edition, STRICTER)
    assert (judging(edition).live.number, judging(other).live.number) == (1, 0)
    with pytest.raises(LookupError):
        rulebook_of(other.pk + 1000)


def test_what_is_sealed_keeps_its_order_in_every_database(edition):
    """A clause may ask one detector several times, and their order tells the uses apart."""
    shipped = rulebook_of(edition.pk).rulebook
    live(edition, {"clauses/SPAM.toml": {"on": False}})
    found = judging(edition).live.rulebook
    assert found.clauses["HATE"].detectors == shipped.clauses["HATE"].detectors
    assert list(found.clauses) == list(shipped.clauses)
    live(edition, {"clauses/SPAM.toml": {"on": True}})
    again = judging(edition).live.rulebook
    assert {code for code in again.clauses if again.clauses[code].version != found.clauses[code].version} == {"SPAM"}
