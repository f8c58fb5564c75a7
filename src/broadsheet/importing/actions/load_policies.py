"""Puts a bundle's versions of policies in place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from broadsheet.importing.actions.keeping import Keeper, Thing, still_there
from broadsheet.importing.queries.exported_policies import policy_row
from broadsheet.importing.rules.bundle import Bundle
from broadsheet.kernel import clock
from broadsheet.newsroom.actions.restore_policy import POLICY_FIELDS, restore_policy
from broadsheet.newsroom.queries import archive

Row = dict[str, Any]


@dataclass(frozen=True)
class PolicyLoader:
    """Loads policies; `people` are the database ids of accounts by their User IDs."""

    bundle: Bundle
    keeper: Keeper
    people: Mapping[str, int]

    def load(self) -> None:
        """Make the versions in their order; a published one that stands here stays."""
        for row in self.bundle.policies:
            self._policy(row)

    def _policy(self, row: Row) -> None:
        place = (row["edition"], row["kind"], row["number"])
        names = {number: user for user, number in self.people.items()}

        def local() -> Row | None:
            found = archive.policy_version(*place)
            return policy_row(found, names) if found is not None else None

        def store() -> None:
            fields = {name: row[name] for name in POLICY_FIELDS}
            for name in ("effective_at", "published_at"):
                fields[name] = datetime.fromisoformat(row[name]) if row[name] else None
            restore_policy(
                edition=still_there(archive.edition_page(row["edition"])),
                kind=row["kind"],
                number=row["number"],
                fields=fields,
                published_by_id=self.people.get(row["published_by"] or ""),
                now=clock.now(),
            )

        key = "/".join(map(str, place))
        self.keeper.keep(Thing("policies", key, f"policy {key}", row, local, store, store))
