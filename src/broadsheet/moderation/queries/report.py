"""The transparency report of editions and a time, in the parts of the EU's template (Implementing Regulation 2024/2835).

The template's own column names could not be read when this was written: the parts follow its sections, and the columns
are ours (`docs/guides/accountability.md`). What the software doesn't know is left empty, and the note says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from broadsheet.discussion.queries.accountability import report_figures
from broadsheet.moderation.engines.report_files import Part, Row, as_values, as_zip
from broadsheet.moderation.models import DecisionRow, Statement
from broadsheet.moderation.queries.exports import Span
from broadsheet.moderation.queries.months import span_of
from broadsheet.moderation.queries.roles import Scope, everybody
from broadsheet.moderation.queries.transparency import letter_figures
from broadsheet.newsroom.queries.editions import EditionView

BY_HAND = "Not recorded by this software: fill in by hand."
AT_ONCE = 1000
_BY_NOTICE = {"SOURCE_ARTICLE_16": "notices", "SOURCE_TRUSTED_FLAGGER": "trusted_flaggers"}
_LAW = "DECISION_GROUND_ILLEGAL_CONTENT"


@dataclass
class _Counted:
    """What the statements of the time come to."""

    own: dict[str, Counter[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(Counter))
    notices: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    waited: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    automated: Counter[str] = field(default_factory=Counter)


def report_parts(editions: Sequence[EditionView], first: date, last: date, now: datetime) -> list[Part]:
    """Return the ten parts, of the months from `first` to `last`, both included."""
    spans = [(edition, *span_of(edition, first, last)) for edition in editions]
    counted = _count(spans)
    return [
        _identification(editions, first, last, now),
        Part("2_member_state_orders", ("order", "number", "median_hours", "note"),
             (("act_against_illegal_content", None, None, BY_HAND), ("provide_information", None, None, BY_HAND))),
        _notices(spans, counted),
        _own("4_own_initiative_illegal_content", counted.own["law"]),
        _own("5_own_initiative_terms", counted.own["terms"]),
        _complaints(spans),
        _automated(spans, counted),
        _people(editions),
        Part("9_active_recipients", ("indicator", "value", "note"),
             (("average_monthly_active_recipients_eu", None, "Readers are not counted as persons: estimate it by hand."),)),
        _qualitative(),
    ]  # fmt: skip


def report_zip(editions: Sequence[EditionView], first: date, last: date, now: datetime) -> bytes:
    """Return the report as one archive: ten tables and the same as JSON."""
    return as_zip(report_parts(editions, first, last, now))


def report_values(editions: Sequence[EditionView], first: date, last: date, now: datetime) -> dict[str, Any]:
    """Return the report as JSON values."""
    return as_values(report_parts(editions, first, last, now))


def _count(spans: Sequence[Span]) -> _Counted:
    counted = _Counted()
    for said, wrong, waited in _said(spans):
        trusted = _BY_NOTICE.get(said["source_type"])
        by = "law" if said["decision_ground"] == _LAW else "terms"
        category, automated = said["category"], said["automated_detection"] == "Yes"
        if trusted is None:
            for what in _restrictions(said):
                keys = ["all", *(["automated"] if automated else []), *(["reversed"] if wrong else [])]
                counted.own[by].update((category, what, key) for key in keys)
        else:
            counted.notices[category].update([by, *(["trusted"] if trusted == "trusted_flaggers" else [])])
            if waited is not None:
                counted.waited[category].append(waited)
        if automated:
            counted.automated.update(["detected", *(["reversed"] if wrong else [])])
        counted.automated["all"] += 1
    return counted


def _said(spans: Sequence[Span]) -> Iterator[tuple[Mapping[str, Any], bool, int | None]]:
    """Yield each statement of the time, whether its decision was found wrong since, and how long it had waited."""
    for edition, since, until in spans:
        rows = Statement.objects.filter(
            decision__edition=edition.code, decision__at__gte=since, decision__at__lt=until, dsa__isnull=False
        ).order_by("decision_id")
        columns = rows.values_list("decision_id", "dsa", "decision__undone_for", "decision__waited")
        last = 0
        while found := list(columns.filter(decision_id__gt=last)[:AT_ONCE]):
            yield from ((said or {}, bool(undone_for), waited) for _number, said, undone_for, waited in found)
            last = found[-1][0]


def _restrictions(said: Mapping[str, Any]) -> list[str]:
    """Return each restriction of a statement, as the database calls it."""
    one = (said.get(name) for name in ("decision_monetary", "decision_provision", "decision_account"))
    return [*(said.get("decision_visibility") or ()), *(name for name in one if name)]


def _identification(editions: Sequence[EditionView], first: date, last: date, now: datetime) -> Part:
    publishers = list(dict.fromkeys(edition.publisher for edition in editions))
    rows: tuple[Row, ...] = (
        ("provider", "; ".join(publishers), ""),
        ("service", "; ".join(edition.name for edition in editions), "The editions that this report is about."),
        ("languages", "; ".join(dict.fromkeys(edition.language for edition in editions)), ""),
        ("period_from", f"{first:%Y-%m}", ""),
        ("period_to", f"{last:%Y-%m}", "Both months are included."),
        ("made_at", now.isoformat(timespec="seconds"), "Figures can change later, as decisions are found wrong."),
        ("published_at", None, BY_HAND),
        ("version", None, BY_HAND),
    )
    return Part("1_report_identification", ("indicator", "value", "note"), rows)


def _notices(spans: Sequence[Span], counted: _Counted) -> Part:
    figures = [report_figures(edition.id, since, until, illegal=True) for edition, since, until in spans]
    acted = counted.notices
    total: Row = (
        "TOTAL", sum(one.received for one in figures), sum(one["trusted"] for one in acted.values()), 0,
        sum(one["law"] for one in acted.values()), sum(one["terms"] for one in acted.values()),
        sum(one.rejected for one in figures), sum(one.waiting for one in figures),
        _hours([seconds for some in counted.waited.values() for seconds in some]),
        "Received and rejected are counted for all categories together: a notice names none.",
    )  # fmt: skip
    rows = [
        (category, None, found["trusted"], 0, found["law"], found["terms"], None, None, _hours(counted.waited[category]), "")
        for category, found in sorted(acted.items())
    ]  # fmt: skip
    columns = (
        "category", "received", "actions_after_trusted_flaggers", "processed_by_automated_means_alone", "actions_by_law",
        "actions_by_terms", "rejected", "not_answered_yet", "median_hours_to_action", "note",
    )  # fmt: skip
    return Part("3_notices", columns, (total, *rows))


def _own(name: str, found: Counter[tuple[str, str, str]]) -> Part:
    """Return measures that no notice asked for, by category and restriction; readers' reports are among what led to them."""
    kinds = sorted({(category, what) for category, what, _key in found})
    rows = tuple(
        (category, what, *(found[category, what, key] for key in ("all", "automated", "reversed"))) for category, what in kinds
    )  # fmt: skip
    return Part(name, ("category", "restriction", "number", "detected_by_automated_means", "reversed_since"), rows)


def _complaints(spans: Sequence[Span]) -> Part:
    found = [letter_figures(edition.code, since, until) for edition, since, until in spans]
    median = max((one.seconds for one in found if one.seconds is not None), default=None)
    note = "The slowest of the editions." if len(found) > 1 else ""
    rows: tuple[Row, ...] = (
        ("complaints_received", sum(one.received for one in found), ""),
        ("complaints_decision_upheld", sum(one.refused for one in found), ""),
        ("complaints_decision_reversed", sum(one.overturned for one in found), ""),
        ("complaints_restriction_ended_early", sum(one.granted - one.overturned for one in found),
         "The decision stands; a block ended before its time."),
        ("complaints_not_decided_yet", sum(one.waiting for one in found), ""),
        ("complaints_median_hours", _in_hours(median), note),
        ("disputes_before_certified_bodies", None, BY_HAND),
        ("disputes_outcome_implemented_share", None, BY_HAND),
        ("suspensions_manifestly_illegal_content", None, BY_HAND),
        ("suspensions_manifestly_unfounded_notices", None, BY_HAND),
        ("suspensions_manifestly_unfounded_complaints", None, BY_HAND),
    )  # fmt: skip
    return Part("6_complaints_disputes_suspensions", ("indicator", "value", "note"), rows)


def _automated(spans: Sequence[Span], counted: _Counted) -> Part:
    cleared = sum(
        DecisionRow.objects.filter(
            edition=edition.code, at__gte=since, at__lt=until, restricts=False, by_machine=True, undone_for=""
        ).count()
        for edition, since, until in spans
    )
    detected, reversed_since = counted.automated["detected"], counted.automated["reversed"]
    looked_at = detected + cleared
    error = round((cleared + reversed_since) / looked_at, 4) if looked_at else None
    rows: tuple[Row, ...] = (
        ("decisions_fully_automated", 0, "No program decides."),
        ("decisions_partially_automated", 0, "Programs mark, hold and slow; a person decides."),
        ("decisions_not_automated", counted.automated["all"], ""),
        ("items_detected_by_automated_means", detected, "Marked by a program, and a person decided to restrict them."),
        ("items_detected_and_cleared_by_a_person", cleared, "Marked by a program, and a person found no clause broken."),
        ("detections_reversed_since", reversed_since, ""),
        ("error_rate", error, "Cleared or reversed, of all that a program marked and a person looked at."),
        ("accuracy_rate", round(1 - error, 4) if error is not None else None, "1 less the error rate."),
    )  # fmt: skip
    return Part("7_automated_means", ("indicator", "value", "note"), rows)


def _people(editions: Sequence[EditionView]) -> Part:
    scopes = [one.scope for one in everybody()]
    rows = tuple(
        (edition.language, sum(_moderates(scope, edition) for scope in scopes), "Who moderates there now, chiefs included.")
        for edition in editions
    )  # fmt: skip
    return Part("8_human_resources", ("language", "moderators", "note"), rows)


def _moderates(scope: Scope, edition: EditionView) -> bool:
    return scope.covers(edition.id, None) or any(scope.covers(0, section.id) for section in edition.sections)


def _qualitative() -> Part:
    rows: tuple[Row, ...] = (
        ("summary_of_own_initiative_moderation", "Comments are read by programs on the paper's own servers before and after they are posted, and by people who moderate. Programs mark, hold and slow; each restriction is decided by a person, for a clause of the published standards, with a statement of reasons.", "Add what is particular to the paper."),
        ("use_of_automated_means", "Word lists, rules and language models that run without a network, for each clause apart; their measures stand in the model card.", ""),
        ("safeguards", "No program removes anything. A detector that fails leads to a person. Decisions can be undone exactly, letters are answered by somebody other than who decided, and rates of reversal are watched by clause, detector and moderator.", ""),
        ("qualifications_of_moderators", None, BY_HAND),
        ("training_and_support_of_moderators", None, BY_HAND),
        ("notices_processing", "Every notice is read by a person; none is answered by a program.", ""),
        ("orders_processing", None, BY_HAND),
    )  # fmt: skip
    return Part("10_qualitative", ("indicator", "text", "note"), rows)


def _hours(seconds: list[int]) -> float | None:
    ordered = sorted(seconds)
    return _in_hours(ordered[(len(ordered) - 1) // 2]) if ordered else None


def _in_hours(seconds: int | None) -> float | None:
    return round(seconds / 3600, 2) if seconds is not None else None
