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

RETURNS_COUNT_FOR = timedelta(days=30)  # mailboxes move and fill; what is older says little
HARD_RETURNS = 2  # mails to a mailbox that isn't there: servers err, seldom twice
SOFT_RETURNS = 5  # mails that were not taken for another reason
RETURN_PAUSE, LONGEST_RETURN_PAUSE = timedelta(days=1), timedelta(days=8)  # after the first, and the most
KEEP_RETURNS = timedelta(days=90)
LARGEST_REPORT = 200_000  # bytes that are read of a report; what it says comes before the mail that it returns
MAIL_RETURNED = "$BroadsheetReturned"  # the keyword of a report that was looked at
REPORTS_AT_ONCE = 200
REPORTS_SINCE = timedelta(days=7)  # for which a mailbox is looked through

lists: dict[str, Any] = {}  # purposes that can be unsubscribed → their title; filled while apps load

# Mail that was subscribed: digests and newsletters.
CONFIRM_MAIL = timedelta(days=3)  # for which the link works that says yes; what nobody confirmed is forgotten then
KEEP_ENDED_TOPICS = timedelta(days=30)  # for which ending one can be undone
MOST_MAIL_TOPICS = 100  # of one address in one edition
MOST_ASKED = 20  # topics in one form
DIGEST_PORTION = 200  # subscriptions a transaction: others wait for the writer for some 20 ms
DIGEST_SHOWN = 20  # articles in one digest; of more it says how many
DIGEST_CLOSE = timedelta(minutes=1)  # before the hour: what is being published just then is in the next one
DIGEST_PAST = timedelta(days=8)  # articles that a digest looks back at most, after weeks without a running paper

# Push. RFC 8030 §5.2: a push service may keep what it can't deliver for as long as we say; news is stale after a day.
PUSH_PORTION = 500  # deliveries made in one transaction: others wait for the writer for some 20 ms
PUSH_BATCH = 200  # deliveries that one process takes at a time
PUSH_HANDS = 12  # connections at once: a push service answers after 30 to 100 ms, most of which is waiting
PUSH_LEASE = timedelta(minutes=10)  # of a batch, far longer than one can take
PUSH_LEASE_LEFT = timedelta(minutes=2)  # a process that was asleep begins nothing with less of its lease left
PUSH_CONNECT_SECONDS, PUSH_TOTAL_SECONDS = 5.0, 15.0  # of one request, whatever the push service does
PUSH_ANSWER_BYTES = 16 * 1024  # of an answer that are read: its status matters, seldom a header
PUSH_FIRST_RETRY, PUSH_LONGEST_RETRY = timedelta(seconds=15), timedelta(minutes=30)
PUSH_GIVE_UP = timedelta(hours=24)  # of trying
PUSH_URGENT_SECONDS, PUSH_USUAL_SECONDS = 4 * 3600, 24 * 3600  # for which a push service keeps it (TTL)
PUSH_TOKEN_SECONDS = 12 * 3600  # of a VAPID token: RFC 8292 §2 allows 24 hours, of which clocks may lack some
PUSH_KEEP = timedelta(days=7)  # deliveries after their end: who was told of an article already, for what follows on it
PUSH_MISSES = 10  # failures in a row after which a subscription that has been silent for PUSH_SILENT is dropped
PUSH_SILENT = timedelta(days=60)
PUSH_DAY = 20  # articles of followed topics in 24 hours to one browser; then the paper is quiet
LONGEST_ENDPOINT = 2000  # characters
LONGEST_PUSH_BODY = 8 * 1024  # bytes of what a browser tells about a subscription
MOST_TOPICS = 100  # of one subscription
PUSH_TITLE, PUSH_TEXT = 100, 240  # characters that an editor can write
PUSH_TITLE_SHOWN, PUSH_TEXT_SHOWN = 50, 120  # that phones show before they are opened
PUSHER = "push"  # the name under which whoever sends push gives a sign of life

pictures: dict[
    str, Any
] = {}  # what makes an article's picture for push (`of`) and mail (`mail`); said by a package above while apps load

# Newsletters
NEWSLETTER_NAME, NEWSLETTER_SUBJECT, NEWSLETTER_OPENING = 80, 150, 4000  # characters that an editor can write
NEWSLETTER_SUBJECT_SHOWN = 45  # characters of a subject that phones show in their lists
MOST_PICKS = 40  # articles of one issue: the mail stays below 100 KB, where some programs cut
NEWSLETTER_PORTION = 250  # messages queued in one transaction: others wait for the writer for some 20 ms
NEWSLETTER_FRESH = 1.0  # seconds for which what an issue holds is not asked again; then withdrawn articles are left out
NEWSLETTER_LATEST = timedelta(days=30)  # an issue that is due later is forgotten by whoever wrote it
KEEP_VERSIONS = 20  # earlier versions of a draft
VERSION_AFTER = timedelta(minutes=10)  # what one person saves again sooner is the same version
KEEP_DISCARDED = timedelta(days=30)  # drafts that were discarded
