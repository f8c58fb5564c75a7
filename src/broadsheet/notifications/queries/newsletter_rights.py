"""Who may write which newsletters: those who may publish in all that a newsletter is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from broadsheet.newsroom.queries.editions import EditionView, SectionView, editions
from broadsheet.newsroom.queries.publishable import publishable_among
from broadsheet.notifications.models import Newsletter


@dataclass(frozen=True, slots=True)
class Bound:
    """Where in an edition a member of the newsroom may publish: in all of it, or in these sections."""

    edition: EditionView
    whole: bool
    sections: tuple[SectionView, ...]

    def lets(self, sections: Iterable[int]) -> bool:
        """Return whether a newsletter about these sections, about all of the edition where there are none, is theirs."""
        wanted = set(sections)
        return self.whole or (bool(wanted) and wanted <= {section.id for section in self.sections})


def bounds_of(user: Any) -> dict[str, Bound]:
    """Return where the user may publish, by the code of the edition; nothing of the others."""
    numbers = {edition.id for edition in editions()} | {one.id for edition in editions() for one in edition.sections}
    own = publishable_among(numbers, user)
    found = {}
    for edition in editions():
        sections = tuple(section for section in edition.sections if section.id in own)
        if edition.id in own or sections:
            found[edition.code] = Bound(edition, edition.id in own, sections)
    return found


def may_write(user: Any, newsletter: Newsletter) -> bool:
    """Return whether the user writes this newsletter."""
    bound = bounds_of(user).get(newsletter.edition)
    return bound is not None and bound.lets(newsletter.sections)
