"""Why a case is in the queue and why there: kept as values, said in words in the language of whoever reads (MOD-01)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Reason = dict[str, Any]
# By which values two reasons are the same, by code; the later one takes the place of the earlier.
_SAME = {"finding": ("clause",), "report": ("clause",), "notice": ("report",), "same-person": ("reader",),
         "annulment": ("annulment",)}  # fmt: skip


def joined(known: Sequence[Mapping[str, Any]], more: Iterable[Mapping[str, Any]]) -> list[Reason]:
    """Return the reasons with these added, each once, in the order in which they came."""
    found = {_identity(one): dict(one) for one in known}
    for one in more:
        found[_identity(one)] = dict(one)
    return list(found.values())


def _identity(reason: Mapping[str, Any]) -> tuple[Any, ...]:
    code = reason["code"]
    return (code, *(reason.get(name) for name in _SAME.get(code, ())))


def in_words(reason: Mapping[str, Any], title: str = "") -> str:
    """Return the reason as a sentence; `title` is the clause's in the reader's language, where the reason has one."""
    name = title or str(reason.get("clause", ""))
    percent = round(100 * float(reason.get("score", 0)))
    number = int(reason.get("number", 0))
    match reason["code"]:
        case "finding":
            return _("The judge noticed “%(clause)s” (%(percent)s %% sure).") % {"clause": name, "percent": percent}
        case "report":
            return ngettext(
                "%(number)s reader reported it: “%(clause)s”.", "%(number)s readers reported it: “%(clause)s”.", number
            ) % {"number": number, "clause": name}
        case "notice":
            return _("Somebody gave notice that it is illegal: “%(clause)s”.") % {"clause": name}
        case "mob":
            return ngettext(
                "%(number)s comment says the same, by many accounts.",
                "%(number)s comments say the same, by many accounts.",
                number,
            ) % {"number": number}
        case "lively":
            return ngettext(
                "%(number)s comment in this discussion in the last half hour.",
                "%(number)s comments in this discussion in the last half hour.",
                number,
            ) % {"number": number}
        case code:
            return _plain(code)


def _plain(code: str) -> str:
    """Return the sentence of a reason that has no values."""
    return {
        "judge": _("It waits because the judge noticed something."),
        "not_scored": _("It waits because the judge could not read it."),
        "mode": _("It waits because this discussion is moderated before comments are seen."),
        "shield": _("It waits because the account is new."),
        "moderator": _("It waits because a moderator held it."),
        "care": _("Somebody may be in danger."),
        "flood": _("One account posts faster than anybody reads."),
        "letter": _("Somebody asks to be let in again, or contests a decision."),
        "same-person": _("Two accounts under a first block are one person's."),
        "annulment": _("Somebody holds a block to be wrong; a second person has to say so, too."),
        "asked": _("A colleague asks for your view."),
        "own": _("A moderator wants to decide about it."),
        "left-out": _("It was changed while it was to be decided together with others."),
    }.get(code, code)
