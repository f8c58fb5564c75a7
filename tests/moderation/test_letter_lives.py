"""Whatever is written, confirmed, decided and answered in whatever order: a machine tries to get a letter past its rules.

It knows of each letter who is known to have written it, apart from the database, and compares after each step.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.moderation.actions.answer_letter import answer_letter
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.expire_due import expire_due
from broadsheet.moderation.actions.purge_letters import purge_letters
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.actions.receive_mail import receive_mail
from broadsheet.moderation.actions.verify_letter import confirm_letter, deny_letter, letters_behind
from broadsheet.moderation.engines.mail_text import read_mail
from broadsheet.moderation.models import Letter, Sanction
from broadsheet.moderation.queries.audit import verify
from broadsheet.moderation.queries.letters import deciders_of
from broadsheet.moderation.queries.sanctions import is_out_for_good
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.readers.actions.account_mail import make_account_mail
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_actor, make_decision

pytestmark = [pytest.mark.row("MOD-05", "MOD-06"), pytest.mark.django_db, pytest.mark.usefixtures("article")]
WHO, STAFF = st.sampled_from([0, 1]), st.sampled_from([0, 1, 2])
ASKS = st.sampled_from(["restore_account", "unlock_access", "comment"])
PARTS = st.sets(st.sampled_from(["subject", "user_id", "explanation"]), min_size=1)
SPANS = st.sampled_from(
    [timedelta(hours=1), timedelta(days=1), timedelta(days=8), timedelta(days=31), timedelta(days=185)]
)


class Hands:
    """A clock that moves when the machine says so, and not by itself."""

    def __init__(self) -> None:
        self.base, self.ahead = clock.now(), timedelta(0)


class Letters(RuleBasedStateMachine):
    """Two readers, and a newsroom of three."""

    hands: Any

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        forget_editions()
        self.hands.ahead = timedelta(0)
        self.readers = [make_reader("ann@mail.example"), make_reader("ben@mail.example")]
        self.staff = [make_actor(), make_actor(), make_actor()]
        self.written = 0
        self.known: dict[str, int] = {}  # words of letters whose writer is known → the account
        self.tokens: list[tuple[int, str]] = []

    def teardown(self) -> None:
        assert verify().faults == ()
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)
        forget_editions()

    def words(self) -> str:
        self.written += 1
        return f"These are the words of letter number {self.written} exactly"

    @rule(who=WHO, by=STAFF, days=st.sampled_from([None, 2]), closes=st.booleans())
    def is_decided_about(self, who: int, by: int, days: int | None, closes: bool) -> None:
        measures = (Measure.DELETE_ACCOUNT,) if closes else (Measure.BLOCK,)
        days = None if closes or is_out_for_good(self.readers[who].pk) else days
        try:
            decide(decision=make_decision(self.readers[who], measures=measures, days=days, now=clock.now(), actor=self.staff[by]),
                   now=clock.now())  # fmt: skip
        except Refused as refused:
            assert refused.refusal.code == "second-has-no-end"

    @rule(who=WHO, named=WHO, asks=ASKS, logged_in=st.booleans())
    def writes_by_form(self, who: int, named: int, asks: str, logged_in: bool) -> None:
        text = self.words()
        user_id = self.readers[who if logged_in else named].public_id
        taken = receive_letter(
            written=Written(asks, user_id, text), reader_id=self.readers[who].pk if logged_in else None, edition="en",
            language="en", now=clock.now(),
        )  # fmt: skip
        assert taken.open == logged_in
        if logged_in:
            self.known[text] = self.readers[who].pk

    @rule(who=WHO, named=WHO, parts=PARTS)
    def writes_by_mail(self, who: int, named: int, parts: set[str]) -> None:
        text = self.words()
        body = f"{text if 'explanation' in parts else ''}\n"
        body += f"User ID: {self.readers[named].public_id}\n" if "user_id" in parts else ""
        subject = "Unlock access" if "subject" in parts else "Hello"
        raw = (
            f"From: {self.readers[who].email}\nMessage-ID: <{self.written}@mail.example>\nSubject: {subject}\n\n{body}"
        )
        before = set(Letter.objects.filter(state="incomplete").values_list("pk", "text"))
        outcome = receive_mail(mail=read_mail(raw.encode()), now=clock.now())
        assert receive_mail(mail=read_mail(raw.encode()), now=clock.now()) == outcome, "a mail counts once"
        if len(parts) == 3 and not before:
            assert outcome == ("open" if who == named else "waiting")
        if outcome == "open":
            for _number, earlier in before:
                self.known.update(dict.fromkeys(self.sentences(earlier), self.readers[who].pk))
            self.known[text] = self.readers[who].pk

    @rule(who=WHO)
    def asks_for_the_link(self, who: int) -> None:
        mail = make_account_mail(purpose="letter-verify", reader_id=self.readers[who].pk, edition="en")
        waits = Letter.objects.filter(reader=self.readers[who], state="waiting_verification").exists()
        assert (mail is not None) == waits
        if mail is not None:
            assert mail.address == self.readers[who].email
            self.tokens.append((who, mail.values["link"].rstrip("/").rpartition("/")[2]))

    @rule(data=st.data(), mine=st.booleans())
    def opens_a_link(self, data: st.DataObject, mine: bool) -> None:
        if not self.tokens:
            return
        who, token = data.draw(st.sampled_from(self.tokens))
        numbers = list(Letter.objects.values_list("pk", flat=True)) or [1]
        number = data.draw(st.sampled_from(numbers))
        row = Letter.objects.filter(pk=number).first()
        behind = {one.id for one in letters_behind(token)}
        try:
            if mine:
                confirm_letter(token=token, letter_id=number, now=clock.now())
            else:
                deny_letter(token=token, letter_id=number)
        except Refused:
            assert number not in behind
            return
        assert number in behind
        assert row is not None
        assert row.reader_id == self.readers[who].pk
        if mine:
            self.known.update(dict.fromkeys(self.sentences(row.text), self.readers[who].pk))

    @rule(data=st.data(), by=STAFF, granted=st.booleans(), as_wrong=st.booleans())
    def is_answered(self, data: st.DataObject, by: int, granted: bool, as_wrong: bool) -> None:
        numbers = list(Letter.objects.exclude(state="message").values_list("pk", flat=True))
        if not numbers:
            return
        row = Letter.objects.get(pk=data.draw(st.sampled_from(numbers)))
        first, out = deciders_of(row), is_out_for_good(row.reader_id or 0)
        running = Sanction.objects.filter(state="running", final=True).count()
        actor = self.staff[by]
        try:
            answer_letter(letter_id=row.pk, by=actor, granted=granted, reason="So.", now=clock.now(), as_wrong=as_wrong)
        except Refused:
            assert row.state != "open" or actor.reader_id in first or granted, "a letter can always be refused"
            return
        assert row.state == "open"
        assert actor.reader_id not in first
        if granted and row.sanction_id is not None and row.sanction.thread_id is None:
            assert not out, "after the second block nobody restores"
        assert Sanction.objects.filter(state="running", final=True).count() == running

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self.hands.ahead += span

    @rule()
    def jobs_run(self) -> None:
        waits = Letter.objects.filter(state="open").count()
        purge_letters(now=clock.now())
        expire_due(now=clock.now())
        assert Letter.objects.filter(state="open").count() == waits

    @staticmethod
    def sentences(text: str) -> list[str]:
        return [line for line in text.split("\n") if line.startswith("These are the words")]

    @invariant()
    def nobody_decides_about_a_letter_whose_writer_isnt_known(self) -> None:
        for row in Letter.objects.filter(state__in=["open", "answered"]):
            said = self.sentences(row.text)
            assert said
            assert {self.known.get(one) for one in said} == {row.reader_id}

    @invariant()
    def one_letter_is_open_about_a_sanction_and_each_was_announced_once(self) -> None:
        rows = Letter.objects.filter(state="open")
        about = [(row.reader_id, row.sanction_id, row.decision_id if row.sanction_id is None else None) for row in rows]
        assert len(set(about)) == len(about)
        told = [fact.payload["letter_id"] for fact in FactRecord.objects.filter(name="LetterArrived")]
        assert len(set(told)) == len(told)
        assert set(Letter.objects.filter(verified_at__isnull=False).values_list("pk", flat=True)) <= set(told)


def run(monkeypatch: pytest.MonkeyPatch, examples: int, steps: int) -> None:
    hands = Letters.hands = Hands()
    monkeypatch.setattr(clock, "now", lambda: hands.base + hands.ahead)
    run_state_machine_as_test(
        Letters, settings=hypothesis_settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    )


def test_no_letter_gets_past_its_rules(monkeypatch):
    run(monkeypatch, 8, 40)


@pytest.mark.slow
def test_no_letter_gets_past_its_rules_for_long(monkeypatch):
    run(monkeypatch, 200, 60)
