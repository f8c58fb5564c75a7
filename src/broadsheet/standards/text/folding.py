"""A text as it is meant to be read: one case, no marks, nothing invisible, with the way back to every original sign."""

import html
import re
import unicodedata
from dataclasses import dataclass

_PLAIN = re.compile(r"[^\x20-\x7e\n]|[&<`]")
_MARKUP = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,24});|</?([A-Za-z]{1,10})(?:\s[^<>]{0,200})?/?>")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "wbr",
    ]
)
# Arabic letters that writers use for one another.
_ALIKE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": "", "ک": "ك", "ی": "ي"}
)
_LUNATE = "ϲϹ"  # looks like our c; its compatibility form, an ordinary sigma, doesn't
_QUOTES = str.maketrans("’‘ʼ`´“”«»", "'''''\"\"\"\"")


@dataclass(frozen=True, slots=True)
class Form:
    """A text made from another: `starts[i]`, `ends[i]` say which part of the original became its sign i.

    Where both are absent, sign i comes from sign i.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original that became `text[start:end]` (not empty)."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


class _Folds(dict[str, str]):
    """sign → what is read for it; learns a sign when it meets it first."""

    def __missing__(self, sign: str) -> str:
        folded = self[sign] = _fold(sign)
        return folded


def _fold(sign: str) -> str:
    if sign.isspace():
        return "\n" if sign in "\n\v\f\r\x85\u2028\u2029" else " "
    if sign in _LUNATE:
        return _LUNATE[0]
    category = unicodedata.category(sign)
    if category == "Cs":
        return "\ufffd"
    if category == "Nd":
        return str(unicodedata.digit(sign))
    if category in {"Cc", "Cf", "Me"} or 0xFE00 <= ord(sign) <= 0xFE0F or 0xE0100 <= ord(sign) <= 0xE01EF:
        return ""
    signs = [s for s in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(s)]
    folded = unicodedata.normalize("NFC", "".join(signs)).casefold().translate(_QUOTES).translate(_ALIKE)
    return folded.replace("\x00", "")


_FOLDS = _Folds()


def fold(text: str) -> Form:
    """Return the text in compatibility form without case, marks, invisible signs and inline markup."""
    if not _PLAIN.search(text):
        return Form(text.lower())
    if "<" in text or "&" in text:
        return _fold_markup(text)
    pieces = [_FOLDS[sign] for sign in text]
    folded = "".join(pieces)
    if len(folded) == len(text) and "" not in pieces:
        return Form(folded)
    starts = [at for at, piece in enumerate(pieces) for _ in piece]
    return Form(folded, starts, [at + 1 for at in starts])


def _fold_markup(text: str) -> Form:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def take(folded: str, start: int, end: int) -> None:
        pieces.append(folded)
        starts.extend([start] * len(folded))
        ends.extend([end] * len(folded))

    done = 0
    for match in _MARKUP.finditer(text):
        for at in range(done, match.start()):
            take(_FOLDS[text[at]], at, at + 1)
        done = match.end()
        if match[1] is None:
            take("".join(_FOLDS[sign] for sign in html.unescape(match[0])), match.start(), done)
        else:
            take("" if match[1].lower() in _INLINE else " ", match.start(), done)
    for at in range(done, len(text)):
        take(_FOLDS[text[at]], at, at + 1)
    return Form("".join(pieces), starts, ends)


def folded(text: str) -> str:
    """Return the folded text alone: how lists are read in, so that they meet what is read."""
    return fold(text).text
