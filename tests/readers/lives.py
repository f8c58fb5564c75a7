"""What owners of accounts do, and what is known of it apart from the database: the rules of `test_lives`, but for leaving."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import Rate
from broadsheet.kernel.outbox import deliver_due
from broadsheet.newsroom.models import EditionPage
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.readers.actions.accept_policy import accept
from broadsheet.readers.actions.confirm_address import confirm_address
from broadsheet.readers.actions.link_identity import claim_identity, link_identity
from broadsheet.readers.actions.register import register
from broadsheet.readers.actions.register_by_identity import register_by_identity
from broadsheet.readers.actions.set_password import set_password
from broadsheet.readers.actions.unlink_identity import unlink_identity
from broadsheet.readers.models import AwaitedIdentity, Reader
from broadsheet.readers.queries.identities import owner_of
from broadsheet.readers.rules.profiles import Profile
from tests.factories.policies import make_version

EMAILS = st.sampled_from([f"{name}@mail.example" for name in ("ann", "ben")])
# Whose mailbox an address is: the identity of its reader, who confirms no stranger's, and recovers instead.
IDENTITY_OF = {"ann@mail.example": "one", "ben@mail.example": "two"}
SUBS = st.sampled_from(["one", "two"])
BLOCKS = st.sampled_from(["", "short", "long", "final"])
MONTH, WEEK = timedelta(hours=720), timedelta(days=7)
TWO_YEARS = timedelta(days=730)
SPANS = st.sampled_from([timedelta(hours=1), timedelta(days=9), MONTH - timedelta(microseconds=1), MONTH])
PROVIDERS = {"openid_connect": {"APPS": [{"provider_id": "city", "name": "City", "client_id": "x"}]}}


@dataclass(eq=False)
class Account:
    """What is known of an account. `lost`: the identity that it waited for was linked to another meanwhile.

    `begun_with` is the address by which it was registered, whosever mailbox that is.
    """

    pk: int
    email: str
    begun_with: str
    registered_at: datetime
    password: str = ""
    confirmed: bool = False
    identities: set[str] = field(default_factory=set)
    awaited: str = ""
    lost: bool = False
    policy: int = 0
    block: str = ""
    until: datetime | None = None
    state: str = "there"
    began: datetime | None = None

    def blocked(self, now: datetime) -> bool:
        return self.block == "final" or (self.until is not None and now < self.until)


@dataclass
class Link:
    """A link to restore an account, good for one use."""

    token: str
    account: Account
    good: bool = True


class Entering(RuleBasedStateMachine):
    """Two mailboxes, two identities, and whatever their owners do."""

    hands: Any  # the clock's, put forward by the machine

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        forget_editions()
        self.hands.ahead = timedelta(0)
        self.accounts: list[Account] = []
        self.links: list[Link] = []
        self.kept: dict[str, datetime] = {}
        self.policy = self.words = 0

    @initialize(policies=st.integers(0, 1), second=st.sampled_from(["", "waited for", "by identity alone"]))
    def begin(self, policies: int, second: str) -> None:
        """Begin with one account that is lived in, and perhaps one that an identity opens or waits for."""
        for _number in range(policies):
            self.policy_changes()
        self.registers("ann@mail.example")
        self.confirms("ann@mail.example")
        if second:
            self.registers_by_identity("two", "ben@mail.example", "ben@mail.example", second != "waited for")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)
        forget_editions()

    @property
    def now(self) -> datetime:
        return clock.now()

    def at(self, email: str) -> Account | None:
        """Return the account of the address, deleted or not."""
        return next((one for one in self.accounts if one.state != "erased" and one.email == email), None)

    def inside(self, email: str) -> Account | None:
        """Return the account where its owner can be logged in to it."""
        found = self.at(email)
        enters = found and found.state == "there" and found.confirmed and (found.password or found.identities)
        return found if enters else None

    def made(self, reader: Reader, email: str, **known: Any) -> Account:
        Reader.objects.filter(pk=reader.pk).update(registered_at=self.now)
        until = self.kept.get(email)
        if until is not None and self.now < until:
            known |= {"block": "timed", "until": until}
        account = Account(reader.pk, email, email, self.now, policy=self.policy, **known)
        self.accounts.append(account)
        return account

    def word(self) -> str:
        self.words += 1
        return f"seven lanterns number {self.words}"

    # What owners do at the entrance.

    @rule(email=EMAILS)
    def registers(self, email: str) -> None:
        word = self.word()
        made = register(email=email, display_name="Tom Wharf", password_hash=make_password(word), edition="en",
                        language="en", now=self.now)  # fmt: skip
        assert (made is None) == (self.at(email) is not None), "whose account is erased registers anew, no other twice"
        if made is not None:
            self.made(made, email, password=word)

    @rule(sub=SUBS, told=EMAILS, typed=EMAILS, vouched=st.booleans())
    def registers_by_identity(self, sub: str, told: str, typed: str, vouched: bool) -> None:
        vouched = vouched and IDENTITY_OF[told] == sub
        owner, there = self.owner(sub), self.at(typed)
        try:
            made = register_by_identity(profile=Profile("city", sub, "Ada", told, vouched), email=typed,
                                        display_name="Ada Quay", edition="en", language="en", now=self.now)  # fmt: skip
        except Refused:
            assert owner is not None
            return
        assert owner is None
        sure = vouched and told == typed
        assert (made is not None) == (sure and there is None)
        if there is None:
            reader = Reader.objects.get(email=typed)
            known: dict[str, Any] = {"confirmed": True, "identities": {sub}} if sure else {"awaited": sub}
            self.made(reader, typed, **known)

    @rule(email=EMAILS)
    def confirms(self, email: str) -> None:
        account = self.at(email)
        if account is not None and account.awaited in {"", IDENTITY_OF[email]}:
            address = EmailAddress.objects.get(user_id=account.pk)
            assert confirm_address(address_id=address.pk, edition="en", now=self.now)
            account.confirmed = True

    @rule(email=EMAILS)
    def recovers(self, email: str) -> None:
        account = self.at(email)
        if account is not None and account.state == "there":
            account.password, account.confirmed = self.word(), True
            account.awaited = ""  # whoever's identity waited began the account, and needn't own the address
            set_password(reader_id=account.pk, password_hash=make_password(account.password), edition="en",
                         now=self.now, by_mail=True)  # fmt: skip

    @rule(email=EMAILS)
    def logs_in(self, email: str) -> None:
        account = self.at(email)
        if account is None or not account.password:
            return
        Rate.objects.all().delete()
        cache.clear()
        answer = Client().post("/accounts/login/", {"login": email, "password": account.password})
        if account.state == "departed":
            assert answer.status_code == 403
        else:
            assert answer["Location"] == ("/" if account.confirmed else "/accounts/confirm/sent/")
        Reader.objects.filter(pk=account.pk).update(last_login=None)

    @rule(old=EMAILS, new=EMAILS)
    def moves(self, old: str, new: str) -> None:
        account, other = self.inside(old), self.at(new)
        if account is None or old == new:
            return
        address = EmailAddress.objects.create(user_id=account.pk, email=new)
        taken = other is not None and other.confirmed
        assert confirm_address(address_id=address.pk, edition="en", now=self.now) != taken
        if taken:
            address.delete()
            return
        account.email = new
        if other is not None:  # begun and never confirmed: it gives way
            self.forget(other)

    # What owners do with identities.

    def owner(self, sub: str) -> Account | None:
        return next((one for one in self.accounts if sub in one.identities), None)

    @rule(sub=SUBS, email=EMAILS)
    def links_an_identity(self, sub: str, email: str) -> None:
        account, owner = self.inside(email), self.owner(sub)
        if account is None:
            return
        try:
            link_identity(reader_id=account.pk, profile=Profile("city", sub, "Ada"), edition="en")
        except Refused:
            assert owner not in {None, account}
            return
        assert owner in {None, account}
        account.identities.add(sub)
        account.awaited = "" if account.awaited == sub else account.awaited

    @rule(sub=SUBS)
    def unlinks(self, sub: str) -> None:
        account = self.owner(sub)
        if account is None or account.state != "there":
            return
        last = not account.password and account.identities == {sub}
        row = SocialAccount.objects.get(uid=sub)
        try:
            assert unlink_identity(reader_id=account.pk, identity_id=row.pk, edition="en")
        except Refused as refused:
            assert refused.refusal.code == "last-way-in"
            assert last
            return
        assert not last
        account.identities.discard(sub)

    @rule(email=EMAILS)
    def tries_identities(self, email: str) -> None:
        """Link both identities, also that of somebody else, and unlink them one after the other, also the last."""
        self.confirms(email)
        for sub in ("one", "two"):
            self.links_an_identity(sub, email)
        for sub in ("one", "two"):
            self.unlinks(sub)

    @rule(sub=SUBS)
    def logs_in_by_identity(self, sub: str) -> None:
        owner = owner_of("city", sub) or claim_identity(provider="city", uid=sub)
        self.awaited_are_linked()
        expected = self.owner(sub)
        assert (owner.pk if owner else None) == (expected.pk if expected else None)

    @rule()
    def facts_are_heard(self) -> None:
        deliver_due()
        self.awaited_are_linked()

    def awaited_are_linked(self) -> None:
        """Take over who got the identity waited for: only ever a confirmed account, and never from another."""
        for sub, pk in SocialAccount.objects.values_list("uid", "user_id"):
            account = next(one for one in self.accounts if one.pk == pk)
            if sub not in account.identities:
                assert self.owner(sub) is None
                assert account.confirmed
                assert account.awaited == sub == IDENTITY_OF[account.begun_with]
                account.identities.add(sub)
        for account in self.accounts:
            if account.awaited and not AwaitedIdentity.objects.filter(pk=account.pk).exists():
                assert self.owner(account.awaited) is not None
                account.lost = account.awaited not in account.identities
                account.awaited = ""

    # The policy, and what others decide.

    @rule()
    def policy_changes(self) -> None:
        self.policy += 1
        make_version(EditionPage.objects.get(code="en"), number=self.policy, at=self.now)
        forget_editions()

    @precondition(lambda self: self.policy)
    @rule(email=EMAILS)
    def acknowledges(self, email: str) -> None:
        account = self.inside(email)
        if account is not None:
            accept(reader_id=account.pk, edition_code="en", number=self.policy, now=self.now)
            account.policy = self.policy

    @rule(email=EMAILS, block=BLOCKS)
    def is_decided_about(self, email: str, block: str) -> None:
        """A block is set, lengthened, shortened or lifted, also of an account that is deleted."""
        account = self.at(email)
        if account is None:
            return
        days = {"short": 10, "long": 400}.get(block)
        account.until = self.now + timedelta(days=days) if days else None
        account.block = "timed" if days else block
        Reader.objects.filter(pk=account.pk).update(block=account.block, blocked_until=account.until)

    def erased(self, account: Account) -> None:
        if account.blocked(self.now):
            self.kept[account.email] = account.until or self.now + TWO_YEARS
        self.forget_ways(account)

    def forget_ways(self, account: Account) -> None:
        account.state, account.identities, account.awaited = "erased", set(), ""
        for link in self.links:
            link.good = link.good and link.account is not account

    def forget(self, account: Account) -> None:
        self.forget_ways(account)
        self.accounts.remove(account)
