"""What templates of the paper need: pictures, times, structured data."""

import json
import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from broadsheet.delivery.queries.pictures import picture_at, sizes_at, srcset
from broadsheet.kernel.days import day_said
from broadsheet.kernel.figures import grouped
from broadsheet.kernel.listed import colon as kernel_colon
from broadsheet.kernel.listed import comma as kernel_comma
from broadsheet.newsroom.queries.cards import PictureView
from broadsheet.web.conf import WIDTHS
from broadsheet.web.rules.counted import counted_comments, counted_more_replies, counted_replies, counted_views

register = template.Library()
RATIOS = {"16:9", "4:3", "1:1", "free"}


@register.simple_tag
def picture(
    view: PictureView,
    use: str = "card",
    ratio: str = "16:9",
    *,
    sizes: str = "100vw",
    eager: bool = False,
    alt: str | None = None,
) -> SafeString:
    """Return `<picture>` at the widths of its use; without `alt`, the picture's own."""
    widths = WIDTHS[use]
    width, height = sizes_at(view, ratio, widths)[-1]
    words = view.alt if alt is None else alt
    middle = widths[len(widths) // 2]
    return mark_safe(
        f'<picture><source type="image/avif" srcset="{srcset(view, ratio, widths, "avif")}" sizes="{sizes}">'
        f'<source type="image/webp" srcset="{srcset(view, ratio, widths, "webp")}" sizes="{sizes}">'
        f'<img src="{picture_at(view, ratio=ratio, width=middle)}" width="{width}" height="{height}"'
        f' alt="{conditional_escape(words)}" {_loading(eager)}></picture>'
    )


def _loading(eager: bool) -> str:
    return 'fetchpriority="high"' if eager else 'loading="lazy" decoding="async"'


@register.filter
def iso(at: datetime) -> str:
    """Return the time with its zone, as machines read it."""
    return timezone.localtime(at).isoformat(timespec="minutes")


@register.filter
def time_of(at: datetime) -> str:
    """Return HH:MM in the edition's zone."""
    return f"{timezone.localtime(at):%H:%M}"


@register.filter
def day_of(at: date) -> str:
    """Return the day in the language, as 20 November 2026; that of a moment in the edition's zone."""
    return day_said(timezone.localtime(at) if isinstance(at, datetime) else at)


@register.filter
def short_day_of(at: datetime) -> str:
    """Return day and month, as 20 November."""
    return date_format(timezone.localtime(at), pgettext("format of a day without its year", "j F"))


@register.filter
def date_day(on: Any) -> str:
    """Return a date as 20 November 2026."""
    return day_said(on)


@register.filter
def date_short(on: Any) -> str:
    """Return a date as 20 November."""
    return date_format(on, pgettext("format of a day without its year", "j F"))


@register.simple_tag
def poster_of(view: PictureView) -> str:
    """Return the address of a film's still picture."""
    return picture_at(view, ratio="16:9", width=1280)


@register.filter
def weekday_of(at: Any) -> str:
    """Return the weekday of a date."""
    return date_format(at, "l")


@register.simple_tag
def comma() -> str:
    """Return what stands between two parts of a line in the page's language."""
    return kernel_comma()


@register.simple_tag
def colon() -> str:
    """Return what stands between a label and what it names in the page's language."""
    return kernel_colon()


@register.simple_tag
def stamp(at: datetime, day: bool = True) -> SafeString:
    """Return `<time>` with day and time, or the time alone."""
    text = f"{day_of(at)}{comma()}{time_of(at)}" if day else time_of(at)
    return format_html('<time datetime="{}">{}</time>', iso(at), text)


@register.filter
def duration(seconds: int) -> str:
    """Return a recording's length as 0:40 or 1:02:05."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


_COMPOUND = re.compile(r"\b\d[\d.,]*-\w+")


@register.filter
def headline(text: str) -> SafeString:
    """Return a headline whose compounds of figure and word, such as 4.9-metre, stay on one line."""
    return mark_safe(_COMPOUND.sub(r'<span class="whole">\g<0></span>', conditional_escape(text)))


@register.filter
def stars(number: int) -> str:
    """Return the mark of the footnote with this number."""
    return "*" * number


for counted in (counted_views, counted_comments, counted_replies, counted_more_replies, grouped):
    register.filter(counted)


@register.filter
def machine(value: Any) -> SafeString:
    """Return structured data as JSON that cannot end its script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)


@register.filter
def by_day(cards: Any) -> list[tuple[datetime, list[Any]]]:
    """Return the articles of a list that is newest first, grouped by the edition's day."""
    groups: list[tuple[datetime, list[Any]]] = []
    for card in cards:
        local = timezone.localtime(card.published_at)
        if not groups or groups[-1][0].date() != local.date():
            groups.append((local, []))
        groups[-1][1].append(card)
    return groups


@lru_cache(maxsize=64)
def _language_name(code: str) -> str:
    from django.conf.locale import LANG_INFO

    return str(LANG_INFO.get(code, {}).get("name_local", code)).capitalize()


@register.filter
def own_name(language: str) -> str:
    """Return a language's name in that language."""
    return _language_name(language)
