"""The standards as chiefs work on them: what judges, what is drafted, what a trial says (STD-05, STD-06)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from broadsheet.discussion.queries.judging import judge_health
from broadsheet.discussion.queries.shadow import Beside, differing, shadow_report
from broadsheet.moderation.queries.screens import CommentView, shown_comments
from broadsheet.moderation.queries.standards_marks import LoweringView, alarm_sentences, lowered_in
from broadsheet.moderation.queries.trials import TrialView, latest_learning, open_trial
from broadsheet.moderation.rules.standards_words import detector_label, field_label, outcome_word, value_in_words
from broadsheet.moderation.rules.trials import false_in_words, found_in_words
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.newsroom.queries.rulebook_drafts import Composed
from broadsheet.newsroom.queries.rulebook_versions import VersionView, judged_versions, rulebook_in, told_changes
from broadsheet.readers.queries.faces import Face, faces
from broadsheet.standards.model.learned import HeadError, LearnedHead, read
from broadsheet.standards.rulebook import Change, Clause, Piece, Rulebook

if TYPE_CHECKING:
    from broadsheet.newsroom.models import RulebookVersion

MOST_SHOWN = 50  # comments of an answer or a report that are shown with their texts


@dataclass(frozen=True, slots=True)
class EditionStandards:
    """One edition: its versions that judged, the newest first, and what is under way."""

    edition: EditionView
    versions: tuple[tuple[VersionView, Face | None], ...]
    draft: "RulebookVersion | None"
    shadow: "RulebookVersion | None"
    trial: TrialView | None
    alarms: tuple[str, ...]
    lowered: tuple[LoweringView, ...]

    @property
    def live(self) -> tuple[VersionView, Face | None] | None:
        """The version that judges; None for the shipped rulebook."""
        return next((one for one in self.versions if one[0].live), None)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One difference in words: of which clause, in what, before and after; `pieces` where it is a text."""

    clause: str
    what: str
    language: str
    kind: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class HeadView:
    """A learned head of the draft, with what its lesson said; `tried` where it may judge."""

    clause: str
    title: str
    head: LearnedHead
    tried: bool
    lesson: TrialView | None


@dataclass(frozen=True, slots=True)
class FlipView:
    """A comment of which something else would have become; `comment` is None where it is gone."""

    id: str
    comment: CommentView | None
    decided: tuple[str, ...]
    before: str
    before_clauses: tuple[str, ...]
    after: str
    after_clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseAnswer:
    """How machine and people agree on a clause, before and after, in words and figures."""

    title: str
    found: str
    false: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    changed: bool


def standards_screen(now: datetime) -> tuple[list[EditionStandards], dict[str, Any]]:
    """Return every edition's standards, and how the judge of this process is."""
    health = judge_health()
    failed = [(detector_label(name), number) for name, number in sorted(health["failed"].items())]
    return [edition_standards(one, now) for one in editions()], {**health, "failed": failed}


def edition_standards(edition: EditionView, now: datetime) -> EditionStandards:
    """Return one edition's standards."""
    versions = judged_versions(edition.id)
    people = faces({one.by_id for one in versions if one.by_id is not None})
    return EditionStandards(
        edition, tuple((one, people.get(one.by_id or 0)) for one in versions),
        rulebook_in(edition.id, RulebookState.DRAFT), rulebook_in(edition.id, RulebookState.SHADOW),
        open_trial(edition.id), alarm_sentences(edition.id, now, fresh=True), lowered_in(edition.id),
    )  # fmt: skip


def changes_in_words(changes: Iterable[Change], rulebook: Rulebook) -> list[ChangeView]:
    """Return the differences as people read them; titles are the rulebook's."""
    return [
        ChangeView(
            clause_title(rulebook, one.part) if one.part else "", field_label(_key_in(one, rulebook)), one.language,
            one.kind, value_in_words(one.field, one.before), value_in_words(one.field, one.after), one.pieces,
        )
        for one in told_changes(list(changes))
        if not one.field.endswith(".options.lists")
    ]  # fmt: skip


def _key_in(change: Change, rulebook: Rulebook) -> str:
    """Return the changed field with the newsroom's own words named as such: differences only number a second use."""
    if not change.field.startswith("detectors.words-") or change.part not in rulebook.clauses:
        return change.field
    number, _dot, rest = change.field.removeprefix("detectors.words-").partition(".")
    uses = [use for use in rulebook.clauses[change.part].detectors if use.name == "words"]
    place = int(number) - 1 if number.isdigit() else len(uses)
    if place >= len(uses) or list(uses[place].options.get("lists", ())) != ["own"]:  # type: ignore[call-overload]
        return change.field
    languages = list(uses[place].options.get("languages", ()))  # type: ignore[call-overload]
    return ".".join(("detectors", "-".join(["words-own", *languages]), rest))


def clause_title(rulebook: Rulebook, code: str) -> str:
    """Return the clause's title in the active language; the code where it has none."""
    clause = rulebook.clauses.get(code)
    language = get_language() or ""
    if clause is None:
        return code
    return (
        clause.title.get(language) or clause.title.get(language.partition("-")[0]) or next(iter(clause.title.values()))
    )


def clause_rows(found: Composed) -> list[tuple[Clause, str, bool, bool]]:
    """Return the draft's clauses in their order: with the title, whether it differs, and whether it is the newsroom's own."""
    parts = {one.part for one in told_changes(found.changes)}
    own = found.live.rulebook.clauses
    return [
        (clause, clause_title(found.kept.rulebook, code), code in parts, code not in own)
        for code, clause in found.kept.rulebook.clauses.items()
    ]


def heads_of_draft(draft: "RulebookVersion", rulebook: Rulebook) -> list[HeadView]:
    """Return the draft's learned heads; one that can't be read is left out, and stands against switching on."""
    found = []
    for code, text in draft.heads.items():
        try:
            head = read(text)
        except HeadError:
            continue
        lesson = latest_learning(draft.edition_id, code)
        same = lesson is not None and lesson.result.get("identity") == head.identity
        title = clause_title(rulebook, code)
        found.append(HeadView(code, title, head, head.switched_on is not None, lesson if same else None))
    return found


def answers_by_clause(result: Mapping[str, Any], rulebook: Rulebook) -> list[ClauseAnswer]:
    """Return what a trial says of each clause, those that change first."""
    rows = [
        ClauseAnswer(
            clause_title(rulebook, code), found_in_words(one["before"], one["after"]),
            false_in_words(one["before"], one["after"]), one["before"], one["after"], one["before"] != one["after"],
        )
        for code, one in result.get("clauses", {}).items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (not row.changed, row.title))


def flips_shown(result: Mapping[str, Any], rulebook: Rulebook) -> list[FlipView]:
    """Return the newest comments that would flip, with their texts as they are now."""
    flips = result.get("flips", [])[:MOST_SHOWN]
    comments = shown_comments([int(one["id"]) for one in flips])
    return [
        FlipView(
            one["id"], comments.get(int(one["id"])), _titles(rulebook, one["decided"]),
            outcome_word(one["before"]["outcome"]), _titles(rulebook, one["before"]["clauses"]),
            outcome_word(one["after"]["outcome"]), _titles(rulebook, one["after"]["clauses"]),
        )
        for one in flips
    ]  # fmt: skip


def shadow_in_words(version: "RulebookVersion", rulebook: Rulebook) -> dict[str, Any]:
    """Return how the version in shadow mode differs from the live one: counts, and the newest comments with their texts."""
    report = shadow_report(version.edition_id, version.number)
    moves = [(outcome_word(live), outcome_word(beside), n) for (live, beside), n in report.moves.most_common()]
    codes = sorted(report.only_live.keys() | report.only_beside.keys())
    clauses = [(clause_title(rulebook, code), report.only_live[code], report.only_beside[code]) for code in codes]
    notes = differing(version.edition_id, version.number, report.ids[:MOST_SHOWN])
    comments = shown_comments([one.comment_id for one in notes])
    return {
        "report": report,
        "moves": moves,
        "clauses": clauses,
        "flips": [_beside(one, comments, rulebook) for one in notes],
    }


def _beside(one: Beside, comments: Mapping[int, CommentView], rulebook: Rulebook) -> FlipView:
    return FlipView(
        str(one.comment_id), comments.get(one.comment_id), (), outcome_word(one.live_outcome),
        _titles(rulebook, one.live_clauses), outcome_word(one.outcome), _titles(rulebook, one.clauses),
    )  # fmt: skip


def _titles(rulebook: Rulebook, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(clause_title(rulebook, code) for code in codes)
