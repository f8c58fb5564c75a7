"""Whatever moderators do in whatever order, each gets the first case that they may have, and no two have the same: a
machine tries. It knows the cases apart from the database, and compares after each step."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.case_decisions import approve_case, ask_case, remove_case, undo_case
from broadsheet.moderation.actions.claim_case import claim, claim_next, let_go, release, skip
from broadsheet.moderation.actions.open_case import open_case
from broadsheet.moderation.conf import CLAIMED_FOR
from broadsheet.moderation.models import Case
from broadsheet.moderation.queries.cases import EVERYTHING, queue_page
from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.queries.editions import forget_editions
from tests.factories.accounts import make_reader
from tests.factories.cases import BASIS, make_moderator
from tests.factories.moderation import visible_comment

pytestmark = [pytest.mark.row("MOD-01", "MOD-12"), pytest.mark.django_db]
WHO = st.integers(0, 3)
WHICH = st.integers(0, 99)
PLACES = st.sampled_from([1, 2])


@dataclass
class Known:
    """A case as the machine knows it."""

    harm: float
    section: int
    chiefs_only: bool
    first: int | None
    about: int
    is_open: bool = True
    holder: int | None = None
    until: datetime | None = None
    asked: int | None = None
    skipped: set[int] = field(default_factory=set)


class Queue(RuleBasedStateMachine):
    """Four who moderate: everywhere, in the first section alone, a chief, and one who is written about, too."""

    now: datetime

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    @initialize()
    def people(self) -> None:
        self.now = clock.now()
        self.article = ArticlePage.objects.first()
        self.author = make_reader()
        self.moderators = [make_moderator(), make_moderator(sections=[1]), make_moderator(chief=True), make_moderator()]
        self.cases: dict[int, Known] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        forget_editions()

    # What may be.

    def may(self, who: int, known: Known) -> bool:
        scope = self.moderators[who]
        bounds = scope.everywhere or known.section in scope.section_ids
        return known.is_open and bounds and (scope.is_chief or not known.chiefs_only) and known.about != scope.reader_id

    def free(self, who: int, known: Known) -> bool:
        return known.holder in {None, who} or known.until is None or known.until <= self.now

    def holds(self, who: int, known: Known) -> bool:
        return known.holder == who and known.until is not None and self.now < known.until

    def pick(self, which: int) -> int:
        return sorted(self.cases)[which % len(self.cases)]

    def take(self, who: int, number: int) -> None:
        self.cases[number].holder, self.cases[number].until = who, self.now + CLAIMED_FOR

    # What happens.

    @rule(harm=st.sampled_from([2.0, 5.0, 5.0, 80.0]), section=PLACES, chiefs=st.booleans(), first=st.none() | WHO,
          about_last=st.booleans())  # fmt: skip
    def something_comes(self, harm: float, section: int, chiefs: bool, first: int | None, about_last: bool) -> None:
        author = self.moderators[3].reader_id if about_last else self.author.pk
        comment = visible_comment(self.article, make_reader() if not about_last else self.reader(author))
        number = open_case(
            kind="ask", subject_id=comment.pk, comment_id=comment.pk, edition_id=self.article.edition_id,
            section_id=section, reader_id=comment.author_id, harm=harm, reasons=[{"code": "asked"}], hidden=True,
            chiefs_only=chiefs, first_decider=self.moderators[first].reader_id if first is not None else None, now=self.now,
        )  # fmt: skip
        self.cases[number] = Known(harm, section, chiefs, first, comment.author_id)

    def reader(self, number: int):
        from broadsheet.readers.models import Reader

        return Reader.objects.get(pk=number)

    @rule(who=WHO)
    def somebody_asks_for_the_next(self, who: int) -> None:
        given = claim_next(moderator_id=self.moderators[who].reader_id, wanted=EVERYTHING, now=self.now)
        own = [number for number, known in self.cases.items() if self.holds(who, known) and self.may(who, known)]
        if own:
            assert given in own
        else:
            fit = [
                (-known.harm, number) for number, known in self.cases.items()
                if self.may(who, known) and self.free(who, known) and who not in known.skipped and known.first != who
                and known.asked in {None, who}
            ]  # fmt: skip
            assert given == (min(fit)[1] if fit else None)
        if given is not None:
            self.take(who, given)

    @precondition(lambda self: self.cases)
    @rule(who=WHO, which=WHICH)
    def somebody_opens_one_by_hand(self, who: int, which: int) -> None:
        number = self.pick(which)
        known = self.cases[number]
        fit = self.may(who, known) and known.first != who and self.free(who, known)
        try:
            with transaction.atomic():
                claim(case_id=number, moderator_id=self.moderators[who].reader_id, now=self.now)
        except Refused:
            assert not fit
        else:
            assert fit
            self.take(who, number)

    @precondition(lambda self: self.cases)
    @rule(who=WHO, which=WHICH)
    def somebody_skips(self, who: int, which: int) -> None:
        number = self.pick(which)
        skip(case_id=number, moderator_id=self.moderators[who].reader_id, now=self.now)
        known = self.cases[number]
        known.skipped.add(who)
        if known.holder == who:
            known.holder = known.until = None

    @precondition(lambda self: self.cases)
    @rule(who=WHO, which=WHICH)
    def somebody_releases(self, who: int, which: int) -> None:
        number = self.pick(which)
        release(case_id=number, moderator_id=self.moderators[who].reader_id, now=self.now)
        if self.cases[number].holder == who:
            self.cases[number].holder = self.cases[number].until = None

    @rule(who=WHO)
    def somebody_leaves(self, who: int) -> None:
        let_go(moderator_id=self.moderators[who].reader_id)
        for known in self.cases.values():
            if known.holder == who:
                known.holder = known.until = None

    @rule(minutes=st.sampled_from([1, 9, 10, 11]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.cases)
    @rule(who=WHO, which=WHICH, removes=st.booleans())
    def somebody_decides(self, who: int, which: int, removes: bool) -> None:
        number, actor = self.pick(which), self.moderators[who].actor
        known = self.cases[number]
        fit = self.may(who, known) and known.first != who and self.free(who, known)
        try:
            with transaction.atomic():
                if removes:
                    remove_case(case_id=number, by=actor, basis=BASIS, version=1, now=self.now)
                else:
                    approve_case(case_id=number, by=actor, version=1, now=self.now)
        except Refused:
            assert not fit
        else:
            assert fit
            known.is_open, known.holder, known.until = False, None, None

    @precondition(lambda self: self.cases)
    @rule(who=WHO, which=WHICH)
    def somebody_undoes(self, who: int, which: int) -> None:
        number = self.pick(which)
        known, scope = self.cases[number], self.moderators[who]
        bounds = scope.everywhere or known.section in scope.section_ids
        fit = not known.is_open and bounds and known.about != scope.reader_id
        try:
            with transaction.atomic():
                undo_case(case_id=number, by=scope.actor, now=self.now)
        except Refused:
            assert not fit
        else:
            assert fit
            known.is_open = True

    @precondition(lambda self: self.cases)
    @rule(who=WHO, other=WHO, which=WHICH)
    def somebody_asks_a_colleague(self, who: int, other: int, which: int) -> None:
        number = self.pick(which)
        known, scope = self.cases[number], self.moderators[other]
        fit = self.may(who, known) and known.first != who and self.free(who, known)
        fit = fit and who != other and (scope.everywhere or known.section in scope.section_ids)
        fit = fit and known.about != scope.reader_id and known.first != other
        fit = fit and (scope.is_chief or not known.chiefs_only)
        try:
            with transaction.atomic():
                ask_case(
                    case_id=number, by=self.moderators[who].actor, colleague_id=scope.reader_id, text="?", now=self.now
                )
        except Refused:
            assert not fit
        else:
            assert fit
            known.asked, known.holder, known.until = other, None, None
            known.skipped.add(who)
            known.skipped.discard(other)

    @rule()
    def facts_are_delivered(self) -> None:
        deliver_due()
        for number, known in self.cases.items():
            known.is_open = Case.objects.get(pk=number).state == "open"

    # What must be so after each step.

    @invariant()
    def the_queue_is_what_is_open_in_its_order(self) -> None:
        for who, scope in enumerate(self.moderators if hasattr(self, "moderators") else []):
            seen = [one.id for one in queue_page(EVERYTHING, scope=scope).cases]
            expected = [(-known.harm, number) for number, known in self.cases.items() if self.may(who, known)]
            assert seen == [number for _harm, number in sorted(expected)]

    @invariant()
    def what_is_held_is_held_by_one(self) -> None:
        for number, known in (self.cases if hasattr(self, "cases") else {}).items():
            row = Case.objects.get(pk=number)
            assert (row.state == "open") == known.is_open
            if known.holder is not None and known.is_open:
                assert row.claimed_by_id == self.moderators[known.holder].reader_id
                assert row.claimed_until == known.until


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Queue, settings=hypothesis_settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    )


@pytest.mark.usefixtures("article")
def test_no_order_of_events_gives_a_case_twice_or_to_the_wrong_one():
    run(6, 25)


@pytest.mark.slow
@pytest.mark.usefixtures("article")
def test_many_more_orders_of_events_do_neither():
    run(300, 50)
