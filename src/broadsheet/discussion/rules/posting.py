"""Whether a comment may be posted, and whether it is seen at once: values in, a refusal or a reason out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.discussion.conf import CLOCKS_APART, POSTED_AT_MOST, POSTED_WITHIN, SLOWED, HeldFor, Mode, State
from broadsheet.discussion.errors import not_posted
from broadsheet.discussion.rules.modes import ModeNow
from broadsheet.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Author:
    """What is asked of who posts: when the account was made, whether it is the newsroom's, whether it is trusted."""

    registered_at: datetime
    is_staff: bool = False
    is_trusted: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """One of the author's latest comments: in which thread, and when."""

    thread_id: int
    at: datetime


def refuse_text(text: str, longest: int) -> Refusal | None:
    """Say why a cleaned text can't be a comment: that nothing of it is seen, or that it is too long."""
    if not text:
        return not_posted("empty", _("The comment has no words."), _("Write something, then post again."))
    if len(text) > longest:
        return not_posted(
            "too-long",
            ngettext(
                "The comment is %(more)s character longer than the %(longest)s that are possible.",
                "The comment is %(more)s characters longer than the %(longest)s that are possible.",
                len(text) - longest,
            )
            % {"more": len(text) - longest, "longest": longest},
            _("Shorten it, or post the rest as a reply to your own comment."),
        )
    return None


def refuse_mode(mode: ModeNow, author: Author) -> Refusal | None:
    """Say why the discussion's mode lets the author post nothing; the newsroom may always answer."""
    if author.is_staff:
        return None
    if mode.mode == Mode.CLOSED:
        return not_posted(
            "closed", _("The discussion is closed."), _("You can still edit and delete your own comments.")
        )
    if mode.mode == Mode.TRUSTED and not author.is_trusted:
        return not_posted(
            "trusted-only",
            _("Only trusted readers can comment here for now."),
            _("Readers become trusted by taking part for a month without a comment being removed."),
        )
    return None


def refuse_pace(earlier: Sequence[Earlier], thread_id: int, slow: timedelta, now: datetime) -> Refusal | None:
    """Say why the author has to wait: by the thread's slow mode, or by the limit for all threads together.

    `earlier` are the author's latest comments, as many as matter, in any order. Those that the clock hasn't come to,
    since it was put back, keep nobody waiting.
    """
    earlier = [one for one in earlier if one.at <= now + CLOCKS_APART]
    in_thread = [one.at for one in earlier if one.thread_id == thread_id]
    if slow and in_thread and (wait := max(in_thread) + slow - now) > timedelta(0):
        return _wait("slow-mode", _("Comments in this discussion are slowed down."), wait)
    lately = sorted(one.at for one in earlier if one.at > now - POSTED_WITHIN)
    if len(lately) >= POSTED_AT_MOST:
        free_at = lately[-POSTED_AT_MOST] + POSTED_WITHIN
        return _wait("too-many", _("You have posted very many comments in a short time."), free_at - now)
    return None


def slowed(mode: ModeNow, outcome: str) -> timedelta:
    """Return the time between two comments of an author in the thread, longer where the judge asks for it (FLOOD)."""
    return max(mode.slow, SLOWED) if outcome == "slow" else mode.slow


def refuse_bar(until: datetime | None) -> Refusal:
    """Say that the author is blocked for this discussion."""
    return not_posted(
        "barred",
        _("You are blocked from this discussion until %(until)s.") % {"until": f"{until:%Y-%m-%d %H:%M} UTC"}
        if until
        else _("You are blocked from this discussion."),
        _("Your moderation file says why, and how to contest it."),
    )


def refuse_parent(state: str | None, *, same_thread: bool) -> Refusal | None:
    """Say why the comment that was answered can't be answered any more; `state` is None where there is none."""
    if state == State.VISIBLE and same_thread:
        return None
    return not_posted(
        "parent-gone",
        _("The comment you answer is no longer there."),
        _("Post your text as a comment of its own, or answer another one."),
    )


def refuse_article() -> Refusal:
    """Say that there is no such article for readers."""
    return not_posted("no-article", _("The article is no longer public."), _("Keep your text and look for it later."))


def held_for(mode: ModeNow, author: Author, outcome: str, now: datetime) -> str:
    """Return why the comment waits for a person, empty where it is seen at once; what failed waits always (STD-02)."""
    if why := held_by(outcome):
        return why
    if author.is_staff:
        return ""
    if mode.mode == Mode.PREMODERATED:
        return HeldFor.MODE
    if mode.shield and now < author.registered_at + mode.shield:
        return HeldFor.SHIELD
    return ""


def held_by(outcome: str) -> str:
    """Return why the comment waits by the judge's outcome alone; empty where that lets it be seen."""
    return {"hold": HeldFor.JUDGE, "not_scored": HeldFor.NOT_SCORED}.get(outcome, "")


def refuse_haste(wait: timedelta) -> Refusal | None:
    """Say that texts of the author were looked at too often lately; nothing where there is no wait."""
    if wait <= timedelta(0):
        return None
    return _wait("too-often", _("Your texts were looked at very often in a short time."), wait)


def _wait(code: str, why: str, wait: timedelta) -> Refusal:
    seconds = max(1, -int(-wait.total_seconds() // 1))
    remedy = ngettext(
        "Keep your text and post it in %(seconds)s second.",
        "Keep your text and post it in %(seconds)s seconds.",
        seconds,
    )
    return not_posted(code, why, remedy % {"seconds": seconds})
