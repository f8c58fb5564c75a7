"""What a trial's answer says of a change, and what stands against switching it on (STD-06)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.kernel.errors import Refusal
from broadsheet.standards.learning.switching import JUDGED, REMOVED


def verdict_of(result: Mapping[str, Any]) -> str:
    """Return what a finished trial says of switching the change on, in a sentence."""
    code = result.get("refusal", "")
    if not code:
        return _("Nothing speaks against switching it on.")
    return _("There is too little to tell.") if code == "too-few" else _("It should not be switched on.")


def against(result: Mapping[str, Any], title_of: Callable[[str], str] = str) -> Refusal | None:
    """Return what a finished trial says against the change; None where nothing speaks against it.

    `title_of` names a clause by its code.
    """
    code, values = result.get("refusal", ""), result.get("values", {})
    if not code:
        return None
    if code == "too-few":
        why = _(
            "The trial judged %(judged)d comments, %(removed)d of which people deleted; it takes %(least)d and "
            "%(least_removed)d to say anything."
        ) % {**values, "least": JUDGED, "least_removed": REMOVED}
        return _refusal(code, why, _("Let more be decided first, or say why it is switched on nevertheless."))
    if code == "fails":
        why = _("%(after)d comments could not be judged with the change, %(before)d without it.") % values
        return _refusal(code, why, _("Look at what fails, or say why it is switched on nevertheless."))
    code = values.get("clause", "")
    what = f"“{title_of(code)}”" if code else _("The outcome as a whole")
    why = _("%(what)s would disagree with people %(after)d times, and does so %(before)d times today.") % {
        **values,
        "what": what,
    }
    return _refusal("worse", why, _("Change the threshold or the words, or say why it is switched on nevertheless."))


def untried() -> Refusal:
    """Return what stands against a change that was not tried as it is now."""
    return _refusal(
        "rulebook-untried",
        _("It was not tried on what people decided, or was changed since."),
        _("Try it on the last days first, or say why it is switched on without."),
    )


def gone_wrong(code: str) -> str:
    """Return why a trial was given up, in words."""
    return {
        "rulebook-moved-on": _("The live rulebook changed meanwhile. Try it again."),
        "bad-rulebook": _("The draft can't be read any more. Open it and save it again."),
        "no-judge": _("The judge could not be loaded; the log says what is missing."),
        "no-model": _("Learning needs the model for English, and it could not be loaded."),
        "too-few": _(
            "There are too few decisions: it takes a dozen English comments, near copies counted once, at least two of "
            "which break the clause and two of which don't."
        ),
        "one-kind": _(
            "The decisions are all of one kind: it takes at least two English comments that break the clause and two "
            "that don't."
        ),
        "people-decide": _("The clause is left to people: no machine serves it."),
        "draft-gone": _("The draft was switched on, discarded or changed meanwhile. Learn again."),
    }.get(code, _("Something failed; the log says what."))


def found_in_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return of what people deleted how much the machine found and would have found."""
    deleted = before["hits"] + before["missed"]
    if not deleted:
        return _("People deleted nothing under it.")
    return ngettext(
        "Of %(deleted)d comment that people deleted under it, it would have found %(after)d; today it finds %(before)d.",
        "Of %(deleted)d comments that people deleted under it, it would have found %(after)d; today it finds %(before)d.",
        deleted,
    ) % {"deleted": deleted, "after": after["hits"], "before": before["hits"]}


def false_in_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return how often the machine marked what people approved."""
    return _("It would have marked %(after)d that people approved; today it marks %(before)d.") % {
        "after": after["false"],
        "before": before["false"],
    }


def _refusal(code: str, why: str, remedy: str) -> Refusal:
    return Refusal(code, _("The rulebook stays as it is; the version is kept."), why, remedy)
