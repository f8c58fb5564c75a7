"""What differs between two versions of a policy, passage by passage and there word by word (ACC-09)."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from broadsheet.newsroom.rules.policy_text import Passage, Style, passages
from broadsheet.standards.rulebook import Piece
from broadsheet.standards.rulebook.differences import words_between

ALIKE = 0.4  # passages that share less are shown as one gone and one come, not as a jumble of words
LONGEST = 4000  # letters; word by word, the time grows with the square


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage in both versions (`same`), in one of them, or in both with other words."""

    kind: Literal["same", "added", "removed", "changed"]
    style: Style
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return the words of the newer version, of the older one where the passage is gone."""
        gone = "added" if self.kind == "removed" else "removed"
        return "".join(piece.text for piece in self.pieces if piece.kind != gone)


def differences(old: str, new: str) -> list[Difference]:
    """Return the passages of both texts in the order in which they are read."""
    before, after = passages(old), passages(new)
    found: list[Difference] = []
    for kind, i, j, k, n in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Difference("same", one.style, (Piece("same", one.text),)) for one in before[i:j]]
        else:
            found += _replaced(before[i:j], after[k:n])
    return found


def _replaced(before: list[Passage], after: list[Passage]) -> Iterator[Difference]:
    for old, new in zip_longest(before, after):
        if old is not None and new is not None and _alike(old, new):
            yield Difference("changed", new.style, tuple(words_between(old.text, new.text)))
            continue
        if old is not None:
            yield Difference("removed", old.style, (Piece("removed", old.text),))
        if new is not None:
            yield Difference("added", new.style, (Piece("added", new.text),))


def _alike(old: Passage, new: Passage) -> bool:
    if old.style != new.style or max(len(old.text), len(new.text)) > LONGEST:
        return False
    matcher = difflib.SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False)
    return matcher.quick_ratio() >= ALIKE
