"""The public replies to a post in the fediverse: the paper asks for them, readers' browsers ask nobody but the paper."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.core.cache import cache
from django.utils.translation import gettext as _

from broadsheet.discussion.engines.channels.shown import Reply, Shown
from broadsheet.kernel.fetching import Limits, NotFetchedError, fetch
from broadsheet.newsroom.queries.channels import Elsewhere

KEPT_SECONDS = 300
FAULT_SECONDS = 60  # a host that is down is not asked by each reader
AT_ONCE = 2
MOST = 120
DEEPEST = 4
LONGEST = 20_000  # characters of one reply's markup
LIMITS = Limits(most_bytes=4 * 1024 * 1024, total_seconds=8.0, read_seconds=5.0, redirects=0)
KINDS = frozenset({"application/json", "application/activity+json", "text/plain"})
_CLEANER = nh3.Cleaner(
    tags={"p", "br", "a", "blockquote", "em", "strong", "ul", "ol", "li", "code", "pre"},
    attributes={"a": {"href"}},
    url_schemes={"https"},
    link_rel="nofollow ugc noopener noreferrer",
)


class Fediverse:
    """Shows the replies that hosts with Mastodon's interface tell of."""

    by_browser = False

    def __init__(self, *, scheme: str = "https", allow_private: bool = False) -> None:
        self.scheme = scheme
        self.allow_private = allow_private

    def show(self, elsewhere: Elsewhere) -> Shown:
        """Return the replies, as they were some minutes ago at most."""
        key = f"channel:fediverse:{elsewhere.host}:{elsewhere.number}"
        kept: Shown | None = cache.get(key)
        if kept is not None:
            return kept
        place = next((name for name in _places(elsewhere.host) if cache.add(name, 1, 2 * LIMITS.total_seconds)), "")
        if not place:
            return Shown(
                fault=_("%(host)s is being asked right now. Try again in a moment.") % {"host": elsewhere.host}
            )
        try:
            asked = self._ask(elsewhere)
            cache.set(key, asked, FAULT_SECONDS if asked.fault else KEPT_SECONDS)
        finally:
            cache.delete(place)
        return asked

    def _ask(self, elsewhere: Elsewhere) -> Shown:
        url = f"{self.scheme}://{elsewhere.host}/api/v1/statuses/{elsewhere.number}/context"
        try:
            answer = fetch(url, allow_private=self.allow_private, limits=LIMITS, kinds=KINDS)
            told = json.loads(answer.content)["descendants"]
            replies = list(_in_order(told, elsewhere))
        except (NotFetchedError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            words = {"host": elsewhere.host}
            return Shown(fault=_("%(host)s did not tell of the replies. Try again in a minute.") % words)
        return Shown(replies=tuple(replies[:MOST]), more=len(replies) > MOST)


def _places(host: str) -> list[str]:
    """Return the names of the places for those who ask a host: a slow one must not hold every thread of the paper."""
    return [f"channel:asking:{host}:{number}" for number in range(AT_ONCE)]


def _in_order(told: Iterable[Any], elsewhere: Elsewhere) -> Iterator[Reply]:
    """Return the public replies, each below the one it answers, older ones first."""
    below: dict[str, list[dict[str, Any]]] = {}
    known = {str(one["id"]) for one in told if one.get("visibility") == "public"}
    for one in told:
        if one.get("visibility") == "public":
            parent = str(one.get("in_reply_to_id") or "")
            below.setdefault(parent if parent in known else "", []).append(one)
    waiting = [(one, 0) for one in reversed(below.pop("", []))]
    while waiting:
        one, depth = waiting.pop()
        yield _reply(one, min(depth, DEEPEST), elsewhere)
        waiting += [(child, depth + 1) for child in reversed(below.pop(str(one["id"]), []))]


def _reply(one: dict[str, Any], depth: int, elsewhere: Elsewhere) -> Reply:
    account = one["account"]
    handle = str(account["acct"])[:120].lstrip("@")
    address = str(one.get("url") or "")
    return Reply(
        author=_line(account.get("display_name")) or handle.partition("@")[0],
        handle=f"@{handle}" if "@" in handle else f"@{handle}@{elsewhere.host}",
        at=_moment(one.get("created_at")),
        html=_CLEANER.clean(str(one.get("content") or "")[:LONGEST]),
        address=address if urlsplit(address).scheme == "https" else elsewhere.address,
        warning=_line(one.get("spoiler_text")) or (_("Marked as sensitive") if one.get("sensitive") else ""),
        depth=depth,
    )


def _line(text: Any) -> str:
    return " ".join(str(text or "").split())[:120]


def _moment(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else None
