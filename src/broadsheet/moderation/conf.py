"""Constants of moderation, each with its reason."""

from datetime import timedelta

from django.db import models
from django.utils.translation import pgettext_lazy

UNDO_FOR = timedelta(days=30)  # MOD-07: by one key
# How long a decision can be contested, and text and inverse are kept: six months at least (DSA art. 20(1)); the months
# of a calendar have 184 days at most.
CONTESTED_FOR = timedelta(days=184)
# How long the keyed hashes that tell of an erased account's sanctions are kept (docs/explanation/privacy.md).
MARKS_KEPT = timedelta(days=730)
LONGEST_FACTS = 2000  # what the EU's database takes of an explanation (API v1)
LONGEST_LAW = 500  # and of a legal ground
# Where a decision holds: the site is one and the same everywhere, so in all states that the EU's database knows.
EVERYWHERE = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
    "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
ANSWERED_WITHIN = timedelta(days=14)  # MOD-05: the target that is shown
LETTER_LINK_FOR = timedelta(days=7)  # how long a link works by which a letter is confirmed
# How long a letter is kept: one whose sender nobody confirmed; one that lacks a part; a message, which is passed on at
# once; and one that was answered, as long as a decision can be contested.
UNVERIFIED_KEPT, INCOMPLETE_KEPT, MESSAGE_KEPT = timedelta(days=14), timedelta(days=30), timedelta(days=3)
LONGEST_LETTER = 6000  # signs of a letter's text; what is added later counts anew
LONGEST_REASON = 4000
LARGEST_MAIL = 2_000_000  # bytes that are read of a mail; its text comes first, before what is attached
MAIL_TAKEN = "$BroadsheetTaken"  # the keyword of a mail that was looked at

CLAIMED_FOR = timedelta(minutes=10)  # a lease; the desk renews it every minute while the case is on the screen
COUNTED_TO = 1000  # no count of cases goes further: the desk says "1,000+"
QUEUE_PAGE = 50


class CaseKind(models.TextChoices):
    """What a case is about."""

    HELD = "held", pgettext_lazy("kind of case", "Held comment")
    FLAGGED = "flagged", pgettext_lazy("kind of case", "Comment with a mark of the judge")
    REPORTED = "reported", pgettext_lazy("kind of case", "Reported comment")
    NOTICE = "notice", pgettext_lazy("kind of case", "Notice of illegal content")
    MOB = "mob", pgettext_lazy("kind of case", "Flash mob")
    FLOOD = "flood", pgettext_lazy("kind of case", "Flood of comments")
    LETTER = "letter", pgettext_lazy("kind of case", "Letter")
    ASK = "ask", pgettext_lazy("kind of case", "Opened by a moderator")
    ACCOUNT = "account", pgettext_lazy("kind of case", "Account")


class CaseState(models.TextChoices):
    """Where a case stands: `dropped` ones needed nobody any more."""

    OPEN = "open", pgettext_lazy("state of a case", "Open")
    DECIDED = "decided", pgettext_lazy("state of a case", "Decided")
    DROPPED = "dropped", pgettext_lazy("state of a case", "Dropped")


TRIAL_DAYS = (7, 30, 90)
# The newest decisions that a trial judges by both rulebooks: some five minutes of one core.
TRIED_DECISIONS = 20_000
LEARNED_FROM = timedelta(days=365)  # how far back the judge learns: what a newsroom wanted earlier, it may not want now
LOWERED_BY = timedelta(days=30)  # MOD-10: the decisions of so long tell whether a clause is overturned too often


class TrialKind(models.TextChoices):
    """What a trial tells."""

    BACKTEST = "backtest"
    LEARN = "learn"


class TrialState(models.TextChoices):
    """Where a trial stands."""

    OPEN = "open"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
