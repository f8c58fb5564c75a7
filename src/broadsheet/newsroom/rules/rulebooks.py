"""When a version of a rulebook may judge comments, live or in shadow mode (STD-05, STD-06)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal
from broadsheet.kernel.listed import listed
from broadsheet.newsroom.conf import RulebookState


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version that is about to judge: whether it differs from what is live, and the clauses whose heads aren't tried.

    `after` is the number of the live version that it was made to follow, `live` of the one there is; 0 for none.
    """

    state: str
    why: str
    differs: bool
    after: int
    live: int
    untried_heads: Sequence[str] = ()


def refuse_shadow(one: Candidate, *, occupied: bool) -> Refusal | None:
    """Return why the draft can't run beside the live rulebook; None where it can."""
    if one.state != RulebookState.DRAFT:
        return _refusal("rulebook-no-draft", _("It is no draft any more."), _("Begin a new version."))
    if occupied:
        return _refusal(
            "rulebook-shadow-taken",
            _("Another version is in shadow mode."),
            _("End that trial first, or switch its version on."),
        )
    return _refuse_unchanged(one)


def refuse_switch(one: Candidate) -> Refusal | None:
    """Return why the version can't become the live one; None where it can.

    A learned head judges nothing that counts before a back-test of it (STD-05); and each version says why it is made.
    """
    if one.state not in {RulebookState.DRAFT, RulebookState.SHADOW}:
        return _refusal("rulebook-was-live", _("It is live or was before."), _("Begin a new version."))
    if one.after != one.live:
        return _refusal(
            "rulebook-overtaken",
            _("It was made to follow version %(after)d, and version %(live)d is live.")
            % {"after": one.after, "live": one.live},
            _("Begin a new version: it starts from the changes of the newest."),
        )
    if not one.why.strip():
        return _refusal("rulebook-unexplained", _("It doesn't say why."), _("Say why the rulebook changes."))
    if one.untried_heads:
        return _refusal(
            "rulebook-untried-heads",
            _("The learned heads of %(clauses)s were not switched on after a back-test.")
            % {"clauses": listed(one.untried_heads)},
            _("Back-test them first."),
        )
    return _refuse_unchanged(one)


def _refuse_unchanged(one: Candidate) -> Refusal | None:
    if one.differs:
        return None
    return _refusal(
        "rulebook-unchanged", _("It judges as the live rulebook does."), _("Change it, or leave that one in force.")
    )


def _refusal(code: str, why: str, remedy: str) -> Refusal:
    return Refusal(code, _("The rulebook stays as it is; the version is kept."), why, remedy)
