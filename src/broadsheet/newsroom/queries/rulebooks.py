"""The rulebook that an edition's comments are judged by, held in memory until it changes (STD-05, STD-06)."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.engines.standards_text import changes_of_folder, filled_in, rulebook_of_folder
from broadsheet.newsroom.models import LoweredClause, RulebookVersion
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.newsroom.queries.policy_names import policy_names
from broadsheet.standards import judging
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.learning.trial import lowered, with_head
from broadsheet.standards.model.learned import HeadError, LearnedHead, read
from broadsheet.standards.rulebook import Rulebook, RulebookError, digest_of, load_tables


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of an edition's rulebook: `rulebook` with the edition's names filled in, as it is read and cited.

    `judged` is what comments are judged by: the same with the learned `heads` in their places, and with the clauses that
    were lowered flagging where they would hold. `number` is the version
    of the edition, 0 for the shipped rulebook with the newsroom's folder over it; `digest` tells two contents apart.
    """

    rulebook: Rulebook
    judged: judging.Rulebook
    heads: tuple[LearnedHead, ...]
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Running:
    """What judges the comments of an edition: the live rulebook, and the one in shadow mode beside it, if any."""

    live: Kept
    beside: Kept | None


log = logging.getLogger("broadsheet.newsroom")
_lock = threading.Lock()
_held: dict[int, Running] = {}
_generation = 0


def forget_rulebooks() -> None:
    """Read rulebooks afresh at the next question."""
    global _generation  # noqa: PLW0603 - one memory a process
    with _lock:
        _held.clear()
        _generation += 1


def rulebook_of(edition_id: int) -> Kept:
    """Return the live rulebook of the edition. Raises where it can't be read, or where there is no such live edition."""
    return running_of(edition_id).live


def running_of(edition_id: int) -> Running:
    """Return all that judges the edition's comments, kept until one of it changes; raises as `rulebook_of`."""
    found = _held.get(edition_id)
    if found is not None:
        return found
    with _lock:
        generation = _generation
    fresh = Running(rulebook_now(edition_id), _beside(edition_id))
    with _lock:
        if generation == _generation:
            _held[edition_id] = fresh
    return fresh


def rulebook_version(edition_id: int, number: int) -> Kept | None:
    """Return the version with this number, live or past, as it was written: what a decision cites; None without it.

    0 is the shipped rulebook under the newsroom's folder, as both are now.
    """
    if number == 0:
        return _as_shipped(edition_id)
    rows = RulebookVersion.objects.filter(edition_id=edition_id, number=number, effective_at__isnull=False)
    row = rows.first()
    return kept(edition_id, row.tables or {}, row.heads, row.number) if row is not None else None


def kept(edition_id: int, content: Mapping[str, Any], heads: Mapping[str, str], number: int) -> Kept:
    """Return the rulebook of this content with the edition's names. Raises where tables or heads can't be read."""
    rulebook = load_tables(content, filled_in(policy_names(edition_by_id(edition_id))))
    learned = tuple(read(text) for text in heads.values())
    judged: judging.Rulebook = rulebook
    for head in learned:
        judged = with_head(judged, head)
    judged = lowered(judged, lowered_clauses(edition_id))
    return Kept(rulebook, judged, learned, number, digest_of(content, heads))


def lowered_clauses(edition_id: int) -> frozenset[str]:
    """Return the clauses that flag in the edition where its rulebook lets them hold, until a chief has looked."""
    return frozenset(LoweredClause.objects.filter(edition_id=edition_id).values_list("code", flat=True))


def live_version(edition_id: int) -> RulebookVersion | None:
    """Return the version that is live; None where the edition is judged by the shipped rulebook."""
    return RulebookVersion.objects.filter(edition_id=edition_id, state=RulebookState.LIVE).first()


def rulebook_now(edition_id: int) -> Kept:
    """Return the live rulebook, read afresh from where it is written; raises as `rulebook_of`."""
    return _in_state(edition_id, RulebookState.LIVE) or _as_shipped(edition_id)


def _beside(edition_id: int) -> Kept | None:
    """Return the version in shadow mode; None also where it can't be read: a trial must not disturb what counts."""
    try:
        return _in_state(edition_id, RulebookState.SHADOW)
    except (RulebookError, HeadError, LearningError) as error:
        log.warning("The rulebook in shadow mode of edition %s can't be read: %s", edition_id, error)
        return None


def _as_shipped(edition_id: int) -> Kept:
    rulebook = rulebook_of_folder(policy_names(edition_by_id(edition_id)))
    judged = lowered(rulebook, lowered_clauses(edition_id))
    return Kept(rulebook, judged, (), 0, digest_of(changes_of_folder(), {"shipped": str(rulebook.version)}))


def _in_state(edition_id: int, state: RulebookState) -> Kept | None:
    row = RulebookVersion.objects.filter(edition_id=edition_id, state=state).first()
    return kept(edition_id, row.tables or {}, row.heads, row.number) if row is not None else None
