"""The sentences of a text, for scores of its parts; offsets as the Perspective API counts them."""

import re
from collections.abc import Sequence

MOST = 50  # parts of one text; more sentences are taken together
# A sentence ends with its mark, and what closes behind it, before a space; or with the line. Arabic and East Asian marks too.
_END = re.compile(r"(?<![.!?…؟۔])[.!?…؟۔]++[\"'”’»)\]]*+(?=\s|$)|[。！？]++|\n")
_WORD = re.compile(r"\w")


def sentences(text: str, most: int = MOST) -> list[tuple[int, int]]:
    """Return where the sentences stand, without the spaces around, in code points; what holds no word joins its neighbour."""
    found: list[tuple[int, int]] = []
    begun = 0
    for end in [match.end() for match in _END.finditer(text)] + [len(text)]:
        if not _WORD.search(text, begun, end):
            if found and text[begun:end].strip():
                found[-1] = (found[-1][0], end)
            if found:
                begun = end
            continue
        found.append((begun, end))
        begun = end
    return [_trimmed(text, *span) for span in _grouped(found, most)] or [(0, len(text))]


def _grouped(spans: Sequence[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    size = -(-len(spans) // most) or 1
    return [(group[0][0], group[-1][1]) for at in range(0, len(spans), size) if (group := spans[at : at + size])]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def utf16(text: str, place: int) -> int:
    """Return the place, given in code points, in UTF-16 code units: signs beyond U+FFFF count two."""
    return place + sum(sign > "\uffff" for sign in text[:place])
