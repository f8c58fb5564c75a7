"""How failed log-ins are slowed: by account and by the client's network, without locking an owner out.

After some failures an attempt has to wait, longer with each; who solves a captcha needn't, a few times an hour. A
browser in which the account was open before has a count of its own: strangers at its address don't slow it (ASVS
6.1.1, 6.3.1). After a hundred failures in a row strangers are no longer heard: the way in is then a known browser,
another way than the password, or a new password by mail (NIST SP 800-63B-4 3.2.2).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadsheet.kernel.email import canonical
from broadsheet.kernel.rates import Delays, Limit, failures_of, forgive, note_failure, take, wait_for

BY_ACCOUNT = Delays("login-account", free=5, first=timedelta(seconds=2), longest=timedelta(minutes=15))
BY_NETWORK = Delays("login-network", free=30, first=timedelta(seconds=2), longest=timedelta(minutes=5))
BY_FACTOR = Delays("second-factor", free=5, first=timedelta(seconds=5), longest=timedelta(minutes=30))
# The hundredth failure in a row is the last; a month without any forgets them, of real and of mistyped addresses.
_MONTH = timedelta(days=30)
CLOSED = Delays("login-closed", free=99, first=_MONTH, longest=_MONTH, memory=_MONTH)
# Attempts for which a captcha stood in for the wait: of one network at one account, and of one network.
PROVEN_AT_ACCOUNT = Limit("login-proven-account", times=10, per=timedelta(hours=1))
PROVEN_BY_NETWORK = Limit("login-proven-network", times=60, per=timedelta(hours=1))
# From so many failures on the captcha asks for more work, and once more.
_MORE_WORK_AT_ACCOUNT = (10, 20)
_MORE_WORK_IN_NETWORK = (60, 120)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries: the address as typed, the client's network, and the known browser's mark, empty where it isn't one."""

    email: str
    network: str
    device: str = ""

    @property
    def account(self) -> str:
        """Return under what its failures count."""
        return f"{canonical(self.email)} {self.device}".strip()


def attempt_of(email: str, network: str, device: str, now: datetime) -> Attempt:
    """Return the attempt; a known browser in which a hundred failed counts as a stranger's."""
    attempt = Attempt(email, network, device)
    return replace(attempt, device="") if device and is_closed(attempt, now) else attempt


def is_closed(attempt: Attempt, now: datetime) -> bool:
    """Return whether a hundred failed in a row: then no password is looked at."""
    return wait_for(CLOSED, attempt.account, now) > timedelta(0)


def wait_of(attempt: Attempt, now: datetime) -> timedelta:
    """Return how long the attempt has to wait without a captcha, zero where it may be made."""
    network = timedelta(0) if attempt.device else wait_for(BY_NETWORK, attempt.network, now)
    return max(wait_for(BY_ACCOUNT, attempt.account, now), network)


def work_of(attempt: Attempt, now: datetime) -> int:
    """Return how much work a captcha asks of it that stands in for the wait: 0, 1 or 2."""
    account = failures_of(BY_ACCOUNT, attempt.account, now)
    network = 0 if attempt.device else failures_of(BY_NETWORK, attempt.network, now)
    return max(
        sum(account >= step for step in _MORE_WORK_AT_ACCOUNT), sum(network >= step for step in _MORE_WORK_IN_NETWORK)
    )


def take_proven(attempt: Attempt, now: datetime) -> timedelta:
    """Count an attempt for which a captcha was solved and return zero; where there were too many, the wait."""
    wait = take(PROVEN_AT_ACCOUNT, f"{attempt.account}\n{attempt.network}", now)
    return wait if wait or attempt.device else take(PROVEN_BY_NETWORK, attempt.network, now)


def note_wrong(attempt: Attempt, now: datetime) -> None:
    """Count a wrong password; the same is written whether or not the address has an account."""
    note_failure(BY_ACCOUNT, attempt.account, now)
    note_failure(BY_NETWORK, attempt.network, now)
    note_failure(CLOSED, attempt.account, now)


def note_right(attempt: Attempt, now: datetime) -> None:
    """Forget the account's failures; those of the network stay, where one right password proves nothing."""
    for delays in (BY_ACCOUNT, CLOSED):
        forgive(delays, attempt.account, now)


def note_recovered(email: str, now: datetime) -> None:
    """Forget what strangers failed at the address whose mailbox was shown to be the owner's."""
    note_right(Attempt(email, ""), now)
