"""A text as the encoder reads it: folded, disguises undone, addresses and names as placeholders, emoji as words."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from broadsheet.standards.text import Form, Seen

# What the training data have in place of what names a person or a place on the net.
_PLACEHOLDERS = re.compile(
    r"(?P<url>(?:https?://|www\.)\S+)|(?P<email>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)|(?P<user>(?<![\w@])@\w{1,40})"
    r"|(?P<phone>(?<![\w.])\+?\d[\d ()/-]{6,18}\d(?![\w.]))"
)
_WORDS = {"url": "url", "email": "email", "user": "@user", "phone": "phone"}
_EMOJI = re.compile("[\u2190-\u21ff\u2600-\u27bf\U0001f000-\U0001faff]")
LEAST = 4  # letters of a word that a disguise is taken for


def reading_form(seen: Seen, is_word: Callable[[str], bool] | None) -> Form:
    """Return the text to be read, every sign of it with the part of the original it stands for.

    `is_word` says whether a reading of a disguise is a word that the encoder knows; without it disguises stay as they are.
    """
    folded = seen.folded
    changes = sorted(_changes(seen, is_word), key=lambda change: (change[0], -change[1]))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def copy(begin: int, end: int) -> None:
        pieces.append(folded[begin:end])
        for at in range(begin, end):
            start, stop = seen.span(at, at + 1)
            starts.append(start)
            ends.append(stop)

    done = 0
    for begin, end, word in changes:
        if begin < done:
            continue
        copy(done, begin)
        start, stop = seen.span(begin, end)
        pieces.append(word)
        starts.extend([start] * len(word))
        ends.extend([stop] * len(word))
        done = end
    copy(done, len(folded))
    return Form("".join(pieces), starts, ends)


def _changes(seen: Seen, is_word: Callable[[str], bool] | None) -> Iterator[tuple[int, int, str]]:
    """Yield what is to be read otherwise: from where to where in the folded text, and as what."""
    folded = seen.folded
    for match in _PLACEHOLDERS.finditer(folded):
        yield match.start(), match.end(), _WORDS[str(match.lastgroup)]
    if not folded.isascii():
        for match in _EMOJI.finditer(folded):
            yield match.start(), match.end(), f" {unicodedata.name(match[0], 'sign').lower()} "
    if is_word is None:
        return
    for disguise in seen.disguises:
        if (
            not disguise.masked
            and len(disguise.reading) >= LEAST
            and is_word(disguise.reading)
            and not is_word(folded[disguise.start : disguise.end])
        ):
            yield disguise.start, disguise.end, disguise.reading
