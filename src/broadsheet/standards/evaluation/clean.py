"""What becomes of clean texts, which nobody has a reason to hold: per set, in the news, and where they name a group."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from broadsheet.standards.evaluation.figures import Share, share
from broadsheet.standards.evaluation.groups import GROUPS, named
from broadsheet.standards.evaluation.heldout import NEWS
from broadsheet.standards.evaluation.judged import Judged

ALL = "all clean comments"


@dataclass(frozen=True, slots=True)
class Whole:
    """What becomes of the rows of a set: of all, and of the clean ones."""

    set: str
    rows: int
    clean: int
    wrongly_held: Share | None
    wrongly_noticed: Share | None  # held, flagged, slowed or warned
    not_scored: int


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes of clean comments that name a group of people; `ALL` is every clean comment, for comparison."""

    group: str
    wrongly_held: Share
    wrongly_noticed: Share


@dataclass(frozen=True, slots=True)
class News:
    """What becomes of clean comments of news sites, which stand beside toxic ones; by clause, how many each holds."""

    wrongly_held: Share
    wrongly_noticed: Share
    held_by: Mapping[str, int]
    noticed_by: Mapping[str, int]


def wholes(every: Iterable[Judged]) -> list[Whole]:
    """Return what becomes of the rows of each set."""
    return [
        Whole(
            name, len(those), sum(one.row.clean for one in those), *_wrong([one for one in those if one.row.clean]),
            sum(one.verdict.outcome == "not_scored" for one in those),
        )
        for name, those in _by_set(every).items()
    ]  # fmt: skip


def _by_set(every: Iterable[Judged]) -> Mapping[str, Sequence[Judged]]:
    """Return the rows of each set, in order."""
    found: dict[str, list[Judged]] = {}
    for one in every:
        found.setdefault(one.row.set, []).append(one)
    return found


def groups(every: Iterable[Judged]) -> list[Group]:
    """Return, for English, what becomes of all clean comments and of those that name a group."""
    naming: dict[str, list[Judged]] = {ALL: [], **{group: [] for group in GROUPS}}
    for one in every:
        if one.row.clean and one.row.language == "en":
            for group in (ALL, *named(one.row.text)):
                naming[group].append(one)
    found = []
    for group, those in naming.items():
        held, noticed = _wrong(those)
        if held and noticed:
            found.append(Group(group, held, noticed))
    return found


def news(every: Iterable[Judged]) -> News | None:
    """Return what becomes of clean news comments; None where there are none."""
    clean = [one for one in every if one.row.set == NEWS and one.row.clean]
    held, noticed = _wrong(clean)
    if not held or not noticed:
        return None
    held_by = Counter(
        code for one in clean for code in {two.clause for two in one.verdict.findings if two.handling == "hold"}
    )
    noticed_by = Counter(
        code for one in clean for code in {two.clause for two in one.verdict.findings if two.handling != "human"}
    )
    return News(held, noticed, dict(sorted(held_by.items())), dict(sorted(noticed_by.items())))


def _wrong(clean: Collection[Judged]) -> tuple[Share | None, Share | None]:
    """Return how many of the clean ones are held, and how many are held, flagged, slowed or warned."""
    return (
        share(sum(one.is_held for one in clean), len(clean)),
        share(sum(one.is_noticed for one in clean), len(clean)),
    )
