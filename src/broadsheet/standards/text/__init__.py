"""A comment's text as detectors see it: folded forms with the way back to the original, words, links, language."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from broadsheet.standards.text.disguises import Disguise, disguises
from broadsheet.standards.text.folding import Form, fold
from broadsheet.standards.text.links import Link, find_links

__all__ = ["Form", "Seen"]

Known = TypeVar("Known")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Seen:
    """A text, read once for all detectors. What is asked for is made at the first question and kept."""

    def __init__(self, original: str) -> None:
        self.original = original
        self._kept: dict[object, object] = {}

    @cached_property
    def form(self) -> Form:
        """The text in one case, without marks and invisible signs."""
        return fold(self.original)

    @property
    def folded(self) -> str:
        """The form's text."""
        return self.form.text

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the folded text."""
        return tuple(_WORD.findall(self.folded))

    @cached_property
    def disguises(self) -> tuple[Disguise, ...]:
        """Readings of what is no plain word; places are those of the folded text."""
        return tuple(disguises(self.folded))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The addresses in the original text."""
        return find_links(self.original)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original that became this part of the folded text."""
        return self.form.span(start, end)

    def words_at(self, spans: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
        """Return the original text at the spans."""
        return tuple(self.original[start:end] for start, end in spans)

    def keep(self, key: object, make: Callable[[], Known]) -> Known:
        """Return what was made under the key, making it at the first call: for what several detectors share."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]
