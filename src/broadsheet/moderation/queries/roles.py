"""Who moderates, as what, and where (MOD-12)."""

from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.moderation.models import ModeratorScope
from broadsheet.moderation.rules.decisions import Actor, Role
from broadsheet.newsroom.queries.roles import moderating, moderation_role


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody moderates: everything where neither editions nor sections are named, else what is in one of them."""

    reader_id: int
    role: Role
    edition_ids: frozenset[int] = frozenset()
    section_ids: frozenset[int] = frozenset()

    @property
    def is_chief(self) -> bool:
        """Whether this is a chief, who is confined to nothing."""
        return self.role == Role.CHIEF

    @property
    def everywhere(self) -> bool:
        """Whether nothing is out of bounds."""
        return self.is_chief or not (self.edition_ids or self.section_ids)

    @property
    def actor(self) -> Actor:
        """The person as decisions name them."""
        return Actor(self.reader_id, self.role)

    def covers(self, edition_id: int, section_id: int | None) -> bool:
        """Return whether what stands there is in bounds."""
        return self.everywhere or edition_id in self.edition_ids or section_id in self.section_ids


@dataclass(frozen=True, slots=True)
class ModeratorView:
    """One who moderates, as chiefs see them."""

    name: str
    scope: Scope


def scope_of(reader_id: int) -> Scope | None:
    """Return what this person moderates, None where they don't; asked anew each time, so that it ends at once."""
    role = moderation_role(reader_id)
    if not role:
        return None
    rows = ModeratorScope.objects.filter(moderator_id=reader_id).values_list("edition_id", "section_id")
    return _scope(reader_id, role, rows)


def everybody() -> list[ModeratorView]:
    """Return all who moderate, by name; in two questions."""
    places: dict[int, list[tuple[int | None, int | None]]] = {}
    for number, edition, section in ModeratorScope.objects.values_list("moderator_id", "edition_id", "section_id"):
        places.setdefault(number, []).append((edition, section))
    return [ModeratorView(name, _scope(number, role, places.get(number, ()))) for number, name, role in moderating()]


def _scope(reader_id: int, role: str, places: Iterable[tuple[int | None, int | None]]) -> Scope:
    rows = list(places)
    return Scope(
        reader_id,
        Role(role),
        frozenset(edition for edition, _section in rows if edition is not None),
        frozenset(section for _edition, section in rows if section is not None),
    )
