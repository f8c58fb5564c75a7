"""What templates of mails need."""

import re

from django import template

register = template.Library()
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


@register.filter
def isolated(text: object) -> str:
    """Return the text so that its direction touches nothing around it: what `<bdi>` does, in plain text (UAX 9, 2.4).

    Signs of direction in it are taken out, so that none of them ends the isolation.
    """
    return f"\u2068{_DIRECTIONS.sub('', str(text))}\u2069" if text else ""
