"""Puts a bundle's versions of rulebooks in place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from broadsheet.importing.actions.keeping import Keeper, Thing, still_there
from broadsheet.importing.queries.exported_rulebooks import rulebook_row
from broadsheet.importing.rules.bundle import Bundle
from broadsheet.kernel import clock
from broadsheet.newsroom.actions.restore_rulebook import RULEBOOK_FIELDS, restore_rulebook
from broadsheet.newsroom.queries import archive

Row = dict[str, Any]


@dataclass(frozen=True)
class RulebookLoader:
    """Loads rulebooks; `people` are the database ids of accounts by their User IDs."""

    bundle: Bundle
    keeper: Keeper
    people: Mapping[str, int]

    def load(self) -> None:
        """Make the versions in their order, so that what was live before is past when the next one is live."""
        for row in sorted(self.bundle.rulebooks, key=lambda row: (row["edition"], row["number"])):
            self._rulebook(row)

    def _rulebook(self, row: Row) -> None:
        names = {number: user for user, number in self.people.items()}

        def local() -> Row | None:
            found = archive.rulebook_version(row["edition"], row["number"])
            return rulebook_row(found, names) if found is not None else None

        def store() -> None:
            fields = {name: row[name] for name in RULEBOOK_FIELDS}
            fields["effective_at"] = datetime.fromisoformat(row["effective_at"]) if row["effective_at"] else None
            restore_rulebook(
                edition=still_there(archive.edition_page(row["edition"])),
                number=row["number"],
                state=row["state"],
                content=row["content"],
                fields=fields,
                by_id=self.people.get(row["by"] or ""),
                now=clock.now(),
            )

        key = f"{row['edition']}/{row['number']}"
        self.keeper.keep(Thing("rulebooks", key, f"rulebook {key}", row, local, store, store))
