"""The author deletes the account, and is erased, while a moderator has the case on the screen (MOD-02, ACC-07)."""

from datetime import timedelta

import pytest

from broadsheet.discussion.models import Comment
from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.models import Case, DecisionRow
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_due
from tests.factories.cases import make_moderator
from tests.moderation.views.test_case import CASES, press, state, text_of

pytestmark = [pytest.mark.row("MOD-02", "MOD-03"), pytest.mark.django_db]


def test_a_comment_whose_author_left_is_still_decided_about(sit, foul, number, reader):
    desk = sit()
    desk.get(f"{CASES}{number}/")
    delete_account(reader_id=reader.pk, edition="en", now=clock.now())
    deliver_due()
    assert "nobody asked you" in text_of(desk.get(f"{CASES}{number}/"))
    assert press(desk, number, "remove").status_code == 302
    assert state(foul) == "removed"
    assert DecisionRow.objects.get(comment_id=foul.pk).reader_id == reader.pk


def test_after_the_author_was_erased_the_screen_says_that_there_is_nothing_left(sit, foul, number, reader, later):
    moderator = make_moderator()
    desk = sit(moderator)
    page = desk.get(f"{CASES}{number}/").content.decode()
    delete_account(reader_id=reader.pk, edition="en", now=clock.now())
    later.pass_(days=31)
    erase_due(now=clock.now())
    deliver_due()
    desk = sit(moderator)  # the session has ended meanwhile
    assert Comment.objects.get(pk=foul.pk).text == ""
    assert Case.objects.filter(pk=number, state="open").count() == 0
    for answer in (
        desk.get(f"{CASES}{number}/"),
        desk.post(f"{CASES}{number}/decide/", {"action": "remove", "clauses": "INSULT", "facts": "x", "version": "1"}),
        desk.post(f"{CASES}{number}/decide/", {"action": "block", "clauses": "INSULT", "facts": "x", "version": "1"}),
        desk.post(f"{CASES}{number}/stay/"),
    ):
        assert answer.status_code in {200, 404, 409}
        assert "nobody asked you" not in answer.content.decode()
    assert "nobody asked you" in page
    assert not DecisionRow.objects.exists()
    assert later.ahead == timedelta(days=31)


def test_a_case_whose_article_was_withdrawn_is_decided_all_the_same(sit, foul, number, article):
    withdraw_article(article=article)
    deliver_due()
    desk = sit()
    assert "nobody asked you" in text_of(desk.get(f"{CASES}{number}/"))
    assert press(desk, number, "remove").status_code == 302
    assert state(foul) == "removed"
