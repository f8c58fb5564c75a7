"""A flash mob and a flood on the screen: one row, one action (MOD-01)."""

import pytest

from broadsheet.discussion.models import Comment
from broadsheet.kernel import clock
from broadsheet.moderation.actions.open_many import open_flood, open_mob
from broadsheet.moderation.models import Case, DecisionRow
from broadsheet.moderation.queries.sanctions import next_that_counts
from tests.factories.discussion import make_comment
from tests.moderation.views.test_case import filled, press, text_of

pytestmark = [pytest.mark.row("MOD-01"), pytest.mark.django_db]
CASES = "/editor/moderation/cases/"


@pytest.fixture
def mob(article):
    comments = [make_comment(article) for _number in range(4)]
    return open_mob(mob_id=1, comment_ids=[one.pk for one in comments], now=clock.now())


def states() -> set[str]:
    return set(Comment.objects.values_list("state", flat=True))


def test_a_mob_is_one_row_and_is_deleted_and_put_back_as_one(sit, mob):
    desk = sit()
    queue = text_of(desk.get("/editor/moderation/"))
    assert queue.count("data-row") == 1
    assert "4 comments say the same, by many accounts." in queue
    assert "Bus number" in queue, "the first of them"
    before = states()
    page = text_of(desk.get(f"{CASES}{mob}/"))
    assert "Delete all 4 comments" in page
    press(desk, mob, "remove", clauses="FLASHMOB")
    assert states() == {"removed"}
    assert DecisionRow.objects.count() == 4
    desk.post(f"{CASES}{mob}/undo/")
    assert states() == before
    assert press(desk, mob, "approve").status_code == 302
    assert Case.objects.get(pk=mob).outcome == "approved"


def test_whoever_ordered_it_gets_another_case_while_it_is_carried_out(sit, mob):
    desk = sit()
    desk.get(f"{CASES}{mob}/")  # it is on this person's screen
    Case.objects.filter(pk=mob).update(ordered_at=clock.now())
    assert desk.post("/editor/moderation/next/").headers["Location"] == "/editor/moderation/", "nothing else waits"
    page = text_of(desk.get(f"{CASES}{mob}/"))
    assert "Being carried out" in page
    assert "data-decide" not in page
    assert "Being carried out" in text_of(desk.get("/editor/moderation/"))


@pytest.mark.row("MOD-04")
def test_a_flood_is_stopped_in_one_action_and_counts_once(sit, article, reader):
    comments = [make_comment(article, reader) for _number in range(3)]
    number = open_flood(author_id=reader.pk, comment_id=comments[-1].pk, now=clock.now())
    desk = sit()
    assert "Delete what was posted, and block" in text_of(desk.get(f"{CASES}{number}/"))
    sent = {**filled(desk, number), "clauses": "FLOOD", "scope": "all", "days": "3", "since": "60"}
    assert desk.post(f"{CASES}{number}/decide/", {**sent, "action": "flood"}).status_code == 302
    assert states() == {"removed"}
    assert next_that_counts(reader.pk) == 2, "one block, whatever the number of comments"
    assert desk.post(f"{CASES}{number}/decide/", {"action": "approve"}).status_code == 409, "it is closed"
