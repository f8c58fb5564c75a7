"""What the newsroom refuses, in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused


def refuse(code: str, what: str, why: str = "", remedy: str = "") -> Refused:
    """Return the exception that says what was not done, why, and what to do."""
    return Refused(Refusal(code, str(what), str(why), str(remedy)))


class NotPublished(Refused):
    """The article was not published; `reasons` are the sentences of the checks that block it."""

    def __init__(self, headline: str, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            Refusal(
                "checks-block",
                _("“%(headline)s” was not published.") % {"headline": headline[:80]},
                " ".join(self.reasons),
                _("Mend this and publish again; the draft is kept."),
            )
        )
