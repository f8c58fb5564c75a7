"""The parts of a rulebook, its changes and its alarms in words of the active language (STD-06)."""

import ast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.standards.learning.alarm import Alarm

HANDLINGS = ("flag", "slow", "warn", "hold", "human")


def handling_label(handling: str) -> str:
    """Return what a machine's finding leads to at most."""
    return {
        "flag": _("Flag: shown to moderators"),
        "slow": _("Slow: the author waits"),
        "warn": _("Warn: the author is asked to look again"),
        "hold": _("Hold: a person looks first"),
        "human": _("People alone decide"),
    }.get(handling, handling)


def outcome_word(outcome: str) -> str:
    """Return what became, or would have become, of a comment."""
    return {
        "publish": _("let through"),
        "flag": _("flagged"),
        "slow": _("slowed"),
        "warn": _("warned"),
        "hold": _("held"),
        "not_scored": _("not judged, held"),
    }.get(outcome, outcome)


def detector_label(key: str) -> str:
    """Return what notices, by the key under which a clause uses it."""
    name, _dash, more = key.partition("-")
    label = {
        "words": _("Word lists"),
        "encoder": _("Model for English"),
        "ngrams": _("N-grams"),
        "learned": _("Learned from decisions"),
        "threats": _("Threats"),
        "danger": _("Danger to the author"),
        "minors": _("Minors"),
        "personal_data": _("Personal data"),
        "commerce": _("Commerce"),
        "promotion": _("Promotion"),
        "links": _("Links"),
        "spam": _("Spam"),
        "copies": _("Copies"),
        "flood": _("Floods"),
        "capitals": _("Capital letters"),
        "language": _("Language"),
        "off_topic": _("Off topic"),
        "gibberish": _("Gibberish"),
        "how_to": _("Instructions"),
        "organisations": _("Organisations"),
        "context_words": _("Words in context"),
        "time": _("It took too long"),
        "judge": _("The judge itself failed"),
    }.get(name, name)
    if key == "words-own" or key.startswith("words-own-"):
        label, more = _("Words of ours"), more.removeprefix("own").removeprefix("-")
    return f"{label} ({more})" if more else label


def field_label(name: str) -> str:
    """Return which field of a rulebook a change is about."""
    if name.startswith("detectors."):
        key, _dot, rest = name.removeprefix("detectors.").partition(".")
        what = {
            "threshold": _("threshold"),
            "handling": _("what a finding does"),
            "options.add": _("added words"),
            "options.allow": _("allowed words"),
        }.get(rest, rest.removeprefix("options."))
        return f"{detector_label(key)}: {what}"
    return {
        "on": _("in force"),
        "handling": _("the most a machine does"),
        "title": _("title"),
        "text": _("text"),
        "permitted": _("permitted examples"),
        "forbidden": _("forbidden examples"),
        "clause": _("clause"),
        "statement": _("legal ground"),
        "priority": _("place in the queue"),
        "order": _("order"),
    }.get(name, name)


def value_in_words(field: str, value: str) -> str:
    """Return the value of a changed field: a handling in words, a list of words without its brackets."""
    if field.rpartition(".")[2] == "handling":
        return handling_label(value)
    if field == "on":
        return {"True": _("yes"), "False": _("no")}.get(value, value)
    if ".options." in field and value.startswith("["):
        try:
            return ", ".join(map(str, ast.literal_eval(value)))
        except (ValueError, SyntaxError):
            return value
    return value


def alarm_words(alarm: Alarm, title: str) -> str:
    """Return what jumped, as a sentence; `title` is the clause's."""
    values = {"what": title, "found": alarm.found, "judged": alarm.judged, "expected": round(alarm.expected)}
    if alarm.kind == "failing":
        sentence = ngettext(
            "%(what)s failed %(found)d time in %(judged)d comments of the last 24 hours; %(expected)d would be usual.",
            "%(what)s failed %(found)d times in %(judged)d comments of the last 24 hours; %(expected)d would be usual.",
            alarm.found,
        )
        return sentence % {**values, "what": detector_label(alarm.what)}
    sentence = ngettext(
        "“%(what)s” was found %(found)d time in %(judged)d comments of the last 24 hours; %(expected)d would be usual.",
        "“%(what)s” was found %(found)d times in %(judged)d comments of the last 24 hours; %(expected)d would be usual.",
        alarm.found,
    )
    return sentence % values
