"""Constants of the discussion, each with its reason."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from broadsheet.kernel.rates import Limit

PAGE = 20  # roots on a page of a thread; the stored page of an article carries the first of them (design §6)
REPLIES_SHOWN = (
    3  # replies below a root at most before "N more replies"; fewer where all roots have some (rules/shares)
)
INDENTED = 3  # deeper replies stand as deep as this one, "in reply to" (DIS-01)
DEEPEST = 30_000  # what the column holds; nobody answers deeper, and what does stands at this depth
RECENT = 100  # the author's latest comments that limits look at
POSTED_AT_MOST, POSTED_WITHIN = 30, timedelta(minutes=10)  # by one author, in all threads (ASVS 2.4.1)
JUDGED = Limit("comment-judged", times=60, per=timedelta(minutes=10))  # previews, edits and warnings of one author
CLOCKS_APART = timedelta(minutes=1)  # machines of one paper; a comment from later than that is of a clock put back
SLOWED = timedelta(seconds=60)  # between two comments of an author whom the judge asks to be slowed down (FLOOD)
# Trusted readers are earned by behaviour (MOD-12): so many comments seen, the first so long ago, and none removed lately.
TRUSTED_COMMENTS, TRUSTED_AGE, TRUSTED_CLEAN = 20, timedelta(days=30), timedelta(days=90)
# A shield raised by one button: it ends by itself after so long, and accounts of so many hours count as new.
SHIELD_FOR, SHIELD_HOURS = timedelta(hours=2), 7 * 24
LONGEST_SUBJECT = 60  # characters of what an expert knows about
REPORTS = Limit("comment-reports", times=20, per=timedelta(hours=1))  # by one account
LONGEST_REPORT, LONGEST_NOTICE = 1000, 5000  # characters of what is said beside a clause, and of why it is illegal
ILLEGAL = "LAW"  # the clause that a notice of illegal content stands under (DSA art. 16)
# How long the words of a report, and name and address of a notice, stay after its answer: as long as that can be
# contested, six months at least (DSA art. 20(1)); the months of a calendar have 184 days at most.
REPORT_WORDS_KEPT = timedelta(days=184)


class State(models.TextChoices):
    """Where a comment stands."""

    VISIBLE = "visible", pgettext_lazy("state of a comment", "Visible")
    HELD = "held", pgettext_lazy("state of a comment", "Held")
    REMOVED = "removed", pgettext_lazy("state of a comment", "Removed")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a comment", "Withdrawn")


class HeldFor(models.TextChoices):
    """Why a comment waits for a person."""

    JUDGE = "judge", _("the judge noticed something")
    NOT_SCORED = "not_scored", _("the judge could not read it")
    MODE = "mode", _("the discussion is moderated before comments are seen")
    SHIELD = "shield", _("the account is new")
    MODERATOR = "moderator", _("a moderator looks at it")


class Reported(models.TextChoices):
    """What became of a report."""

    OPEN = "open", pgettext_lazy("state of a report", "Waits for a person")
    UPHELD = "upheld", pgettext_lazy("state of a report", "Something was done")
    REJECTED = "rejected", pgettext_lazy("state of a report", "The comment stands")
    RETRACTED = "retracted", pgettext_lazy("state of a report", "Taken back")


class Badge(models.TextChoices):
    """What a comment shows of who its author is (DIS-10)."""

    STAFF = "staff", pgettext_lazy("badge of a comment", "Newsroom")
    AUTHOR = "author", pgettext_lazy("badge of a comment", "Author of the article")
    EXPERT = "expert", pgettext_lazy("badge of a comment", "Expert")


class Mode(models.TextChoices):
    """Who may comment, and whose comments are seen at once (DIS-06)."""

    OPEN = "open", pgettext_lazy("mode of a discussion", "Open")
    PREMODERATED = "premoderated", pgettext_lazy("mode of a discussion", "Moderated before comments are seen")
    TRUSTED = "trusted", pgettext_lazy("mode of a discussion", "Trusted readers only")
    CLOSED = "closed", pgettext_lazy("mode of a discussion", "Closed")


class Scope(models.TextChoices):
    """What a rule about modes holds for; the later one is the more particular."""

    SITE = "site", pgettext_lazy("scope of a rule", "The whole paper")
    EDITION = "edition", pgettext_lazy("scope of a rule", "An edition")
    SECTION = "section", pgettext_lazy("scope of a rule", "A section")
    TAG = "tag", pgettext_lazy("scope of a rule", "A tag")
    THREAD = "thread", pgettext_lazy("scope of a rule", "A discussion")
