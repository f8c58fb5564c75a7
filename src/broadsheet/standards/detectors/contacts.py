"""Ways to be reached that a text offers: what makes an advertisement of praise."""

import re

from broadsheet.standards.text import Seen

_WAYS = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,24}|\+\d[\d ().-]{7,20}\d|(?:whats ?app|telegram|wechat|signal|واتساب|تلجرام)\W{0,3}"
    r"(?:\+?\d[\d ().-]{5,20}\d|@\w{3,32})|t\.me/\w+|wa\.me/\w+"
)


def contact(seen: Seen) -> tuple[int, int] | None:
    """Return where the text first says how to reach somebody, as a part of the original."""

    def find() -> tuple[int, int] | None:
        match = _WAYS.search(seen.folded)
        return seen.span(*match.span()) if match else None

    return seen.keep("contact", find)
