"""When a version of a policy may be published (ACC-08, ACC-09)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal
from broadsheet.kernel.listed import listed


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft that is about to be published: its words, and the variables that have no meaning or no value."""

    words: str
    what_changed: str
    why: str
    effective_at: datetime
    unknown: Sequence[str] = ()
    needed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """The newest version that is published."""

    words: str
    number: int
    effective_at: datetime


def refuse_publication(draft: Candidate, before: Before | None, now: datetime) -> Refusal | None:
    """Return why the draft can't be published; None where nothing stands against it.

    Readers are told what changed, why and since when, so each must be said; versions come into force in their order.
    """
    if not draft.words.strip():
        return _refusal("policy-empty", _("It has no text."), _("Write it first."))
    if not draft.what_changed.strip() or not draft.why.strip():
        return _refusal(
            "policy-unexplained", _("It doesn't say what changed and why."), _("Fill in both: readers are shown them.")
        )
    if draft.unknown:
        return _refusal(
            "policy-unknown-name",
            _("It names %(names)s, which stands for nothing.") % {"names": _braced(draft.unknown)},
            _("Use the variables listed beside the text."),
        )
    if draft.needed:
        return _refusal(
            "policy-unfilled",
            _("It needs %(names)s, which the edition's settings don't say.") % {"names": _braced(draft.needed)},
            _("Fill them in under the edition's settings."),
        )
    if draft.effective_at < now:
        return _refusal(
            "policy-past", _("It would apply to what was done before."), _("Choose a time to come, or none for now.")
        )
    if before is None:
        return None
    if draft.words == before.words:
        return _refusal(
            "policy-unchanged",
            _("It says the same as version %(number)d.") % {"number": before.number},
            _("Change the text, or leave that version in force."),
        )
    if draft.effective_at < before.effective_at:
        return _refusal(
            "policy-order",
            _("Version %(number)d comes into force only later.") % {"number": before.number},
            _("Choose the same time or a later one."),
        )
    return None


def _refusal(code: str, why: str, remedy: str) -> Refusal:
    return Refusal(code, _("The version was not published; the draft is kept."), why, remedy)


def _braced(names: Sequence[str]) -> str:
    return listed(f"{{{name}}}" for name in names)
