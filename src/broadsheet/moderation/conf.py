"""Constants of moderation, each with its reason."""

from datetime import timedelta

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
