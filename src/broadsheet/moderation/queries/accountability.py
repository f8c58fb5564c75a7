"""All figures of an edition and a time, in words of the active language: for the public and for chiefs (MOD-11)."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from broadsheet.discussion.queries.accountability import (
    CommentFigures,
    ReportFigures,
    comment_figures,
    report_figures,
)
from broadsheet.kernel.csv_text import csv_text
from broadsheet.moderation.queries.grounds import title_of
from broadsheet.moderation.queries.months import running_month, span_of
from broadsheet.moderation.queries.transparency import (
    MACHINE,
    DecisionFigures,
    LetterFigures,
    annulments,
    by_law_after_notice,
    decision_figures,
    letter_figures,
)
from broadsheet.moderation.rules.accounted import Accounted, ClauseLine, Line, Section, as_json, as_rows
from broadsheet.moderation.rules.decisions import Measure, Source
from broadsheet.moderation.rules.labels import measure_label
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.rulebooks import rulebook_of


def accounted(edition: EditionView, first: date, last: date, now: datetime) -> Accounted:
    """Return the figures of these months, both included."""
    since, until = span_of(edition, first, last)
    decided = decision_figures(edition.code, since, until)
    sections = (
        _comments(comment_figures(edition.id, first, last)),
        _decisions(decided),
        _noticed(decided),
        _wrong(decided, annulments(edition.code, since, until)),
        _letters(letter_figures(edition.code, since, until)),
        _notices(
            report_figures(edition.id, since, until, illegal=True),
            by_law_after_notice(edition.code, since, until, _about_the_law(edition)),
        ),
        _reports(report_figures(edition.id, since, until, illegal=False)),
    )
    running = last >= running_month(edition, now)
    return Accounted(edition.code, first, last, running, sections, tuple(_clauses(edition, decided)))


def as_csv(told: Accounted) -> str:
    """Return the figures as a table that no spreadsheet takes for formulas."""
    return csv_text(as_rows(told))


def for_machines(told: Accounted) -> dict[str, Any]:
    """Return the figures as JSON values."""
    return as_json(told)


def _comments(found: CommentFigures) -> Section:
    return Section(
        "comments", _("Comments"), _("Nobody posted a comment."),
        (
            Line("posted", _("Comments posted"), _("All that readers sent off, those included that were deleted later."),
                 found.posted),
            Line("seen_at_once", _("Seen at once"), _("Nothing kept them from the page."), found.posted - found.held),
            Line("held", _("Waited for a person first"),
                 _("The judge had noticed something, the account was new, or the discussion was moderated: only the author saw the comment until a person had looked."),
                 found.held),
        ),
    )  # fmt: skip


def _decisions(found: DecisionFigures) -> Section:
    measures = tuple(
        Line(f"measure_{measure}", measure_label(measure), _MEASURES[measure](), found.measures[measure])
        for measure in Measure
        if found.measures.get(measure)
    )
    return Section(
        "decisions", _("Decisions"), _("Nothing was decided."),
        (
            Line("restricting", _("Decisions that restricted something"),
                 _("Made by a person, for a clause, with a statement of reasons. One decision can contain several of the measures below."),
                 found.decisions),
            *measures,
            Line("approved", _("Comments found to break no clause"), _("A person looked at them, and they stand."),
                 found.approved),
            Line("waited_seconds", _("Half of what waited was decided within"),
                 _("From the moment when it was held, marked or reported. What a moderator came upon did not wait and is left out."),
                 seconds=found.seconds),
        ),
    )  # fmt: skip


_MEASURES = {
    Measure.REMOVE: lambda: _("Its place in the discussion stays, without the text."),
    Measure.REDACT: lambda: _("The rest of the comment is shown unchanged."),
    Measure.HOLD: lambda: _("Only the author saw the comment until it was mended."),
    Measure.WARN: lambda: _("A warning restricts nothing."),
    Measure.BLOCK: lambda: _("For one discussion or for all, for a time or until a letter was granted."),
    Measure.DELETE_ACCOUNT: lambda: _("Kept hidden for 180 days, in which a letter can bring it back."),
}


def _noticed(found: DecisionFigures) -> Section:
    """Return by what the decisions that restricted something came to light; each stands in one line but the last."""
    trusted = found.noticed.get(Source.TRUSTED, 0)
    lines = [
        Line("notice", _("By a notice of illegal content"), _("Anybody can give notice (article 16 of Regulation (EU) 2022/2065)."),
             found.noticed.get(Source.NOTICE, 0)),
        Line("report", _("By a report"), _("A reader held the comment to break a clause."), found.noticed.get(Source.REPORT, 0)),
        Line("program", _("By a program on our own servers"), _("It marks and holds comments; it decides nothing."),
             found.noticed.get(MACHINE, 0)),
        Line("own", _("By the moderators themselves"), _("Somebody of the newsroom came upon it."), found.noticed.get(Source.OWN, 0)),
        Line("marked_by_program", _("Of all these, marked by the program"), _("Also where a notice or a report came as well."),
             found.by_machine),
    ]  # fmt: skip
    if trusted:
        said = _("A notice by somebody whom a state has named for it (article 22 of the same Regulation).")
        lines.insert(1, Line("trusted_flagger", _("By a trusted flagger"), said, trusted))
    return Section("came_to_light", _("How it came to light"), _("Nothing was decided."), tuple(lines))


def _wrong(found: DecisionFigures, annulled: int) -> Section:
    return Section(
        "found_wrong", _("Found wrong since"), _("No decision of this time was found wrong so far."),
        (
            Line("undone", _("By the moderators themselves"), _("Everything was put back as it had been."), found.undone),
            Line("by_letter", _("By a letter"), _("Somebody other than the one who had decided found it wrong."), found.granted),
            Line("annulled", _("Blocks and deletions annulled"),
                 _("Two persons found them wrong; counted in the month in which they said so."), annulled),
        ),
    )  # fmt: skip


def _letters(found: LetterFigures) -> Section:
    return Section(
        "letters", _("Letters to the moderators"), _("No letter came."),
        (
            Line("received", _("Letters received"), _("They ask to be let in again, or contest a decision; letters that lack a part are not counted."),
                 found.received),
            Line("granted", _("Letters granted"), _("What the letter asked for was done."), found.granted),
            Line("overturned", _("Of these, the decision was found wrong"), _("In the others a block ended before its time, and still counts."),
                 found.overturned),
            Line("refused", _("Refused"), _("With the reasons."), found.refused),
            Line("waiting", _("Not answered yet"), _("Each is answered by somebody other than the one who had decided."), found.waiting),
            Line("answered_seconds", _("Half were answered within"), _("From the moment when the letter was whole and its sender known."),
                 seconds=found.seconds),
        ),
    )  # fmt: skip


def _about_the_law(edition: EditionView) -> list[str]:
    """Return the codes of the clauses by which something is illegal, and not against the paper's own standards alone."""
    clauses = rulebook_of(edition.id).rulebook.clauses
    return [code for code, clause in clauses.items() if clause.statement.ground == "ILLEGAL_CONTENT"]


def _notices(found: ReportFigures, by_law: int) -> Section:
    return Section(
        "notices", _("Notices of illegal content"), _("No notice came."),
        (
            Line("received", _("Notices received"), _("By readers and others, with or without an account (article 16)."), found.received),
            Line("upheld", _("Something was done"), _("By the law or by the community standards."), found.upheld),
            Line("by_law", _("Decisions by the law"), _("To which a notice led, and which name the law that is broken; the others stand on the standards alone."), by_law),
            Line("rejected", _("The comment stands"), _("A person found neither the law nor a clause broken."), found.rejected),
            Line("retracted", _("Taken back"), _("By whoever had filed them, or with the comment."), found.retracted),
            Line("waiting", _("Not answered yet"), _("A person reads each of them; no program answers any."), found.waiting),
            Line("answered_seconds", _("Half were answered within"), _("From the moment when the notice came."), seconds=found.seconds),
        ),
    )  # fmt: skip


def _reports(found: ReportFigures) -> Section:
    return Section(
        "reports", _("Readers’ reports"), _("Nothing was reported."),
        (
            Line("received", _("Reports received"), _("Several can be about one comment."), found.received),
            Line("upheld", _("Something was done"), _("The comment broke a clause."), found.upheld),
            Line("rejected", _("The comment stands"), _("It broke none."), found.rejected),
            Line("retracted", _("Taken back"), _("By whoever had filed them, or with the comment."), found.retracted),
            Line("waiting", _("Not answered yet"), _("They order the queue; no number of them takes a comment away."), found.waiting),
            Line("answered_seconds", _("Half were answered within"), _("From the moment when the report came."), seconds=found.seconds),
        ),
    )  # fmt: skip


def _clauses(edition: EditionView, found: DecisionFigures) -> list[ClauseLine]:
    """Return the clauses that were cited, the most often first."""
    if not found.clauses:
        return []
    known = rulebook_of(edition.id).rulebook.clauses
    shown = {code for code, clause in known.items() if clause.on} if "standards" in edition.policies else set()
    rows = [
        ClauseLine(
            one.code, title_of(edition.id, one.code, edition.language),
            f"{edition.path}standards/#{one.code}" if one.code in shown else "", one.decisions, one.by_machine,
            one.undone + one.granted,
            tuple((str(each), measure_label(each), one.measures[each]) for each in Measure if one.measures.get(each)),
        )
        for one in found.clauses
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.decisions, row.code))
