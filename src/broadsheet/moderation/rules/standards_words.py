"""The parts of a rulebook, its changes and its alarms in words of the active language (STD-06)."""

import ast

from django.utils.translation import ngettext, pgettext

from broadsheet.standards.learning.alarm import Alarm

HANDLINGS = ("flag", "slow", "warn", "hold", "human")


def handling_label(handling: str) -> str:
    """Return what a machine's finding leads to at most."""
    return {
        "flag": pgettext("handling", "Flag: shown to moderators"),
        "slow": pgettext("handling", "Slow: the author waits"),
        "warn": pgettext("handling", "Warn: the author is asked to look again"),
        "hold": pgettext("handling", "Hold: a person looks first"),
        "human": pgettext("handling", "People alone decide"),
    }.get(handling, handling)


def outcome_word(outcome: str) -> str:
    """Return what became, or would have become, of a comment."""
    return {
        "publish": pgettext("outcome", "through"),
        "flag": pgettext("outcome", "flagged"),
        "slow": pgettext("outcome", "slowed"),
        "warn": pgettext("outcome", "warned"),
        "hold": pgettext("outcome", "held"),
        "not_scored": pgettext("outcome", "not judged, held"),
    }.get(outcome, outcome)


def detector_label(key: str) -> str:
    """Return what notices, by the key under which a clause uses it."""
    name, _dash, more = key.partition("-")
    label = {
        "words": pgettext("detector", "Word lists"),
        "encoder": pgettext("detector", "Model for English"),
        "ngrams": pgettext("detector", "N-grams"),
        "learned": pgettext("detector", "Learned from decisions"),
        "threats": pgettext("detector", "Threats"),
        "danger": pgettext("detector", "Danger to the author"),
        "minors": pgettext("detector", "Minors"),
        "personal_data": pgettext("detector", "Personal data"),
        "commerce": pgettext("detector", "Commerce"),
        "promotion": pgettext("detector", "Promotion"),
        "links": pgettext("detector", "Links"),
        "spam": pgettext("detector", "Spam"),
        "copies": pgettext("detector", "Copies"),
        "flood": pgettext("detector", "Floods"),
        "capitals": pgettext("detector", "Capital letters"),
        "language": pgettext("detector", "Language"),
        "off_topic": pgettext("detector", "Off topic"),
        "gibberish": pgettext("detector", "Gibberish"),
        "how_to": pgettext("detector", "Instructions"),
        "organisations": pgettext("detector", "Organisations"),
        "context_words": pgettext("detector", "Words in context"),
    }.get(name, name)
    if key == "words-own" or key.startswith("words-own-"):
        label, more = pgettext("detector", "Words of ours"), more.removeprefix("own").removeprefix("-")
    return f"{label} ({more})" if more else label


def field_label(name: str) -> str:
    """Return which field of a rulebook a change is about."""
    if name.startswith("detectors."):
        key, _dot, rest = name.removeprefix("detectors.").partition(".")
        what = {
            "threshold": pgettext("field of the standards", "threshold"),
            "handling": pgettext("field of the standards", "what a finding does"),
            "options.add": pgettext("field of the standards", "added words"),
            "options.allow": pgettext("field of the standards", "allowed words"),
        }.get(rest, rest.removeprefix("options."))
        return f"{detector_label(key)}: {what}"
    return {
        "on": pgettext("field of the standards", "in force"),
        "handling": pgettext("field of the standards", "the most a machine does"),
        "title": pgettext("field of the standards", "title"),
        "text": pgettext("field of the standards", "text"),
        "permitted": pgettext("field of the standards", "permitted examples"),
        "forbidden": pgettext("field of the standards", "forbidden examples"),
        "clause": pgettext("field of the standards", "clause"),
        "statement": pgettext("field of the standards", "legal ground"),
        "priority": pgettext("field of the standards", "place in the queue"),
        "order": pgettext("field of the standards", "order"),
    }.get(name, name)


def value_in_words(field: str, value: str) -> str:
    """Return the value of a changed field: a handling in words, a list of words without its brackets."""
    if field.rpartition(".")[2] == "handling":
        return handling_label(value)
    if field == "on":
        return {"True": pgettext("clause in force", "yes"), "False": pgettext("clause in force", "no")}.get(
            value, value
        )
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
