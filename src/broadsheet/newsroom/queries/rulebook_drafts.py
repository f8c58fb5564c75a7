"""Versions of rulebooks before they are live: what they would be, what differs, and what the past would have looked like."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from broadsheet.newsroom.engines.standards_text import changed_tables
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import RulebookVersion
from broadsheet.newsroom.queries.rulebooks import Kept, kept, live_version, rulebook_now
from broadsheet.newsroom.rules.rulebooks import Candidate
from broadsheet.standards.learning.backtest import Backtest, backtest
from broadsheet.standards.learning.decisions import Decision
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.model.learned import HeadError
from broadsheet.standards.rulebook import Change, Rulebook, RulebookError, Tables, diff, machine_form, numbered
from broadsheet.standards.senses import Senses


@dataclass(frozen=True, slots=True)
class Composed:
    """What a version is as a whole: its tables, the rulebook they make, and how that differs from the live one."""

    content: Tables
    kept: Kept
    live: Kept
    changes: tuple[Change, ...]
    told: bool  # whether readers are told something else

    @property
    def differs(self) -> bool:
        """Whether anything that judges or is told differs."""
        return bool(self.changes) or self.kept.heads != self.live.heads


def composed(version: RulebookVersion, today: date) -> Composed:
    """Return what the version would be, or is where it is sealed.

    `Refused` with file and field where its changes make no rulebook, or a learned head can't be read or has no place.
    """
    live = rulebook_now(version.edition_id)
    try:
        content = version.tables or numbered(live.rulebook, changed_tables(version.changes), today)
        would_be = kept(version.edition_id, content, version.heads, version.number)
    except (RulebookError, HeadError, LearningError) as error:
        raise refuse(
            "bad-rulebook",
            _("The rulebook can't be read; nothing was changed."),
            str(error),
            _("Mend this. See docs/guides/standards.md."),
        ) from error
    changes = tuple(
        one for one in diff(live.rulebook, would_be.rulebook)
        if not one.field.startswith(("version", "effective"))
    )  # fmt: skip
    told = _told(would_be.rulebook)
    return Composed(content, would_be, live, changes, told is None or told != _told(live.rulebook))


def candidate(version: RulebookVersion, found: Composed) -> Candidate:
    """Return what is asked before the version judges."""
    live = live_version(version.edition_id)
    return Candidate(
        state=version.state,
        why=version.why,
        differs=found.differs,
        after=version.after,
        live=live.number if live is not None else 0,
        untried_heads=[head.clause for head in found.kept.heads if head.switched_on is None],
    )


def backtested(version: RulebookVersion, decisions: Iterable[Decision], senses: Senses, today: date) -> Backtest:
    """Return the time machine's answer: what the version would have done to comments that people decided (STD-06).

    It changes nothing. `may_switch_on` (`broadsheet.standards.learning.switching`) says whether it speaks for the version.
    """
    found = composed(version, today)
    before = senses.with_heads(found.live.heads) if found.live.heads else senses
    after = senses.with_heads(found.kept.heads, trial=True) if found.kept.heads else senses
    return backtest(list(decisions), found.live.judged, before, found.kept.judged, after)


def _told(rulebook: Rulebook) -> dict[str, Any] | None:
    """Return what readers are told, without the numbers of versions: those of clauses rise with a threshold, too.

    None where names and addresses are not filled in, so that nothing can be told yet.
    """
    try:
        form = machine_form(rulebook)
    except RulebookError:
        return None
    clauses = [{key: value for key, value in clause.items() if key != "version"} for clause in form["clauses"]]
    return {**form, "version": 0, "effective": "", "clauses": clauses}
