"""Words for what browsers ask to be told of."""

import re
from dataclasses import dataclass

KINDS = ("breaking", "news", "section", "tag", "author")
_WORD = re.compile(rf"({'|'.join(KINDS)}):([1-9][0-9]{{0,17}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Topic:
    """`number` is the row of an edition for `breaking` and `news`, else of the section, tag or author."""

    kind: str
    number: int

    def __str__(self) -> str:
        """Return the word for it."""
        return f"{self.kind}:{self.number}"

    @property
    def is_followed(self) -> bool:
        """Whether what is published in it is pushed by itself; the others wait for an editor."""
        return self.kind in {"section", "tag", "author"}


def topic_of(word: str) -> Topic | None:
    """Return the topic that a word names, None where it names none."""
    found = _WORD.fullmatch(word)
    return Topic(found[1], int(found[2])) if found else None
