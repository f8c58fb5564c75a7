"""Words that are written not to be recognised: what they may be meant to read, and where they stand."""

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from broadsheet.standards.text.lookalikes import LETTERS, SIGNS, tables

_LETTERS_OF_A_WORD = 16
LONGEST = 60  # a longer unbroken chunk is no word, whatever is in it
_AROUND = ".,;:?\"'()[]{}…\u060c\u061b\u061f"
_MASK = re.compile(r"[*#@$%&_^~•●×.…\-–—?!+x]")
_WEAK_RUNS = re.compile(r"[.\-–—_…]+")
_STRONG_MASK = re.compile(r"[*#@$%&_^~•●×…\-–—]|\.\.")
_STRETCHED = re.compile(r"(?<![^\W\d_])[^\W\d_]{0,30}([^\W\d_])\1\1[^\W\d_]{0,60}(?![^\W\d_])")
_DOUBLED = re.compile(r"(?:([^\W\d_])\1){3,}")
_RUNS = re.compile(r"(.)\1*", re.DOTALL)
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ \t.\-_*·,|/+~]{1,3}[^\W_](?![^\W_])){2,40}")
_CODE = re.compile(r"[^\W\d_]{1,2}\d+|\d+[^\W\d_]{0,2}|\d[\d.,:/-]*")
_ADDRESS = re.compile(r"://|^www\.|@[\w-]+\.\w|\.(?:com|org|net|html?|php)\b")
_SEPARATORS = re.compile(r"[^\w']|_")
_TRACE = re.compile(r"[^a-z\s.,;:?\"'()\[\]{}…!]+|(?<=[a-z0-9])[.,;:?\"()!…](?=[a-z0-9])")
_BESIDE = re.compile(r"[^\s.,;:?!\"()]")
_SPACE = re.compile(r"\s")
_SPACE_BEFORE = re.compile(r"(\S*)$")
_NO_WORD = re.compile(r"(?<!\S)[bcdfghjklmnpqrstvwxz]{1,4}(?![^\s.,!?;:])")
_SHORT_BEFORE = re.compile(r"(?<!\S)([a-z]{1,4}) $")
_SHORT_AFTER = re.compile(r" ([a-z]{1,4})(?![^\s.,!?;:])")


class Disguise(NamedTuple):
    """What signs `start` to `end` of the folded text may be meant to read; a mask has `?` for what is left out."""

    reading: str
    start: int
    end: int
    masked: bool = False


def disguises(folded: str) -> Iterator[Disguise]:
    """Yield readings of what is no plain word: look-alikes, leet, separators, masks, stretching, spaces."""
    foreign: bool | None = None
    done = 0
    for trace in _TRACE.finditer(folded):
        if trace.start() < done:
            continue
        if trace[0].isalpha() and not _BESIDE.search(
            folded[max(0, trace.start() - 1) : trace.start()] + folded[trace.end() : trace.end() + 1]
        ):
            # A word of one script that isn't Latin: in a text of that script it is what it is.
            if foreign is None:
                foreign = _mostly_foreign(folded)
            if foreign:
                continue
        start, done = _chunk(folded, trace.start())
        chunk = folded[start:done]
        word = chunk.strip(_AROUND)
        if (
            len(word) < (3 if word.isascii() else 2)
            or len(word) > LONGEST
            or _CODE.fullmatch(word)
            or _ADDRESS.search(word)
        ):
            continue
        yield from _readings(word, start + chunk.index(word))
    yield from _broken(folded)
    yield from _spaced(folded)
    yield from _stretched(folded)


def _chunk(text: str, at: int) -> tuple[int, int]:
    """Return from where to where no space stands around the place."""
    before = _SPACE_BEFORE.search(text, max(0, at - LONGEST), at)
    after = _SPACE.search(text, at)
    return (before.start(1) if before else at), (after.start() if after else len(text))


def _broken(folded: str) -> Iterator[Disguise]:
    """Yield two short chunks that may be one word torn apart: one of them can't be a word by itself."""
    for match in _NO_WORD.finditer(folded):
        before, after = (
            _SHORT_BEFORE.search(folded, max(0, match.start() - 5), match.start()),
            _SHORT_AFTER.match(folded, match.end()),
        )
        if before and len(before[1]) + len(match[0]) >= 4:
            yield Disguise(before[1] + match[0], before.start(1), match.end())
        if after and len(match[0]) + len(after[1]) >= 4:
            yield Disguise(match[0] + after[1], match.start(), after.end(1))


def _mostly_foreign(folded: str) -> bool:
    letters = [sign for sign in folded[:2000] if sign.isalpha()]
    return sum(sign.isascii() for sign in letters) * 2 < len(letters)


def _readings(word: str, start: int) -> Iterator[Disguise]:
    end = start + len(word)
    seen = set()
    for form in {word, word.rstrip("!")}:
        for table in tables(form):
            reading = _SEPARATORS.sub("", form.translate(table))
            if len(reading) > (2 if reading.isascii() else 1) and reading not in seen:
                seen.add(reading)
                yield Disguise(reading, start, start + len(form))
    if word[0].isalpha() and _STRONG_MASK.search(word, 1) and len(_WEAK_RUNS.findall(word)) < 2:
        yield Disguise(_MASK.sub("?", word.translate(_TO_MASK)), start, end, masked=True)
        bare = word.rstrip("!?.")
        if bare != word:
            yield Disguise(_MASK.sub("?", bare.translate(_TO_MASK)), start, start + len(bare), masked=True)


_TO_MASK = str.maketrans({"…": "..."})


def _spaced(folded: str) -> Iterator[Disguise]:
    read = folded.translate(LETTERS) if not folded.isascii() else folded
    for match in _SPACED.finditer(read):
        text = match[0]
        if any(sign.isdigit() for sign in text) and not any(sign.isalpha() for sign in text):
            continue
        places = [match.start() + at for at, sign in enumerate(text) if sign.isalnum() or sign in SIGNS]
        signs = "".join(folded[place] for place in places)
        for letters in dict.fromkeys(signs.translate(table) for table in tables(signs)):
            # A word of one letter beside the run is no part of it: `a s h i t`, `f u c k u`.
            for first, last in ((0, len(places)), (1, len(places)), (0, len(places) - 1)):
                yield Disguise(letters[first:last], places[first], places[last - 1] + 1)


def _stretched(folded: str) -> Iterator[Disguise]:
    for pattern in (_STRETCHED, _DOUBLED):
        for match in pattern.finditer(folded):
            runs = [run[0] for run in _RUNS.finditer(match[0])]
            loose = [at for at, run in enumerate(runs) if len(run) > 2 or pattern is _DOUBLED]
            choices = product((1, 2), repeat=len(loose)) if len(loose) <= 4 else _one_doubled(len(loose))
            for lengths in choices:
                kept = dict(zip(loose, lengths, strict=True))
                yield Disguise(
                    "".join(run[0] * kept.get(at, len(run)) for at, run in enumerate(runs)), match.start(), match.end()
                )


def _one_doubled(count: int) -> Iterator[tuple[int, ...]]:
    """Yield all letters single, all double, and each alone double: hardly a word has two doubled ones."""
    yield (1,) * count
    yield (2,) * count
    for at in range(min(count, _LETTERS_OF_A_WORD)):
        yield (1,) * at + (2,) + (1,) * (count - at - 1)
