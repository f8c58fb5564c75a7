"""Who moderates where, and who of the newsroom could, as chiefs see it (MOD-12)."""

from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.moderation.queries.roles import ModeratorView, everybody
from broadsheet.newsroom.queries.editions import editions
from broadsheet.newsroom.queries.roles import members


@dataclass(frozen=True, slots=True)
class Staffed:
    """Somebody of the newsroom; `places` are the editions and sections, none where everything is in bounds."""

    reader_id: int
    name: str
    is_chief: bool = False
    edition_ids: frozenset[int] = frozenset()
    section_ids: frozenset[int] = frozenset()
    places: tuple[str, ...] = ()


def staffed(rows: Sequence[ModeratorView]) -> list[Staffed]:
    """Return those who moderate, with the names of where."""
    return [
        Staffed(
            row.scope.reader_id, row.name, row.scope.is_chief, row.scope.edition_ids, row.scope.section_ids,
            tuple(_places(row)),
        )
        for row in rows
    ]  # fmt: skip


def could_moderate() -> list[Staffed]:
    """Return the members of the newsroom who don't moderate, by name."""
    known = {row.scope.reader_id for row in everybody()}
    return [Staffed(one.person.pk, str(one.person)) for one in members() if one.person.pk not in known]


def _places(row: ModeratorView) -> list[str]:
    found = []
    for edition in editions():
        if edition.id in row.scope.edition_ids:
            found.append(edition.name)
        found += [f"{edition.name} – {one.name}" for one in edition.sections if one.id in row.scope.section_ids]
    return found
