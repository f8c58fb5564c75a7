"""Constants of accounts, each with its reason."""

from datetime import timedelta
from typing import Any

LINK_LIFETIME = timedelta(minutes=30)  # long enough to walk from the terminal to the browser
DESK_SESSION_KEY = "desk_opened_by_link"
# Roles of the newsroom, as groups of the desk (made by the newsroom's migrations).
ROLES = {"author": "Authors", "editor": "Editors", "chief": "Chiefs", "moderator": "Moderators of comments"}

# Sessions (ASVS 7.3.1, 7.3.2; NIST SP 800-63B-4: a reader proves to be one every 30 days, staff every day).
LONGEST_SESSION = timedelta(days=30)
LONGEST_NOBODYS_SESSION = timedelta(minutes=30)  # between two steps of logging in, recovering, registering
LONGEST_STAFF_SESSION = timedelta(hours=24)
KNOWN_DEVICE_COOKIE = "broadsheet_device"  # after settings.COOKIE_PREFIX
KNOWN_DEVICE_AGE = timedelta(days=180)
SHORTEST_FILLING = timedelta(seconds=2)  # nobody fills in a form faster
LINK_HOURS = 4  # a link to replace a password: long enough for a mail that waits an hour, and some sleep in between

# Leaving.
DEPARTED_SESSION_KEY = "departed_reader"  # whose account this browser deleted
GRACE = timedelta(hours=30 * 24)  # ACC-07: 30×24 hours, not 30 calendar days
CLOSED_FOR = timedelta(days=180)  # MOD-04: how long an account that the moderators deleted is kept, hidden
TOLD_FOR = timedelta(minutes=15)  # how long the browser that deleted an account is told where the link went
CONFIRMED_FOR = timedelta(minutes=5)  # how long a confirmed identity counts; as allauth's own
# How long an address under a block for good is recognised after its account was erased: two years are longer than any
# sanction with an end, and the hash serves nothing else (GDPR art. 5(1)(e), 17(3)).
KEPT_FOR_FINAL_BLOCK = timedelta(days=730)
# When SQLite's file is written anew after an erasure (`kernel.residue`): at once where that takes less than the 50 ms
# that others may have to wait for the writer (200 MB a second were measured), else while hardly anybody writes.
SMALL_FILE = 8_000_000
QUIET_HOURS = range(2, 5)  # by the paper's clock
LONGEST_RESIDUE = timedelta(hours=24)
AVATAR_BYTES = 2_000_000
AVATAR_PIXELS = 40_000_000
AVATAR_SIDE = 256  # shown at 96 CSS pixels at most, on screens of up to 2.7 device pixels each
# What a reader may have sent by mail besides mail about the account itself: a word → how the profile asks. Whoever
# sends such mail declares it while apps load (`actions.offer_choice`).
choices: dict[str, Any] = {}
# What the site tells a reader anyway, and by mail as well or not at all where the reader wants it so: a word → what
# happened. Declared likewise (`actions.offer_choice.offer_way`); without a choice it is the bell alone.
ways: dict[str, Any] = {}
BELL, MAIL, NOTHING = "bell", "mail", "none"
