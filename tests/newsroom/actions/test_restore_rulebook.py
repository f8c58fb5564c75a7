"""Versions of rulebooks that an archive brings."""

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.draft_rulebook import begin_rulebook, update_rulebook_draft
from broadsheet.newsroom.actions.restore_rulebook import RULEBOOK_FIELDS, restore_rulebook
from broadsheet.newsroom.actions.switch_rulebook import switch_on_rulebook
from broadsheet.newsroom.models import RulebookVersion
from broadsheet.newsroom.queries.rulebooks import rulebook_now
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("ART-16"), pytest.mark.django_db]
HATE = "clauses/HATE.toml"


@pytest.fixture
def edition(db):
    return make_edition(publisher="The Tide Press")


def live(edition, threshold):
    changes = {HATE: {"detectors": {"encoder": {"threshold": threshold}}}}
    draft = update_rulebook_draft(draft=begin_rulebook(edition_id=edition.pk), changes=changes, heads={}, why="More.")
    return switch_on_rulebook(version=draft, now=clock.now(), by_id=None)


@pytest.fixture
def archived(edition):
    """A version as an archive has it, of an edition that has none any more."""
    row = live(edition, 0.2)
    fields = {name: getattr(row, name) for name in RULEBOOK_FIELDS}
    content, state = row.tables, row.state
    RulebookVersion.objects.filter(pk=row.pk).delete()  # not by the model, which refuses
    return {"number": 1, "state": state, "content": content, "fields": fields}


def restored(edition, archived, **changes):
    return restore_rulebook(edition=edition, by_id=None, now=clock.now(), **{**archived, **changes})


def test_it_judges_as_it_did_where_it_came_from(edition, archived):
    restored(edition, archived)
    uses = rulebook_now(edition.pk).rulebook.clauses["HATE"].detectors
    assert [use.threshold for use in uses if use.name == "encoder"] == [0.2]


def test_what_judged_here_stays_as_it_is_and_may_become_past(edition, archived):
    restored(edition, archived)
    other = {**archived["fields"], "digest": "0" * 64}
    for change in ({"fields": other}, {"state": "shadow"}, {"state": "draft", "content": None}):
        with pytest.raises(Refused):
            restored(edition, archived, **change)
    assert restored(edition, archived, state="past").pk
    assert RulebookVersion.objects.get().state == "past"


def test_what_was_changed_on_its_way_is_refused(edition, archived):
    content = {**archived["content"], HATE: {**archived["content"][HATE], "on": False}}
    broken = {**archived["content"], HATE: {"kind": "ground"}}
    for wrong in (content, broken):
        with pytest.raises(Refused):
            restored(edition, archived, content=wrong)
    assert not RulebookVersion.objects.exists()


def test_a_second_live_version_is_refused(edition, archived):
    live(edition, 0.3)
    with pytest.raises(Refused):
        restored(edition, archived, number=7)
    assert RulebookVersion.objects.count() == 1
