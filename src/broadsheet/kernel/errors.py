"""Refusals: what was not done, why, and what to do about it.

One value serves the web page, the desk, the command line and JSON alike.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason not to act. `code` is stable; the three sentences are for people."""

    code: str
    what: str
    why: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        """Return the sentences in one line."""
        return " ".join(part for part in (self.what, self.why, self.remedy) if part)

    def as_json(self) -> dict[str, str]:
        """Return the refusal for machines."""
        return {"code": self.code, "what": self.what, "why": self.why, "remedy": self.remedy}


class Refused(Exception):  # noqa: N818 - the house's word
    """Raised by an action that did nothing; carries the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
