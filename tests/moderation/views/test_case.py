"""A case on the screen, and each of its buttons (MOD-02)."""

import re
from datetime import timedelta

import pytest

from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.actions.report_comment import report_comment
from broadsheet.discussion.models import Comment
from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.claim_case import claim
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.conf import CLAIMED_FOR
from broadsheet.moderation.models import Case, DecisionRow, Statement
from broadsheet.moderation.queries.cases import case_of_comment
from broadsheet.readers.queries.standing import may_post
from tests.factories.accounts import make_reader
from tests.factories.cases import make_case, make_moderator
from tests.factories.discussion import FOUL, make_comment
from tests.factories.moderation import make_decision, visible_comment
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("MOD-02"), pytest.mark.django_db]
CASES = "/editor/moderation/cases/"


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def filled(desk, number: int, **values) -> dict:
    """Return the case's form as it stands, with these fields filled in."""
    page = desk.get(f"{CASES}{number}/").content.decode()
    sent = {"key": hidden(page, "key"), "clauses": "INSULT", "facts": "It calls somebody a liar."}
    if 'name="version"' in page:
        sent["version"] = hidden(page, "version")
    return {**sent, **values}


def press(desk, number: int, action: str, **values):
    return desk.post(f"{CASES}{number}/decide/", {**filled(desk, number, **values), "action": action})


def state(comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


def test_a_case_shows_all_that_a_decision_needs(sit, foul, number, article, reader):
    make_comment(article, reader, text="An earlier word about the harbour wall.")
    page = text_of(sit().get(f"{CASES}{number}/"))
    assert article.title in page
    assert reader.public_id in page
    assert "What the judge noticed" in page
    assert "An earlier word about the harbour wall." in page
    assert "None so far." in page, "no sanctions"
    assert "this reader&#x27;s first one that counts" in page or "this reader's first one that counts" in page
    assert "<kbd>1</kbd>" in page
    assert "On your screen" in page


def test_approving_shows_the_comment_and_the_next_case_comes_by_itself(sit, foul, number, article):
    after = make_case(article.edition_id, harm=0.5)
    desk = sit()
    answer = press(desk, number, "approve")
    assert answer.headers["Location"] == f"{CASES}{after}/?done={number}"
    assert state(foul) == "visible"
    page = text_of(desk.get(answer.headers["Location"]))
    assert "Approved" in page
    assert f'action="/editor/moderation/cases/{number}/undo/"' in page
    desk.post(f"{CASES}{number}/undo/")
    assert state(foul) == "held"
    assert Case.objects.get(pk=number).state == "open"


def test_deleting_needs_a_clause_and_facts_and_what_was_written_is_kept(sit, foul, number):
    desk = sit()
    bare = {name: value for name, value in filled(desk, number).items() if name != "clauses"}
    answer = desk.post(f"{CASES}{number}/decide/", {**bare, "action": "remove"})
    assert answer.status_code == 409
    assert "Choose the clause that was broken." in text_of(answer)
    assert "It calls somebody a liar." in text_of(answer)
    assert state(foul) == "held"
    press(desk, number, "remove", warn="on")
    assert state(foul) == "removed"
    decision = DecisionRow.objects.get(comment_id=foul.pk)
    assert decision.measures == ["remove", "warn"]
    assert "It calls somebody a liar." in Statement.objects.get(pk=decision.pk).text


def test_a_form_sent_twice_decides_once(sit, foul, number):
    desk = sit()
    sent = {**filled(desk, number), "action": "remove"}
    for _time in range(2):
        assert desk.post(f"{CASES}{number}/decide/", sent).status_code == 302
    assert DecisionRow.objects.filter(comment_id=foul.pk).count() == 1


def test_the_words_that_are_typed_are_blacked_out_wherever_they_stand(sit, foul, number, reader):
    desk = sit()
    answer = press(desk, number, "redact", words="nobody asked me")
    assert answer.status_code == 409
    assert "doesn’t say “nobody asked me”" in text_of(answer) or "doesn&#x27;t say “nobody asked me”" in text_of(answer)
    press(desk, number, "redact", words="liar\nyou", clauses="PRIVACY")
    text = FOUL
    where = sorted([[text.index("liar"), text.index("liar") + 4], [text.index("you."), text.index("you.") + 3]])
    assert Comment.objects.get(pk=foul.pk).redactions == where


def test_warning_leaves_the_comment_as_it_is(sit, article, reader):
    comment = visible_comment(article, reader)
    desk = sit()
    number = int(desk.post(f"/editor/moderation/comments/{comment.pk}/open/").headers["Location"].split("/")[-2])
    press(desk, number, "warn")
    assert state(comment) == "visible"
    assert DecisionRow.objects.get(comment_id=comment.pk).measures == ["warn"]
    again = desk.post(f"/editor/moderation/comments/{comment.pk}/open/").headers["Location"]
    assert not again.endswith(f"/{number}/"), "a new case, since the old one is closed"


@pytest.mark.row("MOD-04")
def test_a_first_block_has_an_end_and_is_for_one_discussion_unless_said_otherwise(sit, foul, number, article, reader):
    desk = sit()
    press(desk, number, "block", scope="thread", days="3")
    assert may_post(reader.pk, "en", clock.now()) is None, "elsewhere the reader takes part"
    decision = DecisionRow.objects.get(comment_id=foul.pk)
    assert decision.measures == ["remove", "block"]
    assert decision.value["scope"] == article.pk
    assert decision.value["duration"]["ends"] is not None


@pytest.mark.row("MOD-04")
def test_the_second_block_is_told_of_before_it_is_confirmed(sit, foul, number, reader):
    decide(decision=make_decision(reader), now=clock.now())
    desk = sit()
    page = text_of(desk.get(f"{CASES}{number}/"))
    assert "second one that counts. It has no end, and nobody can lift it" in page
    answer = press(desk, number, "block", scope="all", days="")
    assert answer.status_code == 409
    assert "Tick the box" in text_of(answer)
    answer = press(desk, number, "block", scope="all", days="7", final="on")
    assert answer.status_code == 409
    assert state(foul) == "held"
    assert press(desk, number, "block", scope="all", days="", final="on").status_code == 302
    assert state(foul) == "removed"
    answer = desk.post(f"{CASES}{number}/undo/", follow=True)
    assert "second block counts" in text_of(answer)
    assert state(foul) == "removed", "nobody undoes it"


@pytest.mark.row("MOD-04")
def test_only_chiefs_delete_accounts(sit, foul, number, reader):
    desk = sit()
    assert "delete-account" not in text_of(desk.get(f"{CASES}{number}/"))
    assert press(desk, number, "delete-account").status_code == 409
    given_back = desk.post(f"{CASES}{number}/decide/", {"action": "release"})
    assert given_back.headers["Location"] == "/editor/moderation/", "it isn't given to the same person again at once"
    chief = sit(make_moderator(chief=True))
    assert press(chief, number, "delete-account").status_code == 302
    reader.refresh_from_db()
    assert not reader.is_active


@pytest.mark.row("MOD-03")
def test_the_statement_is_shown_before_anything_is_decided(sit, foul, number, reader):
    desk = sit()
    answer = desk.post(f"{CASES}{number}/decide/", {**filled(desk, number), "preview": "remove"})
    page = text_of(answer)
    assert "Nothing has been decided yet." in page
    assert "Statement of reasons" in page
    assert reader.public_id in page
    assert FOUL.split(",")[0].split()[-1] in page
    assert not DecisionRow.objects.filter(comment_id=foul.pk).exists()


def test_a_comment_changed_meanwhile_is_shown_anew(sit, foul, number, reader):
    desk = sit()
    sent = {**filled(desk, number), "action": "remove"}
    edit_comment(
        comment_id=foul.pk, author_id=reader.pk, text="You f**king liar, I say it again.", insists=True, now=clock.now()
    )
    assert desk.post(f"{CASES}{number}/stay/").json()["version"] == foul.version + 1
    answer = desk.post(f"{CASES}{number}/decide/", sent)
    assert answer.status_code == 409
    assert "I say it again" in text_of(answer)
    assert hidden(answer.content.decode(), "version") == str(foul.version + 1)
    assert state(foul) == "held"


def test_two_at_one_case_the_second_is_told(sit, foul, number, later):
    mine = make_moderator()
    claim(case_id=number, moderator_id=mine.reader_id, now=clock.now())
    other = sit()
    page = text_of(other.get(f"{CASES}{number}/"))
    assert "A colleague has it on the screen." in page
    assert other.post(f"{CASES}{number}/stay/").json()["mine"] is False
    assert press(other, number, "approve").status_code == 409
    later.pass_(seconds=CLAIMED_FOR.total_seconds() + 1)
    assert other.post(f"{CASES}{number}/stay/").json()["mine"] is True
    lost = sit(mine).post(f"{CASES}{number}/stay/").json()
    assert lost["mine"] is False
    assert "colleague" in lost["says"]


def test_skipping_asking_and_noting(sit, foul, number):
    me, you = make_moderator(), make_moderator()
    desk = sit(me)
    assert press(desk, number, "note", text="She was warned by phone.").status_code == 302
    assert "She was warned by phone." in text_of(desk.get(f"{CASES}{number}/"))
    assert press(desk, number, "ask", text="Is this irony?", colleague=str(you.reader_id)).status_code == 302
    assert Case.objects.get(pk=number).asked_id == you.reader_id
    page = text_of(sit(you).get(f"{CASES}{number}/"))
    assert "Is this irony?" in page
    assert "A colleague asks for your view." in page
    assert press(sit(you), number, "skip").status_code == 302
    assert press(sit(you), number, "note", text=" ").status_code == 409


def test_reports_stand_beside_the_comment_without_address(sit, article, reader):
    comment = visible_comment(article, reader)
    who = make_reader("watcher@mail.example", display_name="A Watcher")
    report_comment(
        comment_id=comment.pk, reporter_id=who.pk, clause="INSULT", facts="He means me.", edition_id=article.edition_id,
        now=clock.now(),
    )  # fmt: skip
    deliver_due()
    found = case_of_comment(comment.pk)
    assert found is not None
    page = text_of(sit().get(f"{CASES}{found.id}/"))
    assert "He means me." in page
    assert "A Watcher" in page
    assert "watcher@mail.example" not in page


def test_whatever_no_button_says_is_not_there(sit, number):
    desk = sit()
    assert desk.post(f"{CASES}{number}/decide/", {"action": "explode"}).status_code == 404
    assert desk.post(f"{CASES}{number}/decide/", {"preview": "explode"}).status_code == 404
    assert desk.get(f"{CASES}{number}/decide/").status_code == 405
    assert desk.get(f"{CASES}999999/").status_code == 404
    answer = desk.post(f"{CASES}{number}/decide/", {"action": "remove", "clauses": "NOSUCH", "facts": "x" * 3000})
    assert answer.status_code == 409


def test_a_comment_out_of_bounds_or_ones_own_cannot_be_opened(sit, article, reader):
    comment = visible_comment(article, reader)
    elsewhere = make_edition("fr", name="Le Littoral", at_root=False)
    outside = sit(make_moderator(editions=[elsewhere.pk]))
    assert outside.post(f"/editor/moderation/comments/{comment.pk}/open/").status_code == 404
    me = make_moderator()
    own = visible_comment(article, type(reader).objects.get(pk=me.reader_id))
    assert sit(me).post(f"/editor/moderation/comments/{own.pk}/open/").status_code == 404


def test_comments_of_readers_are_escaped(sit, article, reader):
    comment = visible_comment(article, reader, text='<script>alert(1)</script> <img src=x onerror="alert(2)">')
    desk = sit()
    page = desk.get(desk.post(f"/editor/moderation/comments/{comment.pk}/open/").headers["Location"]).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_next_case_is_claimed_for_ten_minutes(sit, number):
    desk = sit()
    desk.post("/editor/moderation/next/")
    row = Case.objects.get(pk=number)
    assert row.claimed_until is not None
    assert row.claimed_until - clock.now() > timedelta(minutes=9)
