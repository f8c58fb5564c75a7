"""Puts a bundle's accounts, collections, rights and approvals in place, and what is known of articles by number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from broadsheet.delivery.actions.restore_counts import restore_counts
from broadsheet.importing.actions.keeping import Keeper, Thing
from broadsheet.importing.models import Imported, OldAddress
from broadsheet.importing.queries.exported_past import ROOT, PastExporter
from broadsheet.importing.queries.old_addresses import all_old_addresses
from broadsheet.importing.rules.bundle import Bundle
from broadsheet.importing.rules.report import CREATED
from broadsheet.kernel import clock
from broadsheet.kernel.ids import pass_over_public_numbers
from broadsheet.newsroom.actions.arrange_desk import (
    GroupRights,
    TaskShape,
    WorkflowShape,
    arrange_desk,
    begin_desk,
    put_collection,
)
from broadsheet.newsroom.queries import archive, desk
from broadsheet.readers.actions.restore_account import restore_account
from broadsheet.readers.queries.people import account_by_email, account_by_user_id

Row = dict[str, Any]
BATCH = 400
DESK = "desk"
NO_PASSWORD = "It came without a password and a second factor: `broadsheet staff link` makes a link to log in once."  # noqa: S105
SAME_ADDRESS = "An account of this address is here already; it stays, and stands for the bundle's."
ADDRESS_TAKEN = "Its address is that of another account here."
LEADS_ELSEWHERE = "It leads to another article here."


@dataclass
class DeskLoader:
    """Loads the desk; `people` are the accounts' database ids by the User IDs of the bundle."""

    bundle: Bundle
    keeper: Keeper
    exporter: PastExporter
    people: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        """Make accounts and collections; in an empty paper the groups and workflows as well, still without rights."""
        for row in self.bundle.staff:
            self._account(row)
        for path in self.bundle.collections:
            with transaction.atomic():
                put_collection(path=path)
        if self.bundle.desk is None or archive.all_editions() or self.keeper.knows(DESK, DESK) is not None:
            return
        with transaction.atomic():
            begin_desk(
                groups=[row["name"] for row in self.bundle.desk["groups"]],
                tasks=self._tasks(self.bundle.desk),
                workflows=self._workflows(self.bundle.desk, {}),
            )
            self.keeper.begin(DESK, DESK)

    def finish(self, pages: Mapping[str, int]) -> None:
        """Give groups their rights and members, and workflows the pages they hold for."""
        row = self.bundle.desk
        if row is None:
            return

        def arrange() -> None:
            arrange_desk(
                groups=[self._group(group, pages) for group in row["groups"]],
                tasks=self._tasks(row),
                workflows=self._workflows(row, pages),
            )

        def local() -> Row:
            self.exporter.forget()
            return self.exporter.desk()

        self.keeper.keep(Thing(DESK, DESK, "groups and workflows", row, local, arrange, arrange))

    def numbers(self, pages: Mapping[str, int]) -> None:
        """Write what was counted, which old addresses lead where, and what had been imported from where."""
        counts = self.bundle.counts
        if counts["last_number"]:
            pass_over_public_numbers(int(counts["last_number"]))
        known = {page: row for number, row in counts["articles"].items() if (page := pages.get(f"article:{number}"))}
        rows = [(page, (row["views"], row["short_link_uses"])) for page, row in known.items()]
        for start in range(0, len(rows), BATCH):
            restore_counts(counts=dict(rows[start : start + BATCH]))
        self._old_addresses(pages)
        self._imports()

    def _account(self, row: Row) -> None:
        user, email = row["user_id"], row["email"]
        name = f"account {email or user}"
        other = account_by_email(email) if email else None
        if other is not None and other.public_id != user:
            if account_by_user_id(user) is None:
                self.people[user] = other.pk
                self.keeper.report.skip(name, SAME_ADDRESS)
            else:
                self.keeper.report.fail(name, ADDRESS_TAKEN)
            return
        rights = desk.permissions_named(row["permissions"])

        def local() -> Row | None:
            here = account_by_user_id(user)
            return self.exporter.account(here) if here is not None else None

        def store() -> None:
            restore_account(
                user_id=user,
                email=email,
                fields={
                    "display_name": row["name"],
                    "language": row["language"],
                    "is_active": row["active"],
                    "is_staff": row["member"],
                    "is_superuser": row["operator"],
                },
                registered_at=datetime.fromisoformat(row["registered_at"]) if row["registered_at"] else None,
                permissions=list(rights.values()),
                desk=row["desk"],
            )

        thing = Thing("accounts", user, name, row, local, store, store, can_return=False)
        if self.keeper.keep(thing) == CREATED:
            self._say_missing(name, row["permissions"], rights)
            self.keeper.report.drop(name, NO_PASSWORD)
        here = account_by_user_id(user)
        if here is not None:
            self.people[user] = here.pk

    def _group(self, row: Row, pages: Mapping[str, int]) -> GroupRights:
        name = f"group {row['name']}"
        asked = [*row["permissions"], *(one["permission"] for one in (*row["pages"], *row["collections"]))]
        self._say_missing(name, asked, desk.permissions_named(asked))
        on_pages = ((self._page(one["page"], pages, name), one["permission"]) for one in row["pages"])
        return GroupRights(
            name=row["name"],
            permissions=row["permissions"],
            pages=[(page, permission) for page, permission in on_pages if page is not None],
            collections=[(tuple(one["collection"]), one["permission"]) for one in row["collections"]],
            members=[self.people[user] for user in row["members"] if user in self.people],
        )

    def _tasks(self, row: Row) -> list[TaskShape]:
        return [TaskShape(**task) for task in row["tasks"]]

    def _workflows(self, row: Row, pages: Mapping[str, int]) -> list[WorkflowShape]:
        found = []
        for shape in row["workflows"]:
            name = f"workflow {shape['name']}"
            where = [self._page(page, pages, name) for page in shape["pages"]] if pages else []
            found.append(WorkflowShape(**{**shape, "pages": [page for page in where if page is not None]}))
        return found

    def _page(self, reference: str, pages: Mapping[str, int], name: str) -> int | None:
        page = desk.root_page_id() if reference == ROOT else pages.get(reference)
        if page is None:
            self.keeper.report.drop(name, f"It names {reference}, which isn't here.")
        return page

    def _say_missing(self, name: str, asked: list[str], found: Mapping[str, Any]) -> None:
        for permission in sorted(set(asked) - set(found)):
            self.keeper.report.drop(name, f"There is no permission {permission} here.")

    def _old_addresses(self, pages: Mapping[str, int]) -> None:
        here = dict(all_old_addresses())
        fresh = []
        for path, number in self.bundle.old_addresses.items():
            page = pages.get(f"article:{number}")
            if page is None:
                continue
            if path not in here:
                fresh.append(OldAddress(path=path, article_id=page, at=clock.now()))
            elif here[path] != page:
                self.keeper.report.skip(f"old address {path}", LEADS_ELSEWHERE)
        OldAddress.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)

    def _imports(self) -> None:
        rows = (Imported(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in self.bundle.imports)
        Imported.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
