"""What the discussion refuses, in words; and what the judge has to say before something is posted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused


def not_posted(code: str, why: str, remedy: str = "") -> Refusal:
    """Return why nothing was posted."""
    return Refusal(code, _("Nothing was posted."), why, remedy)


def not_changed(code: str, why: str, remedy: str = "") -> Refusal:
    """Return why a comment or a discussion stayed as it was."""
    return Refusal(code, _("Nothing was changed."), why, remedy)


def not_reported(code: str, why: str, remedy: str = "") -> Refusal:
    """Return why a report wasn't taken."""
    return Refusal(code, _("Nothing was reported."), why, remedy)


def no_comment() -> Refused:
    """Return the exception for a comment that isn't there, or isn't one's own: nobody learns which."""
    return Refused(
        not_changed("no-such-comment", _("There is no such comment of yours."), _("Load the discussion again."))
    )


def no_discussion() -> Refused:
    """Return the exception for a discussion of an article that isn't public."""
    why, remedy = _("The article is no longer public."), _("Publish it first.")
    return Refused(not_changed("no-article", why, remedy))


@dataclass(frozen=True, slots=True)
class FindingView:
    """A clause as it is told to the author: its title, one sentence, and the words where there are any.

    Spans are code points of the text that was judged, the end exclusive. `may_insist`: it can be posted as it is;
    `waits`: it is then seen by others only after a person has looked. `care`: whoever writes so may be in danger, and is
    shown help in place of this.
    """

    clause: str
    title: str
    sentence: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    may_insist: bool
    waits: bool
    care: bool = False


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What the judge has to say to the author; `text` is the cleaned text that the spans are of.

    `care`: help is shown, not blame (SUICIDE).
    """

    outcome: str
    care: bool
    findings: tuple[FindingView, ...]
    text: str

    @property
    def may_insist(self) -> bool:
        """Whether the author may post the text as it is."""
        return all(finding.may_insist for finding in self.findings)

    @property
    def waits(self) -> bool:
        """Whether it would be seen by others only after a person has looked."""
        return self.outcome in {"hold", "not_scored"}


class Warned(Refused):
    """Nothing was posted yet: the judge would warn or hold, and the author may mend the text or insist."""

    def __init__(self, verdict: VerdictView) -> None:
        self.verdict = verdict
        sentences: Sequence[str] = [finding.sentence for finding in verdict.findings]
        super().__init__(
            Refusal(
                "warned",
                _("Not posted yet."),
                " ".join(sentences),
                _("Change the text, or post it as it is: a person then looks at it before others see it.")
                if verdict.waits
                else _("Change the text, or post it as it is."),
            )
        )
