"""Constants of notifications, each with its reason."""

from datetime import timedelta
from typing import Any

BATCH = 50  # what one process takes at a time: one connection to the mail server carries them
BATCH_LEASE = timedelta(minutes=10)  # a batch whose process fell silent is given to others after that
ANSWER_SECONDS = 600  # RFC 5321 §4.5.3.2.6: how long a server may take to accept what it was given
HANDING_LEASE = timedelta(seconds=2 * ANSWER_SECONDS)  # longer than the server may take
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0  # seconds between two attempts to reach a mail server that doesn't answer
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=1), timedelta(hours=2)  # somebody may wait for the first ones
GIVE_UP = timedelta(days=3)  # RFC 5321 §4.5.4.1 gives people's mail 4 or 5; the links in ours are stale by then
JITTER = 0.2  # share by which a wait is longer or shorter, so that what failed together isn't tried together
KEEP_MESSAGES = timedelta(days=90)  # facts are heard again for a week at most: a key outlives them by far
KEEP_SEEN, KEEP_NOTICES = timedelta(days=90), timedelta(days=365)
NEWS_PAUSE = timedelta(minutes=1)  # between two rounds to the followers of a discussion, however lively it is
NEWS_PORTION = 200  # followers a transaction: others wait for the writer for some 20 ms
MOST_NEWS = 30  # comments that a notice of a discussion counts one by one, so that those that go are counted no more
DISCUSSION_MAIL = timedelta(hours=1)  # at most one of a kind about a discussion to a reader in that time
LATE = timedelta(minutes=10)  # no sign of life of the sender for so long: nobody sends
SENDER = "mail"  # the name under which the sender gives it

lists: dict[str, Any] = {}  # purposes that can be unsubscribed → their title; filled while apps load
