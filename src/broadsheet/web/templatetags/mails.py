"""What templates of mails need."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


@register.filter
def isolated(text: object) -> str:
    """Return the text so that its direction touches nothing around it: what `<bdi>` does, in plain text (UAX 9, 2.4).

    Signs of direction in it are taken out, so that none of them ends the isolation.
    """
    return f"\u2068{_DIRECTIONS.sub('', str(text))}\u2069" if text else ""


# Mail programs that read no style sheet see the styles of the elements alone.
_STYLES = {
    "<h1>": "<h1 style=\"margin:0 0 16px;font-family:Georgia,'Times New Roman',serif;font-size:26px;line-height:1.25;\">",
    "<h2>": '<h2 style="margin:24px 0 6px;font-size:17px;line-height:1.4;">',
    "<p>": '<p style="margin:0 0 8px;overflow-wrap:anywhere;">',
    '<blockquote dir="auto">': '<blockquote dir="auto" class="line" style="margin:0 0 12px;padding:0 16px;'
    'border-inline-start:3px solid #d9d5cc;white-space:pre-line;overflow-wrap:anywhere;">',
}


@register.filter
def as_letter(html: SafeString) -> SafeString:
    """Return markup of our own making with the styles that a mail needs; nothing of what isn't marked as safe."""
    text = str(html)
    if not isinstance(html, SafeString):
        return mark_safe("")
    for plain, styled in _STYLES.items():
        text = text.replace(plain, styled)
    return mark_safe(text)
