"""What happens to accounts."""

from dataclasses import dataclass

from broadsheet.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True, kw_only=True)
class AccountMailDue(Fact):
    """A mail about an account is due; its one-use link is made when it is sent and never stored.

    `email_id` is the address it goes to, where that isn't the account's own; `key` is the same for what must not be
    sent twice; `edition` is a code, whose site the mail is written for.
    """

    purpose: str
    reader_id: int
    key: str
    edition: str
    email_id: int | None = None


@fact
@dataclass(frozen=True, kw_only=True)
class ReaderRegistered(Fact):
    """An account was made by its owner."""

    reader_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class ReaderConfirmed(Fact):
    """The owner of an account confirmed its address."""

    reader_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Fact):
    """The name or the picture of an account is another."""

    reader_id: int

    def touches(self) -> tuple[str, ...]:
        """Pages that show the reader."""
        return (f"reader:{self.reader_id}",)


@fact
@dataclass(frozen=True, kw_only=True)
class AvatarOffered(Fact):
    """A provider offered a picture for a new account; its address is forgotten once it was tried."""

    reader_id: int
    url: str


@fact
@dataclass(frozen=True, kw_only=True)
class AccountDeleted(ProfileChanged):
    """The owner deleted the account: logged out everywhere, hidden, still to be restored for 30 days."""


@fact
@dataclass(frozen=True, kw_only=True)
class AccountRestored(ProfileChanged):
    """A deleted account is back as it was."""


@fact
@dataclass(frozen=True, kw_only=True)
class AccountClosed(ProfileChanged):
    """The moderators deleted the account: logged out everywhere, hidden, kept for 180 days (MOD-04)."""


@fact
@dataclass(frozen=True, kw_only=True)
class StandingChanged(Fact):
    """What keeps the account from posting is another: a block was set, changed or lifted."""

    reader_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class MarksChanged(Fact):
    """The account is recognised by something new: an address was confirmed, or an identity linked."""

    reader_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class AccountErased(ProfileChanged):
    """Nothing personal of the account is left."""


@fact
@dataclass(frozen=True, kw_only=True)
class ConfirmationAsked(Fact):
    """An identity came back whose account waits for its address to be confirmed; `reader_id` is 0 where none does."""

    reader_id: int
    edition: str
    key: str


@fact
@dataclass(frozen=True, kw_only=True)
class RecoveryAsked(Fact):
    """Somebody asked for a link to replace a password; `reader_id` is 0 where no account has the address."""

    reader_id: int
    edition: str
    key: str
