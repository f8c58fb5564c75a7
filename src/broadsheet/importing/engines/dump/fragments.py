"""Dumps that break a line at every link: the fragments of one sentence put together again."""

import re

from broadsheet.importing.engines.dump.lines import Line
from broadsheet.importing.engines.dump.tongues import common_words
from broadsheet.importing.engines.dump.vocabulary import has_label

_HANGING = re.compile(r"^[,;:)»”’]\s?\S|^[.,;:!?)»”]+$|^\.\s")
_ENDED = re.compile(r"[.!?…:؟][\"'”’»)\]]*$")
_LEAST = 3


def is_fragmented(lines: list[Line]) -> bool:
    """True where lines begin with the comma or stop that belongs to the one before."""
    hanging = sum(1 for line in lines if _HANGING.match(line.text))
    return hanging >= _LEAST and hanging * 50 >= len(lines)


def joined_lines(lines: list[Line]) -> set[int]:
    """The numbers of lines that go on with the sentence of the line before."""
    places = [number for number, line in enumerate(lines) if line.text]
    answer: set[int] = set()
    for order in range(1, len(places)):
        before, here = lines[places[order - 1]], lines[places[order]]
        following = lines[places[order + 1]].text if order + 1 < len(places) else ""
        if _joins(before.text, here.text, following):
            answer.add(places[order])
    return answer


def _joins(before: str, here: str, following: str) -> bool:
    """True where the middle line is part of the sentence that the line before began."""
    if has_label(before, "by") or has_label(here.split(" ", 1)[0], "by") or _ENDED.search(before):
        return bool(_HANGING.match(here)) and not has_label(before, "by")
    if _goes_on(here):
        return True
    last = before.rsplit(" ", 1)[-1]
    if last.islower() and last in common_words(None):
        return True
    return _goes_on(following) and len(here) < 60 and len(before.split()) < 40 and before[:1].isupper()


def _goes_on(text: str) -> bool:
    """True for a line that begins inside a sentence."""
    return bool(_HANGING.match(text)) or (text[:1].islower() and " " in text)
