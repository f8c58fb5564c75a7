"""Whatever is done to accounts in whatever order, by owners, networks, moderators and time: a machine tries.

It knows of each account what its owner knows, apart from the database, and compares after each step.
"""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.readers.actions.account_mail import make_account_mail
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_due
from broadsheet.readers.actions.forget_unconfirmed import forget_unconfirmed
from broadsheet.readers.actions.restore_deleted import restore_deleted
from broadsheet.readers.models import FormerAddress, Reader
from broadsheet.readers.queries.departures import departed
from broadsheet.readers.queries.identities import ways_in
from broadsheet.readers.queries.retention import is_erased
from broadsheet.readers.queries.standing import may_post
from tests.readers.lives import BLOCKS, EMAILS, MONTH, PROVIDERS, SPANS, WEEK, Account, Entering, Link

pytestmark = [
    pytest.mark.row("ACC-01", "ACC-03", "ACC-04", "ACC-07", "ACC-08"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("paper"),
]


class Lives(Entering):
    """Accounts that are also deleted, restored, erased and forgotten, while time passes."""

    # Leaving and coming back.

    @rule(email=EMAILS)
    def deletes(self, email: str) -> None:
        account = self.at(email)
        if account is None:
            return
        try:
            gone = delete_account(reader_id=account.pk, edition="en", now=self.now)
        except Refused:
            assert account.state == "departed"
            return
        assert account.state == "there"
        account.state, account.began = "departed", self.now
        assert gone.deadline == self.now + MONTH
        self.links_are_sent(email)

    @rule(email=EMAILS)
    def links_are_sent(self, email: str) -> None:
        """Send the link, also to a former address, also once more."""
        account = self.at(email)
        if account is None:
            return
        former = FormerAddress.objects.filter(reader_id=account.pk).values_list("pk", flat=True).first()
        for email_id in {None, former}:
            mail = make_account_mail(purpose="deleted", reader_id=account.pk, edition="en", email_id=email_id)
            assert (mail is None) or self.may_return(account)
            if mail is not None:
                self.links.append(Link(mail.values["link"].rstrip("/").rpartition("/")[2], account))

    def may_return(self, account: Account) -> bool:
        return account.state == "departed" and account.began is not None and self.now < account.began + MONTH

    @precondition(lambda self: self.links)
    @rule(data=st.data())
    def opens_a_link(self, data: st.DataObject) -> None:
        self.opens(data.draw(st.sampled_from(self.links)))

    def opens(self, link: Link) -> None:
        may = link.good and self.may_return(link.account)
        try:
            assert restore_deleted(token=link.token, now=self.now) == link.account.pk
        except Refused:
            assert not may
            return
        assert may
        link.account.state = "there"
        for one in self.links:
            one.good = one.good and one.account is not link.account

    # Time.

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self.hands.ahead += span

    @rule()
    def the_job_erases(self) -> None:
        due = [one for one in self.accounts if one.state == "departed" and not self.may_return(one)]
        assert erase_due(now=self.now) == len(due)
        for account in due:
            self.erased(account)

    @rule()
    def a_month_later_the_job_erases(self) -> None:
        self.time_passes(MONTH)
        self.the_job_erases()

    @rule(email=EMAILS, block=BLOCKS, span=SPANS)
    def thinks_better_of_it(self, email: str, block: str, span: timedelta) -> None:
        """Delete the account, be decided about meanwhile, and come back by the newest link, or find it dead."""
        self.deletes(email)
        self.is_decided_about(email, block)
        self.time_passes(span)
        if self.links:
            self.opens(self.links[-1])

    @rule(email=EMAILS, block=BLOCKS)
    def begins_anew(self, email: str, block: str) -> None:
        """Delete the account, be erased, and register again."""
        self.is_decided_about(email, block)
        self.deletes(email)
        self.a_month_later_the_job_erases()
        self.registers(email)

    @rule(span=SPANS)
    def the_unconfirmed_are_forgotten(self, span: timedelta) -> None:
        self.time_passes(span)
        old = [
            one
            for one in self.accounts
            if one.state == "there" and not one.confirmed and one.registered_at < self.now - WEEK
        ]
        assert forget_unconfirmed() == len(old)
        for account in old:
            self.erased(account)
            self.forget(account)

    # What must be so after each step.

    @invariant()
    def each_account_is_as_it_should_be(self) -> None:
        rows = {row.pk: row for row in Reader.objects.all()}
        assert set(rows) == {account.pk for account in self.accounts}
        for account in self.accounts:
            row = rows[account.pk]
            assert is_erased(row) == (account.state == "erased")
            assert row.is_active == (account.state == "there")
            assert (departed(row.pk, self.now) is not None) == self.may_return(account)
            if account.state != "erased":
                assert (row.email, row.block, row.blocked_until) == (account.email, account.block, account.until)

    @invariant()
    def addresses_and_identities_are_one_account_s(self) -> None:
        whole = [one for one in self.accounts if one.state != "erased"]
        found = EmailAddress.objects.order_by("user_id").values_list("user_id", "email", "verified", "primary")
        assert list(found) == sorted((one.pk, one.email, one.confirmed, True) for one in whole)
        verified = [one.email for one in whole if one.confirmed]
        assert len(verified) == len(set(verified))
        linked = sorted(SocialAccount.objects.values_list("uid", "user_id"))
        assert linked == sorted((sub, one.pk) for one in whole for sub in one.identities)
        assert len(linked) == len({sub for sub, _owner in linked})

    @invariant()
    def nobody_is_left_without_a_way_in(self) -> None:
        """But for one who registered twice by one identity: the second account is entered by a recovered password."""
        for account in self.accounts:
            if account.state != "erased" and not (account.awaited or account.lost):
                assert ways_in(account.pk), account

    @invariant()
    def who_may_post_is_there_confirmed_free_and_past_the_gate(self) -> None:
        for account in self.accounts:
            allowed = account.state == "there" and account.confirmed and not account.blocked(self.now)
            allowed = allowed and account.policy == self.policy
            assert (may_post(account.pk, "en", self.now) is None) == allowed, account


class Hands:
    """A clock that moves when the machine says so, and not by itself."""

    def __init__(self) -> None:
        self.base, self.ahead = clock.now(), timedelta(0)


def test_no_order_of_events_breaks_what_accounts_promise(monkeypatch, settings):
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDERS
    hands = Lives.hands = Hands()
    monkeypatch.setattr(clock, "now", lambda: hands.base + hands.ahead)
    lives = 30 if connection.vendor == "sqlite" else 10  # there each step takes longer, and means the same
    run_state_machine_as_test(
        Lives, settings=hypothesis_settings(max_examples=lives, stateful_step_count=40, deadline=None)
    )
