"""The markup of one comment, written in one go: a page shows up to eighty, and a template would take most of its time.

It is what `parts/comment.html` shows.
"""

from datetime import date, datetime
from functools import lru_cache
from html import escape
from zlib import crc32

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from broadsheet.kernel.days import day_said
from broadsheet.kernel.listed import comma
from broadsheet.web.rules.shown_comment import ShownComment


def comment_markup(comment: ShownComment) -> SafeString:
    """Return the comment, or the tombstone in its place, in the language and zone in force."""
    view = comment.view
    kinds = ["comment"]
    kinds += ["is-reply", f"indent-{comment.indent}"] if comment.indent else []
    kinds += [name for name, holds in (("is-gone", not view.is_visible), ("is-picked", view.is_picked)) if holds]
    kinds += [f"is-{view.badge}"] if view.badge else []
    more = f' data-indent="{comment.indent}"' if comment.indent else ""
    more += f' data-author="{escape(comment.user_id)}"' if comment.user_id else ""
    inner = f"{_head(comment)}{_text(comment)}{_tools(comment)}" if view.is_visible else _tombstone(comment)
    said = (view.state, view.html, view.edited_at, view.is_picked, comment.badge, comment.name, comment.avatar)
    mark = f"{crc32(repr(said).encode()):x}"  # what tells a browser that it shows this already
    return mark_safe(
        f'<article class="{" ".join(kinds)}" id="comment-{view.id}" data-comment="{view.id}" data-mark="{mark}"{more}'
        f' tabindex="-1">{inner}</article>'
    )


def _head(comment: ShownComment) -> str:
    view = comment.view
    if comment.avatar:
        face = (
            f'<img class="comment-face" src="{escape(comment.avatar)}" width="40" height="40" alt="" loading="lazy"'
            ' decoding="async">'
        )
    else:
        face = f'<span class="comment-face" aria-hidden="true">{escape(comment.initials)}</span>'
    by = f'<bdi class="comment-name">{escape(comment.name or gettext("Deleted account"))}</bdi>'
    by += f' <span class="comment-badge">{escape(comment.badge)}</span>' if comment.badge else ""
    by += f' <span class="comment-pick">{escape(gettext("Editor’s pick"))}</span>' if view.is_picked else ""
    if comment.answers:
        link = f'<a href="{escape(comment.answers_path)}"><bdi>{escape(comment.answers)}</bdi></a>'
        words = escape(gettext("in reply to %(name)s")) % {"name": link}
        by += f' <span class="comment-answers">{words}</span>'
    edited = ""
    if view.edited_at is not None:
        words = gettext("edited %(time)s") % {"time": _moment(view.edited_at)}
        edited = f' <span class="comment-edited">{escape(words)}</span>'
    return (
        f'<header class="comment-head">{face}<p class="comment-by">{by}</p>'
        f'<p class="comment-time">{_link(comment)}{edited}</p></header>'
    )


def _text(comment: ShownComment) -> str:
    view = comment.view
    language = f' lang="{escape(view.language)}"' if view.language else ""
    return f'<div class="comment-text"{language}>{view.html}</div>'


def _tools(comment: ShownComment) -> str:
    found = ""
    if comment.reply:
        found += f'<a href="{escape(comment.reply)}" data-reply rel="nofollow">{escape(gettext("Reply"))}</a>'
    if comment.report:
        words = escape(pgettext("to complain about a comment", "Report"))
        found += f'<a href="{escape(comment.report)}" data-dialog data-report rel="nofollow">{words}</a>'
    return f'<div class="comment-tools" data-comment-tools>{found}</div>'


def _tombstone(comment: ShownComment) -> str:
    words = {
        "removed": gettext("A moderator deleted this comment."),
        "withdrawn": gettext("The author deleted this comment."),
    }.get(comment.view.state) or gettext("A moderator is looking at this comment.")
    return f'<p class="comment-gone">{escape(words)} {_link(comment)}</p>'


def _link(comment: ShownComment) -> str:
    at = timezone.localtime(comment.view.created_at)
    return (
        f'<a href="{escape(comment.path)}" rel="nofollow"><time datetime="{at.isoformat(timespec="minutes")}">'
        f"{escape(_moment(at))}</time></a>"
    )


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{_day(local.date(), get_language() or '')}{comma()}{local:%H:%M}"


@lru_cache(maxsize=1024)
def _day(day: date, _language: str) -> str:
    return day_said(day)
