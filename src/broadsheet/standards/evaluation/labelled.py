"""A text with what people said of it, and what that means for a clause."""

from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.standards.attributes import HEADS
from broadsheet.standards.submission import Submission

NAMES = frozenset({*HEADS.values(), "personal_data"})  # of labels that speak of more than one clause, or of none
# The labels that speak of a clause; where the first says no and none says yes, it is not broken.
SPEAKING: Mapping[str, tuple[str, ...]] = {
    "HATE": ("hate",), "INSULT": ("insult", "threat"), "PROFANITY": ("profanity",), "SPAM": ("spam",),
    "PROMOTION": ("promotion",), "SUICIDE": ("self_harm",), "DRUGS": ("drugs",), "EXTREMISM": ("extremism",),
    "MINORS": ("minors",), "CRUELTY": ("cruelty",), "PRIVACY": ("personal_data",),
}  # fmt: skip


class SetError(ValueError):
    """A set that can't be read: the file, the line (0: the file as a whole) and what to do."""

    def __init__(self, what: str, file: str, line: int = 0) -> None:
        super().__init__(f"{file}:{line}: {what}" if line else f"{file}: {what}")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, or a sequence of them, with its labels: by name of a head or code of a clause, whether people said so.

    `weak` are the labels that were derived, not given by a person for this text; `clean` is a text that nobody has a
    reason to hold; a set that is not `quotable` is shown without its texts.
    """

    id: str
    set: str
    submissions: tuple[Submission, ...]
    labels: Mapping[str, bool]
    clean: bool
    language: str = "en"
    source: str = ""
    weak: frozenset[str] = frozenset()
    quotable: bool = True

    @property
    def text(self) -> str:
        """What was said; a sequence's comments one after the other."""
        return " / ".join(submission.text for submission in self.submissions)

    def breaks(self, code: str) -> bool | None:
        """Say whether the text breaks the clause, as far as people said; None where they didn't."""
        if code in self.labels:
            return self.labels[code]
        names = SPEAKING.get(code, ())
        if any(self.labels.get(name) for name in names):
            return True
        return False if names and self.labels.get(names[0]) is False else None

    def is_weak(self, code: str) -> bool:
        """Say whether what is known of the clause (or of the label of that name) was derived."""
        return bool(self.weak.intersection(SPEAKING.get(code, (code,))))
