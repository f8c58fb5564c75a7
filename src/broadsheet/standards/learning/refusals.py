"""What is not done while learning, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason not to act: `code` is stable, the sentences say what is wrong and what to do."""

    code: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """Return the sentences in one line."""
        return f"{self.what} {self.remedy}".strip()


class LearningError(Exception):
    """Raised where something is refused; carries the refusal."""

    def __init__(self, code: str, what: str, remedy: str = "") -> None:
        self.refusal = Refusal(code, what, remedy)
        super().__init__(str(self.refusal))
