"""Letters by form: verified, open once, answered by somebody else, and done where they are granted (MOD-05, 06, 07)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.kernel.personal_data import holdings
from broadsheet.moderation.actions.answer_letter import answer_letter
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.purge_letters import purge_letters
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.actions.verify_letter import confirm_letter, deny_letter, letters_behind
from broadsheet.moderation.models import DecisionRow, Letter, Sanction
from broadsheet.moderation.queries.audit import verify
from broadsheet.moderation.queries.letters import letter, letters_of, open_letters, waiting
from broadsheet.moderation.queries.sanctions import next_that_counts
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.readers.actions.account_mail import make_account_mail
from broadsheet.readers.queries.standing import may_post
from broadsheet.readers.rules.readable import LABELS, WORDS
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_actor, make_decision, visible_comment

pytestmark = [pytest.mark.row("MOD-05", "MOD-06", "MOD-07"), pytest.mark.django_db]
TOLD = "I was angry, and I take it back."


@pytest.fixture(autouse=True)
def _paper(article):
    pass


def write(reader, *, logged_in=True, asks="unlock_access", text=TOLD, puid="", user_id=None):
    written = Written(asks, user_id or reader.public_id, text, puid)
    return receive_letter(
        written=written, reader_id=reader.pk if logged_in else None, edition="en", language="en", now=clock.now()
    )


def block(reader, **fields):
    decision_id = decide(decision=make_decision(reader, now=clock.now(), **fields), now=clock.now())
    return DecisionRow.objects.get(pk=getattr(decision_id, "decision_id", decision_id))


def facts(name):
    return [row.payload for row in FactRecord.objects.filter(name=name).order_by("id")]


def due_mail(row):
    deliver_due()
    return make_account_mail(**{key: row[key] for key in ("purpose", "reader_id", "edition", "email_id")})


def token_of(reader):
    mail = due_mail([row for row in facts("AccountMailDue") if row["reader_id"] == reader.pk][-1])
    return mail.values["link"].rstrip("/").rpartition("/")[2]


def test_a_blocked_reader_writes_and_is_told_when_the_answer_comes(reader):
    row = block(reader)
    taken = write(reader)
    assert (taken.open, taken.added) == (True, False)
    assert taken.due_at - clock.now() > timedelta(days=13, hours=23)
    (found,) = open_letters()
    assert (found.reader_id, found.decision_id, found.first_decider_id) == (reader.pk, row.pk, row.actor_id)
    assert found.sanction_id == Sanction.objects.get().pk
    (told,) = facts("LetterArrived")
    assert (told["letter_id"], told["reader_id"], told["edition"]) == (found.id, reader.pk, "en")


def test_a_visitors_letter_waits_for_the_link_to_the_accounts_own_address(reader):
    block(reader)
    taken = write(reader, logged_in=False)
    assert not taken.open
    assert open_letters() == []
    assert facts("LetterArrived") == []
    mail = due_mail(facts("AccountMailDue")[-1])
    assert mail.address == reader.email
    token = mail.values["link"].rstrip("/").rpartition("/")[2]
    (waits,) = letters_behind(token)
    assert waits.text == TOLD
    opened = confirm_letter(token=token, letter_id=waits.id, now=clock.now())
    assert (opened.state, opened.sanction_id) == ("open", Sanction.objects.get().pk)
    with pytest.raises(Refused, match="once"):
        confirm_letter(token=token, letter_id=waits.id, now=clock.now())
    assert letters_behind(token) == []


def test_the_link_reaches_a_closed_account_and_no_unconfirmed_address(reader):
    block(reader, measures=(Measure.DELETE_ACCOUNT,))
    write(reader, logged_in=False, asks="restore_account")
    assert due_mail(facts("AccountMailDue")[-1]).address == reader.email
    stranger = make_reader("new@mail.example")
    stranger.emailaddress_set.update(verified=False)
    write(stranger, logged_in=False)
    assert due_mail(facts("AccountMailDue")[-1]) is None


def test_nothing_tells_whether_there_is_such_an_account(reader):
    there = write(reader, logged_in=False)
    nobody = write(reader, logged_in=False, user_id="ZZZZZZZZ22")
    assert (there.open, there.added) == (nobody.open, nobody.added)
    assert there.due_at - there.since == nobody.due_at - nobody.since
    assert [row["purpose"] for row in facts("AccountMailDue")] == ["letter-verify"] * 2
    assert due_mail(facts("AccountMailDue")[-1]) is None


def test_an_account_gets_three_links_a_day(reader):
    for _ in range(5):
        write(reader, logged_in=False)
    assert [row["reader_id"] for row in facts("AccountMailDue")] == [reader.pk] * 3 + [0] * 2


def test_a_link_confirms_no_other_accounts_letter_and_none_written_after_it(reader, later):
    other = make_reader()
    write(reader, logged_in=False)
    token = token_of(reader)
    write(other, logged_in=False)
    write(reader, logged_in=False, text="Somebody else wrote this in my name.")
    newest, others = Letter.objects.filter(reader=reader).last().pk, Letter.objects.get(reader=other).pk
    for number in (newest, others, 0):
        with pytest.raises(Refused):
            confirm_letter(token=token, letter_id=number, now=clock.now())
    with pytest.raises(Refused):
        confirm_letter(token=f"{token}x", letter_id=letters_behind(token)[0].id, now=clock.now())


def test_who_didnt_write_it_has_it_erased(reader):
    write(reader, logged_in=False)
    token = token_of(reader)
    deny_letter(token=token, letter_id=letters_behind(token)[0].id)
    assert not Letter.objects.exists()


def test_one_letter_is_open_about_a_sanction_and_more_is_added_to_it(reader):
    block(reader)
    write(reader)
    again = write(reader, text="And I have read the standards since.")
    assert again.added
    (found,) = open_letters()
    assert "read the standards" in found.text
    assert found.text.startswith(TOLD)
    assert len(facts("LetterArrived")) == 1
    row = Letter.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_granted_the_reader_takes_part_again_and_the_block_still_counts(reader):
    block(reader)
    write(reader)
    assert may_post(reader.pk, "en", clock.now()) is not None
    answer_letter(
        letter_id=open_letters()[0].id, by=make_actor(), granted=True, reason="You said sorry.", now=clock.now()
    )
    assert may_post(reader.pk, "en", clock.now()) is None
    assert Sanction.objects.get().state == "restored"
    assert next_that_counts(reader.pk) == 2
    assert facts("LetterAnswered")[-1]["granted"] is True
    assert verify().faults == ()


def test_granted_as_wrong_the_decision_never_was(reader):
    row = block(reader)
    write(reader)
    answer_letter(
        letter_id=open_letters()[0].id,
        by=make_actor(),
        granted=True,
        reason="It was satire.",
        now=clock.now(),
        as_wrong=True,
    )
    row.refresh_from_db()
    assert row.undone_for == "granted"
    assert next_that_counts(reader.pk) == 1


def test_a_comment_is_back_by_a_granted_letter(reader, article):
    comment = visible_comment(article, reader)
    row = block(reader, comment=comment, measures=(Measure.REMOVE,))
    write(reader, asks="comment", puid=row.statement.puid)
    (found,) = open_letters()
    assert (found.decision_id, found.sanction_id, found.comment_id) == (row.pk, None, comment.pk)
    answer_letter(letter_id=found.id, by=make_actor(), granted=True, reason="It was satire.", now=clock.now())
    comment.refresh_from_db()
    assert comment.state == "visible"


def test_whoever_decided_first_answers_nothing_nor_does_a_reader_or_the_writer(reader):
    actor = make_actor()
    block(reader, actor=actor)
    write(reader)
    number = open_letters()[0].id
    from broadsheet.moderation.rules.decisions import Actor, Role

    for by in (actor, Actor(make_reader().pk, Role.MODERATOR), Actor(reader.pk, Role.CHIEF)):
        for granted in (True, False):
            with pytest.raises(Refused):
                answer_letter(letter_id=number, by=by, granted=granted, reason="So.", now=clock.now())
    assert letter(number).state == "open"
    assert Sanction.objects.get().state == "running"


def test_after_the_second_block_nothing_can_be_granted_and_the_answer_says_so(reader):
    for _ in range(2):
        block(reader)
    write(reader)
    number, by = open_letters()[0].id, make_actor()
    for as_wrong in (False, True):
        with pytest.raises(Refused) as refused:
            answer_letter(letter_id=number, by=by, granted=True, reason="Sorry.", now=clock.now(), as_wrong=as_wrong)
        assert refused.value.refusal.code == "second-block"
    answer_letter(letter_id=number, by=by, granted=False, reason="It can't be.", now=clock.now())
    assert (letter(number).state, letter(number).final, letter(number).reason) == ("answered", True, "It can't be.")
    with pytest.raises(Refused, match="answered before"):
        answer_letter(letter_id=number, by=by, granted=False, reason="Once more.", now=clock.now())


def test_after_an_answer_another_letter_can_be_written(reader):
    block(reader)
    write(reader)
    answer_letter(letter_id=open_letters()[0].id, by=make_actor(), granted=False, reason="No.", now=clock.now())
    assert not write(reader).added
    assert [one.state for one in letters_of(reader.pk)] == ["open", "answered"]


def test_letters_end_but_never_an_open_one(reader, later):
    block(reader)
    write(reader)
    write(reader, logged_in=False)
    later.pass_(days=15)
    assert waiting(clock.now()).overdue == 1
    assert len(open_letters(now=clock.now())) == 1
    assert purge_letters(now=clock.now()) == 1  # the one that nobody confirmed
    later.pass_(days=400)
    assert purge_letters(now=clock.now()) == 0
    answer_letter(letter_id=open_letters()[0].id, by=make_actor(), granted=False, reason="No.", now=clock.now())
    later.pass_(days=185)
    assert purge_letters(now=clock.now()) == 1


def test_a_reader_is_shown_their_letters_and_they_are_erased_with_the_account(reader):
    block(reader)
    write(reader)
    (held,) = [holding for holding in holdings() if holding.name == "moderation.letters"]
    (row,) = held.rows(reader.pk)
    assert set(row) <= set(LABELS)
    assert row["asks_for"] in WORDS["asks_for"]
    assert {state for state, _name in Letter._meta.get_field("state").choices} == set(WORDS["letter_stands"])
    while held.erase(reader.pk):
        pass
    assert not Letter.objects.exists()
