"""Granting, annulling, carrying over: how sanctions end, and how they don't (MOD-06, MOD-08)."""

import pytest
from django.db import IntegrityError, transaction

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.annul import ask_annulment, confirm_annulment
from broadsheet.moderation.actions.carry_over import carry_over
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.grant import grant
from broadsheet.moderation.actions.purge import purge
from broadsheet.moderation.models import Annulment, Mark, Sanction, Statement
from broadsheet.moderation.queries.audit import verify
from broadsheet.moderation.queries.sanctions import is_out_for_good, next_that_counts, sanctions_of
from broadsheet.moderation.rules.decisions import Actor, Measure, Role
from broadsheet.readers.actions.confirm_address import confirm_address
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_due
from broadsheet.readers.actions.register import register
from broadsheet.readers.models import Kept, Reader
from broadsheet.readers.queries.standing import may_post
from tests.factories.moderation import make_actor, make_decision

pytestmark = [pytest.mark.row("MOD-06", "MOD-08"), pytest.mark.django_db]


def block(reader: Reader, **fields) -> Sanction:
    made = decide(decision=make_decision(reader, now=clock.now(), **fields), now=clock.now())
    return Sanction.objects.filter(decision_id=made.decision_id).latest("pk")


def refused(code: str, call) -> None:
    with pytest.raises(Refused) as found:
        call()
    assert found.value.refusal.code == code


def annul(sanction: Sanction) -> None:
    number = ask_annulment(sanction_id=sanction.pk, by=make_actor(), reason="It was another reader.", now=clock.now())
    confirm_annulment(annulment_id=number, by=make_actor(Role.CHIEF), now=clock.now())


def registers_again(email: str) -> Reader:
    made = register(
        email=email, display_name="Tom Wharf", password_hash="!", edition="en", language="en", now=clock.now()
    )
    assert made is not None
    confirm_address(address_id=made.emailaddress_set.get().pk, edition="en", now=clock.now())
    deliver_due()
    return Reader.objects.get(pk=made.pk)


def leaves(reader: Reader, later) -> None:
    delete_account(reader_id=reader.pk, edition="en", now=clock.now())
    later.pass_(days=30)
    assert erase_due(now=clock.now()) == 1


@pytest.mark.usefixtures("article")
def test_a_granted_letter_restores_by_another_person_and_the_block_still_counts(reader):
    actor = make_actor()
    sanction = block(reader, actor=actor)
    refused("first-decider", lambda: grant(sanction_id=sanction.pk, by=actor, now=clock.now()))
    grant(sanction_id=sanction.pk, by=make_actor(), now=clock.now())
    assert may_post(reader.pk, "en", clock.now()) is None
    assert next_that_counts(reader.pk) == 2
    refused("not-running", lambda: grant(sanction_id=sanction.pk, by=make_actor(), now=clock.now()))


@pytest.mark.usefixtures("article")
def test_a_closed_account_comes_back_as_it_was(reader):
    sanction = block(reader, measures=(Measure.DELETE_ACCOUNT,))
    assert not Reader.objects.get(pk=reader.pk).is_active
    grant(sanction_id=sanction.pk, by=make_actor(), now=clock.now())
    back = Reader.objects.get(pk=reader.pk)
    assert back.is_active
    assert may_post(reader.pk, "en", clock.now()) is None


@pytest.mark.usefixtures("article")
def test_after_the_second_nobody_restores_and_two_persons_annul(reader):
    first, second = block(reader), block(reader)
    assert is_out_for_good(reader.pk)
    chief = make_actor(Role.CHIEF)
    for sanction in (first, second):
        refused("second-block", lambda one=sanction: grant(sanction_id=one.pk, by=chief, now=clock.now()))
    number = ask_annulment(sanction_id=first.pk, by=chief, reason="It was another reader.", now=clock.now())
    refused("annulment-asked", lambda: ask_annulment(sanction_id=first.pk, by=chief, reason="x", now=clock.now()))
    refused(
        "same-person",
        lambda: confirm_annulment(annulment_id=number, by=Actor(chief.reader_id, Role.MODERATOR), now=clock.now()),
    )
    assert is_out_for_good(reader.pk)
    confirm_annulment(annulment_id=number, by=make_actor(), now=clock.now())
    assert not is_out_for_good(reader.pk)
    assert [(one.state, one.ordinal) for one in sanctions_of(reader.pk)] == [("running", 1), ("annulled", 0)]
    assert may_post(reader.pk, "en", clock.now()) is not None, "the other one still runs"
    grant(sanction_id=second.pk, by=make_actor(), now=clock.now())
    assert may_post(reader.pk, "en", clock.now()) is None


@pytest.mark.usefixtures("article")
def test_an_annulment_needs_a_reason_a_chief_and_something_that_counts(reader):
    sanction = block(reader)
    refused("no-reason", lambda: ask_annulment(sanction_id=sanction.pk, by=make_actor(), reason=" ", now=clock.now()))
    number = ask_annulment(sanction_id=sanction.pk, by=make_actor(), reason="Wrong.", now=clock.now())
    refused("no-chief", lambda: confirm_annulment(annulment_id=number, by=make_actor(), now=clock.now()))
    refused("nothing-to-annul", lambda: confirm_annulment(annulment_id=10**6, by=make_actor(), now=clock.now()))
    confirm_annulment(annulment_id=number, by=make_actor(Role.CHIEF), now=clock.now())
    refused(
        "nothing-to-annul", lambda: ask_annulment(sanction_id=sanction.pk, by=make_actor(), reason="x", now=clock.now())
    )


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize(
    "change",
    [{"state": "restored", "ended_at": "now"}, {"state": "expired", "ends": "now", "ended_at": "now"}, {"ends": "now"},
     {"final": False}, {"ordinal": 1}, {"state": "annulled", "counts": False, "ordinal": None, "final": False, "ended_at": "now"},
     {"state": "annulled", "counts": False, "ordinal": None, "final": False, "ended_at": "now", "annulled_by_first": 5,
      "annulled_by_second": 5}, {"counts": False}, {"thread_id": 5}],
)  # fmt: skip
def test_the_database_itself_keeps_the_second_from_ending(reader, later, change):
    block(reader)
    second = block(reader)
    later.pass_(hours=1)
    values = {name: clock.now() if value == "now" else value for name, value in change.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.filter(pk=second.pk).update(**values)


@pytest.mark.usefixtures("article")
def test_the_database_itself_wants_two_persons_for_an_annulment(reader):
    sanction = block(reader)
    number = ask_annulment(sanction_id=sanction.pk, by=make_actor(), reason="Wrong.", now=clock.now())
    asked = Annulment.objects.get(pk=number)
    with pytest.raises(IntegrityError), transaction.atomic():
        Annulment.objects.filter(pk=number).update(confirmed_by=asked.asked_by, confirmed_at=clock.now())


@pytest.mark.usefixtures("article")
def test_who_registers_anew_is_blocked_as_before_and_the_next_is_the_second(reader, later):
    block(reader)
    leaves(reader, later)
    again = registers_again("ines@mail.example")
    assert again.pk != reader.pk
    assert may_post(again.pk, "en", clock.now()) is not None
    assert next_that_counts(again.pk) == 2
    second = block(again)
    assert second.final
    later.pass_(days=1)
    leaves(again, later)
    third = registers_again("ines@mail.example")
    assert is_out_for_good(third.pk)


@pytest.mark.usefixtures("article")
def test_what_was_lifted_in_the_new_account_stays_lifted(reader, later):
    block(reader)
    leaves(reader, later)
    again = registers_again("ines@mail.example")
    annul(Sanction.objects.get(reader=again))
    assert may_post(again.pk, "en", clock.now()) is None
    assert carry_over(reader_id=again.pk, now=clock.now()) == 0
    assert not Mark.objects.exists()
    assert not Kept.objects.exists()
    leaves(again, later)
    assert may_post(registers_again("ines@mail.example").pk, "en", clock.now()) is None


@pytest.mark.usefixtures("article")
def test_what_is_annulled_after_the_account_was_erased_leaves_whoever_registers_free(reader, later):
    sanction = block(reader)
    leaves(reader, later)
    assert Kept.objects.exists()
    annul(sanction)
    assert not Kept.objects.exists()
    assert may_post(registers_again("ines@mail.example").pk, "en", clock.now()) is None


@pytest.mark.usefixtures("article")
def test_what_is_granted_after_the_account_was_erased_holds_in_the_new_one_and_counts(reader, later):
    sanction = block(reader)
    leaves(reader, later)
    grant(sanction_id=sanction.pk, by=make_actor(), now=clock.now())
    again = registers_again("ines@mail.example")
    assert may_post(again.pk, "en", clock.now()) is None
    assert next_that_counts(again.pk) == 2


@pytest.mark.usefixtures("article")
def test_a_former_address_recognises_its_owner_too_and_a_stranger_is_left_alone(reader):
    block(reader)
    stranger = registers_again("tom@mail.example")
    assert may_post(stranger.pk, "en", clock.now()) is None
    address = reader.emailaddress_set.create(email="ines@other.example")
    confirm_address(address_id=address.pk, edition="en", now=clock.now())
    deliver_due()
    again = registers_again("ines@mail.example")
    assert may_post(again.pk, "en", clock.now()) is not None


@pytest.mark.row("STD-01")
@pytest.mark.usefixtures("article")
def test_two_firsts_that_meet_make_no_second_by_themselves_and_the_next_is_one(reader, later):
    other = registers_again("tom@mail.example")
    block(reader, days=1)
    block(other, days=1)
    leaves(reader, later)
    address = other.emailaddress_set.create(email="ines@mail.example")
    confirm_address(address_id=address.pk, edition="en", now=clock.now())
    deliver_due()
    assert may_post(other.pk, "en", clock.now()) is None
    assert not is_out_for_good(other.pk)
    assert FactRecord.objects.filter(name="SamePersonSeen").count() == 1
    assert block(other).final


@pytest.mark.usefixtures("article")
def test_who_decided_first_grants_no_letter_in_the_next_account_either(reader, later):
    actor = make_actor()
    block(reader, actor=actor)
    leaves(reader, later)
    again = registers_again("ines@mail.example")
    copy = Sanction.objects.get(reader=again)
    refused("first-decider", lambda: grant(sanction_id=copy.pk, by=actor, now=clock.now()))
    grant(sanction_id=copy.pk, by=make_actor(), now=clock.now())
    assert {one.state for one in Sanction.objects.all()} == {"restored"}


@pytest.mark.usefixtures("article")
def test_marks_and_words_go_at_their_end_and_the_log_stays_whole(reader, later):
    made = decide(decision=make_decision(reader, days=1, now=clock.now()), now=clock.now())
    leaves(reader, later)
    assert "calls the mayor a fool" in Statement.objects.get(pk=made.decision_id).text, "it can still be contested"
    later.pass_(days=154)
    purge(now=clock.now())
    row = Statement.objects.get(pk=made.decision_id)
    assert (row.text, row.html, row.decision.value) == ("", "", {})
    assert row.dsa is not None
    assert Mark.objects.exists()
    assert verify().faults == ()
    later.pass_(days=730)
    purge(now=clock.now())
    assert not Mark.objects.exists()
