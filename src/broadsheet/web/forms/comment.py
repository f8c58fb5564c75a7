"""What a reader writes in a discussion (DIS-02).

The text is taken as it came: the discussion cleans it, and says in words why it can't be a comment. What can't be read
of the rest is as good as not there, so that nobody loses a text over it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4, uuid5

NOBODYS = 0  # no comment has this number: what is asked of it is refused as for any that is gone
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment that isn't posted yet: its text, the comment it answers, and the key of the form it was written in.

    `shown` is the digest of the text that the judge's words were shown for.
    """

    text: str
    reply: int | None
    key: UUID
    shown: str = ""

    @property
    def digest(self) -> str:
        """Return what tells this text from others."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def once(self) -> UUID:
        """Return the key by which it is posted once: another text from the same form, found again, is another comment."""
        return uuid5(self.key, f"{self.reply} {self.digest}")

    @property
    def insists(self) -> bool:
        """Whether the text is the very one that its author was told about."""
        return self.shown == self.digest

    def told(self) -> "Draft":
        """Return the draft once its author was told what the judge says of it."""
        return replace(self, shown=self.digest)

    def alone(self) -> "Draft":
        """Return the draft as a comment of its own."""
        return replace(self, reply=None)


def new_draft(text: str = "", reply: int | None = None) -> Draft:
    """Return a draft with a key of its own."""
    return Draft(text, reply, uuid4())


def read_draft(sent: Mapping[str, str]) -> Draft:
    """Return what was sent."""
    text = str(sent.get("text", "")).replace("\r\n", "\n")
    return Draft(text, read_number(sent.get("reply", "")), _key(sent.get("key", "")), sent.get("shown", "")[:64])


def read_number(word: str) -> int | None:
    """Return the number of a comment, None where nothing is named, `NOBODYS` for what is no number."""
    if not word:
        return None
    return int(word) if _NUMBER.fullmatch(word) else NOBODYS


def _key(word: str) -> UUID:
    try:
        return UUID(word)
    except ValueError:
        return uuid4()
