"""The picture of an identity that waits for its owner's Yes or No (ACC-04, ACC-05)."""

import logging
import threading
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from broadsheet.kernel import fetching
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.rates import Limit, take
from broadsheet.readers.conf import AVATAR_BYTES
from broadsheet.readers.engines import avatars
from broadsheet.readers.engines.pending import Pending, begin_picture, find, keep_picture, picture_of

log = logging.getLogger("broadsheet.avatars")
# Somebody waits for it, and a thread of the server with them.
LIMITS = fetching.Limits(most_bytes=AVATAR_BYTES, total_seconds=5.0, read_seconds=3.0, redirects=3)
PICTURES = Limit("pending-pictures", times=10, per=timedelta(hours=1))  # of one identity, however often it comes back
AT_ONCE = 2  # threads of this process that may wait for networks; the pages of all others have theirs
_places = threading.BoundedSemaphore(AT_ONCE)


def fetch_pending_picture(
    *, session: SessionBase, key: str, now: datetime, allow_private: bool = False
) -> bytes | None:
    """Return the picture that waits under the key in this session, a WebP drawn anew; None where there is none.

    It is fetched once, safely (ASVS 1.3.6), and held for minutes in memory, as is that there is none to have: what
    the network sends is no picture, too large, too slow, or leads inwards. While one request fetches it others are
    told None at once. It goes when the identity waits no longer. The log says neither its address nor whose it is.
    """
    pending = find(session, key, now)
    if pending is None or not pending.profile.picture:
        return None
    content = picture_of(pending)
    if content is None and _places.acquire(blocking=False):
        try:
            content = _fetch(pending, now, allow_private) if begin_picture(pending) else None
        finally:
            _places.release()
    return content or None


def _fetch(pending: Pending, now: datetime, allow_private: bool) -> bytes:
    profile, content = pending.profile, b""
    try:
        if not take(PICTURES, profile.digest, now):
            got = fetching.fetch(profile.picture, allow_private=allow_private, limits=LIMITS, kinds=avatars.KINDS)
            content = avatars.draw_avatar(got.content)
    except (fetching.NotFetchedError, Refused) as error:
        why = error.refusal.code if isinstance(error, Refused) else type(error).__name__
        log.info("the picture of an identity that waits was not kept: %s", why)
    keep_picture(pending, content, now)
    return content
