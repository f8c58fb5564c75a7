"""What happens comes before those who moderate, in whichever order and however often it is heard (MOD-01)."""

import itertools
from datetime import timedelta

import pytest

from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.report_comment import report_comment
from broadsheet.discussion.actions.show_comment import show_comment
from broadsheet.discussion.actions.withdraw_comment import withdraw_comment
from broadsheet.discussion.facts import FlashMobSeen
from broadsheet.kernel import clock
from broadsheet.kernel.models import Delivery, FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.kernel.personal_data import holdings
from broadsheet.moderation.actions.annul import ask_annulment, confirm_annulment
from broadsheet.moderation.actions.case_decisions import approve_case, note_case, remove_case
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.erase_cases import erase_cases
from broadsheet.moderation.actions.keep_case import keep_case
from broadsheet.moderation.actions.open_many import open_mob
from broadsheet.moderation.actions.place_cases import place_cases
from broadsheet.moderation.handlers.cases import see_mob
from broadsheet.moderation.models import Case, CaseComment, CaseNote, Sanction
from broadsheet.moderation.queries.case_details import reasons_in_words
from broadsheet.moderation.queries.cases import EVERYTHING, case_of_comment, queue_page
from broadsheet.moderation.rules.decisions import Role
from broadsheet.moderation.rules.priority import NOTICE, WORST, uncertainty
from broadsheet.readers.rules.readable import LABELS, WORDS
from tests.factories.accounts import make_reader
from tests.factories.cases import BASIS, make_case, make_moderator
from tests.factories.discussion import FOUL, make_comment
from tests.factories.moderation import make_actor, make_decision

TONIGHT = "I have the pills. I'm going to kill myself tonight."
pytestmark = [pytest.mark.row("MOD-01"), pytest.mark.django_db]


def kinds() -> list[str]:
    return sorted(Case.objects.filter(state="open").values_list("kind", flat=True))


def report(comment, reader, clause="INSULT"):
    return report_comment(
        comment_id=comment.pk, reporter_id=reader.pk, clause=clause, facts="It calls him names.",
        edition_id=comment.thread.edition_id, now=clock.now(),
    )  # fmt: skip


def test_a_held_comment_is_a_case_and_a_plain_one_is_none(article, reader):
    make_comment(article, reader)
    held = make_comment(article, text=FOUL)
    deliver_due()
    assert kinds() == ["held"]
    found = case_of_comment(held.pk)
    assert found.section_id == held.thread.section_id
    assert found.reader_id == held.author_id
    assert found.language == held.language
    assert any("judge" in sentence for sentence in reasons_in_words(found))


def test_the_queue_is_not_owed_a_comment_that_needs_nobody(article, reader):
    deliver_due()

    def owed(comment) -> set[str]:
        rows = Delivery.objects.filter(fact__payload__comment_id=comment.pk)
        return {path.rpartition(".")[2] for path in rows.values_list("handler", flat=True)}

    assert "look_at" not in owed(make_comment(article, reader))
    held = owed(make_comment(article, text=FOUL))
    assert "look_at" in held
    assert "see_flood" not in held


def test_somebody_in_danger_comes_before_the_worst_of_other_cases(article):
    needy = make_comment(article, text=TONIGHT)
    notice = make_case(needy.thread.edition_id, harm=WORST * NOTICE, uncertain=uncertainty(0.5))
    deliver_due()
    first, second = queue_page(EVERYTHING, scope=make_moderator()).cases
    assert (first.comment_id, second.id) == (needy.pk, notice)
    assert reasons_in_words(first)[0] == "Somebody may be in danger."


def test_a_comment_reported_by_many_is_one_case_and_more_urgent(article, reader):
    comment = make_comment(article, reader)
    deliver_due()
    places = []
    for _number in range(3):
        report(comment, make_reader())
        deliver_due()
        places.append(case_of_comment(comment.pk).priority)
    assert kinds() == ["reported"]
    assert places == sorted(places)
    assert any("3 readers" in sentence for sentence in reasons_in_words(case_of_comment(comment.pk)))


def test_reports_are_answered_with_the_decision(article, reader):
    comment, me = make_comment(article, reader), make_moderator()
    report(comment, make_reader())
    deliver_due()
    approve_case(case_id=case_of_comment(comment.pk).id, by=me.actor, version=1, now=clock.now())
    told = FactRecord.objects.get(name="ReportAnswered").payload
    assert (told["comment_id"], told["upheld"], told["edition"]) == (comment.pk, False, "en")
    deliver_due()
    assert kinds() == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_whichever_is_heard_first_the_queue_comes_to_the_same(article, reader, order):
    comment = make_comment(article, reader, text=FOUL)
    me = make_moderator()
    heard = [lambda: keep_case(comment_id=comment.pk, now=clock.now()) for _time in range(3)]
    for place in order:
        heard[place]()
        heard[place]()
    assert kinds() == ["held"]
    remove_case(case_id=case_of_comment(comment.pk).id, by=me.actor, basis=BASIS, version=1, now=clock.now())
    for place in order:
        heard[place]()
    assert kinds() == []


@pytest.mark.parametrize("end", ["withdrawn", "removed", "shown", "mended"])
def test_a_case_is_dropped_when_nobody_is_needed_any_more(article, reader, end):
    comment = make_comment(article, reader, text=FOUL)
    deliver_due()
    if end == "withdrawn":
        withdraw_comment(author_id=reader.pk, comment_id=comment.pk)
    elif end == "removed":
        remove_comment(comment_id=comment.pk)
    else:
        if end == "mended":
            edit_comment(author_id=reader.pk, comment_id=comment.pk, text="I disagree.", now=clock.now())
        show_comment(comment_id=comment.pk)
    deliver_due()
    left = case_of_comment(comment.pk)
    # What was shown without a decision about this text keeps its mark: somebody looks at it once.
    assert (left.kind if left else None) == ("flagged" if end == "shown" else None)


def test_a_notice_of_illegal_content_is_answered_by_a_person_also_when_the_comment_is_gone(article, reader):
    from broadsheet.discussion.actions.report_comment import Notice

    comment = make_comment(article, reader)
    report_comment(
        comment_id=comment.pk, reporter_id=None, clause="LAW", facts="It breaks section 5 of the press law, since it names a child.",
        notice=Notice(name="Ada Brook", email="ada@mail.example", good_faith=True), edition_id=article.edition_id, now=clock.now(),
    )  # fmt: skip
    deliver_due()
    assert kinds() == ["notice"]
    withdraw_comment(author_id=reader.pk, comment_id=comment.pk)
    deliver_due()
    assert kinds() == ["notice"]


def test_a_mob_is_one_case_whatever_was_heard_first(article):
    comments = [make_comment(article, text=FOUL) for _number in range(3)]
    deliver_due()
    Case.objects.all().delete()
    seen = FlashMobSeen(
        mob_id=7, comment_ids=tuple(one.pk for one in comments), thread_ids=(article.pk,), at=clock.now()
    )
    keep_case(comment_id=comments[0].pk, now=clock.now())
    see_mob(seen)
    keep_case(comment_id=comments[1].pk, now=clock.now())
    see_mob(seen)
    assert kinds() == ["mob"]
    assert CaseComment.objects.count() == 3
    page = queue_page(EVERYTHING, scope=make_moderator())
    assert [one.kind for one in page.cases] == ["mob"]


def test_a_flood_is_one_case(article, reader, later):
    from broadsheet.moderation.actions.open_many import open_flood

    comments = []
    for _number in range(4):
        later.pass_(seconds=20)
        comments.append(make_comment(article, reader))
    open_flood(author_id=reader.pk, comment_id=comments[-1].pk, now=clock.now())
    open_flood(author_id=reader.pk, comment_id=comments[-1].pk, now=clock.now())
    assert kinds() == ["flood"]
    assert CaseComment.objects.count() == 4
    assert Case.objects.get().reader_id == reader.pk


@pytest.mark.row("MOD-06")
def test_an_annulment_waits_for_another_chief(article, reader, later):
    first, second = make_moderator(chief=True), make_moderator(chief=True)
    decide(decision=make_decision(reader, actor=make_actor()), now=clock.now())
    sanction = Sanction.objects.get()
    asked = ask_annulment(sanction_id=sanction.pk, by=first.actor, reason="A namesake did it.", now=clock.now())
    deliver_due()
    assert kinds() == ["account"]
    assert [one.kind for one in queue_page(EVERYTHING, scope=second).cases] == ["account"]
    assert queue_page(EVERYTHING, scope=make_moderator()).cases == ()
    assert Case.objects.get().first_decider_id == first.reader_id
    confirm_annulment(annulment_id=asked, by=second.actor, now=clock.now())
    deliver_due()
    assert kinds() == []
    assert second.role == Role.CHIEF


def test_an_open_mob_takes_no_comment_that_was_decided(article):
    comments = [make_comment(article) for _number in range(2)]
    number = open_mob(mob_id=3, comment_ids=[one.pk for one in comments], now=clock.now())
    made = decide(decision=make_decision(comments[0].author, comments[0]), now=clock.now())
    CaseComment.objects.filter(case_id=number, comment_id=comments[0].pk).update(
        decision_id=made.decision_id, done_at=clock.now()
    )
    Case.objects.filter(pk=number).update(state="decided", outcome="removed", closed_at=clock.now())
    other = open_mob(mob_id=3, comment_ids=[one.pk for one in comments], now=clock.now())
    assert list(CaseComment.objects.filter(case_id=other).values_list("comment_id", flat=True)) == [comments[1].pk]


@pytest.mark.row("ACC-07", "ACC-10")
def test_an_erased_account_is_in_no_case_and_what_is_shown_of_cases_is_in_words(article, reader):
    comment = make_comment(article, reader, text=FOUL)
    deliver_due()
    me = make_moderator()
    number = case_of_comment(comment.pk).id
    note_case(case_id=number, by=me.actor, text="Ines again.", now=clock.now())
    (holding,) = [one for one in holdings() if one.name == "moderation.cases"]
    for row in holding.rows(reader.pk):
        assert set(row) <= set(LABELS)
        assert row["case_about"] in WORDS["case_about"]
        assert row["case_stands"] in WORDS["case_stands"]
    withdraw_comment(author_id=reader.pk, comment_id=comment.pk)
    while erase_cases(reader_id=reader.pk, now=clock.now()):
        pass
    assert not CaseNote.objects.exists()
    assert not Case.objects.filter(reader_id=reader.pk).exists()
    assert kinds() == []


def test_how_lively_the_thread_is_raises_what_can_be_read_and_not_what_is_hidden(article, reader, later):
    comment = make_comment(article, reader)
    deliver_due()
    later.pass_(hours=2)
    report(comment, make_reader())
    deliver_due()
    quiet = case_of_comment(comment.pk).priority
    for _number in range(5):
        make_comment(article)
    keep_case(comment_id=comment.pk, now=clock.now() + timedelta(seconds=1))
    assert case_of_comment(comment.pk).priority > quiet


def test_cases_get_another_place_as_their_thread_becomes_lively_and_quiet_again(article, reader, later):
    comment = make_comment(article, reader)
    deliver_due()
    later.pass_(hours=2)
    report(comment, make_reader())
    deliver_due()
    places = [case_of_comment(comment.pk).priority]
    for _number in range(5):
        make_comment(article)
    assert place_cases(now=clock.now()) == 1
    assert place_cases(now=clock.now()) == 0
    places.append(case_of_comment(comment.pk).priority)
    later.pass_(minutes=31)
    assert place_cases(now=clock.now()) == 1
    places.append(case_of_comment(comment.pk).priority)
    assert places[1] > places[0] == pytest.approx(places[2], rel=1e-3)
