"""Puts into the desk what a bundle remembers of a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from broadsheet.importing.rules.report import Report
from broadsheet.kernel import clock
from broadsheet.newsroom.actions.restore_past import (
    PagePast,
    PastComment,
    PastEntry,
    PastReply,
    PastRevision,
    PastTask,
    PastWorkflow,
    restore_past,
)

Row = dict[str, Any]
Values = Callable[[Row, list[str]], Row]  # what a revision says, in the newsroom's terms, with its blocks' ids
OVER = "A draft was to be published by itself at a time that is over; it stays a draft."
NOBODY = "A comment was left out: the account that wrote it was not made."
NO_WORKFLOW = "An approval went by a workflow that isn't here; it was left out."


@dataclass(frozen=True, slots=True)
class PastLoader:
    """Loads histories; `people`, `tasks` and `workflows` are database ids by what the bundle calls them."""

    people: Mapping[str, int]
    tasks: Mapping[str, int]
    workflows: Mapping[str, int]
    report: Report

    def load(self, *, page: Any, name: str, row: Row, values: Values) -> None:
        """Let the desk remember of the page what the bundle does; `name` is the page's in the report."""
        restore_past(
            page=page,
            past=PagePast(
                owner=self._who(row["owner"]),
                first_published_at=time_of(row["first_published_at"]),
                last_published_at=time_of(row["last_published_at"]),
                expired=row["expired"],
                changed=row["changed"],
                live=row["live"] if page.live else None,
                revisions=[self._revision(name, one, values) for one in row["revisions"]],
                workflows=[found for one in row["workflows"] if (found := self._workflow(name, one))],
                comments=[self._comment(one) for one in row["comments"] if self._known(name, one)],
                log=[self._entry(one) for one in row["log"]],
                subscribers={
                    self.people[user]: told for user, told in row["subscribers"].items() if user in self.people
                },
            ),
        )

    def _who(self, user: str | None) -> int | None:
        return self.people.get(user) if user else None

    def _revision(self, name: str, row: Row, values: Values) -> PastRevision:
        due = time_of(row["publishes_at"])
        if due is not None and due <= clock.now():
            self.report.drop(name, OVER)
            due = None
        own = values(row["content"], row["block_ids"])
        return PastRevision(at=_at(row["at"]), by=self._who(row["by"]), values=own, publishes_at=due)

    def _workflow(self, name: str, row: Row) -> PastWorkflow | None:
        wanted = {task["task"] for task in row["tasks"]}
        if row["workflow"] not in self.workflows or not wanted <= self.tasks.keys():
            self.report.drop(name, NO_WORKFLOW)
            return None
        return PastWorkflow(
            workflow_id=self.workflows[row["workflow"]],
            status=row["status"],
            at=_at(row["at"]),
            by=self._who(row["by"]),
            current=row["current"],
            tasks=[
                PastTask(
                    task_id=self.tasks[task["task"]],
                    status=task["status"],
                    started_at=_at(task["started_at"]),
                    finished_at=time_of(task["finished_at"]),
                    by=self._who(task["by"]),
                    comment=task["comment"],
                    revision=task["revision"],
                )
                for task in row["tasks"]
            ],
        )

    def _known(self, name: str, comment: Row) -> bool:
        """Return whether the comment's author is here; it is told where not."""
        if comment["by"] not in self.people:
            self.report.drop(name, NOBODY)
        return comment["by"] in self.people

    def _comment(self, row: Row) -> PastComment:
        return PastComment(
            text=row["text"],
            by=self.people[row["by"]],
            at=_at(row["at"]),
            changed_at=_at(row["changed_at"]),
            where=row["where"],
            position=row["position"],
            revision=row["revision"],
            resolved_at=time_of(row["resolved_at"]),
            resolved_by=self._who(row["resolved_by"]),
            replies=[
                PastReply(
                    text=one["text"], by=self.people[one["by"]], at=_at(one["at"]), changed_at=_at(one["changed_at"])
                )
                for one in row["replies"]
                if one["by"] in self.people
            ],
        )

    def _entry(self, row: Row) -> PastEntry:
        return PastEntry(
            action=row["action"],
            at=_at(row["at"]),
            by=self._who(row["by"]),
            label=row["label"],
            data=row["data"],
            mark=row["mark"],
            revision=row["revision"],
            content_changed=row["content_changed"],
            deleted=row["deleted"],
        )


def time_of(text: str | None) -> datetime | None:
    """Return the time, None where there is none."""
    return datetime.fromisoformat(text) if text else None


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
