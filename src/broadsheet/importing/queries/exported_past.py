"""The desk as a bundle writes it: who works there, what they may do, and what it remembers of each page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from broadsheet.importing.queries.exported import EDITION_FIELDS, Exporter
from broadsheet.importing.rules.bundle_blocks import block_ids
from broadsheet.importing.rules.bundle_desk import PREFERENCES
from broadsheet.importing.rules.bundle_text import with_references
from broadsheet.importing.rules.shapes import in_utc
from broadsheet.newsroom.queries import archive, desk
from broadsheet.newsroom.queries import past as memory
from broadsheet.readers.queries.people import accounts_of_the_desk

Row = dict[str, Any]
Content = Callable[[Any], Row]
ROOT = "root"
AT_ONCE = 20  # articles with all their revisions in memory


@dataclass
class PastExporter:
    """Writes histories and the desk's arrangement; `exporter` writes what their revisions say."""

    exporter: Exporter = field(default_factory=Exporter)

    def forget(self) -> None:
        """Look everything up anew from now on."""
        self.exporter.forget()
        for name in ("people", "tasks", "workflows"):
            self.__dict__.pop(name, None)

    @cached_property
    def people(self) -> dict[int, str]:
        """The User IDs of the accounts in the bundle by their database ids."""
        return {row.pk: row.public_id for row in accounts_of_the_desk(memory.people_of_the_desk())}

    @cached_property
    def tasks(self) -> dict[int, str]:
        """The keys of tasks by their database ids."""
        return desk.keys_of(desk.all_tasks())

    @cached_property
    def workflows(self) -> dict[int, str]:
        """The keys of workflows by their database ids."""
        return desk.keys_of(desk.all_workflows())

    # Pages with their histories

    def articles(self) -> Iterator[Row]:
        """Yield every article with its history, by its number."""
        numbers = archive.article_numbers()
        for start in range(0, len(numbers), AT_ONCE):
            found = list(archive.archived_articles(numbers[start : start + AT_ONCE]))
            pasts = memory.pasts_of(one.article.pk for one in found)
            for one in found:
                yield self._article(one, pasts[one.article.pk])

    def article_by_number(self, public_id: int) -> Row | None:
        """Return the article with its history, None where there is none of this number."""
        found = next(iter(archive.archived_articles([public_id])), None)
        return None if found is None else self._article(found, _past(found.article))

    def _article(self, found: archive.ArchivedArticle, past: memory.Past) -> Row:
        return {
            **self.exporter.article(found),
            "history": self._history(found.article, past, self._article_content, "body"),
        }

    def _article_content(self, version: Any) -> Row:
        return self.exporter.content(version, [])

    def edition(self, page: Any, position: int) -> Row:
        """Return an edition with its sections, layouts and standing pages, and their histories."""
        row = self.exporter.edition(page, position)
        row["history"] = self.edition_history(page)
        for section, part in zip(archive.all_sections(page.pk), row["sections"], strict=True):
            part["history"] = self.section_history(section, page.code)
        for info, part in zip(archive.all_info_pages(page.pk), row["pages"], strict=True):
            part["history"] = self.info_page_history(info)
        return row

    def edition_history(self, page: Any) -> Row:
        """Return what the desk remembers of an edition and its front."""

        def content(version: Any) -> Row:
            own = {name: getattr(version, name) for name in (*EDITION_FIELDS, "at_root")}
            return {"name": version.title, **own, "front": self.exporter.layout(version, page.code)}

        return self._history(page, _past(page), content, "layout")

    def section_history(self, page: Any, code: str) -> Row:
        """Return what the desk remembers of a section of the edition and its layout."""

        def content(version: Any) -> Row:
            own = {name: getattr(version, name) for name in ("slug", "description", "in_menu")}
            return {"name": version.title, **own, "layout": self.exporter.layout(version, code)}

        return self._history(page, _past(page), content, "layout")

    def info_page_history(self, page: Any) -> Row:
        """Return what the desk remembers of a standing page."""

        def content(version: Any) -> Row:
            own = {name: getattr(version, name) for name in ("slug", "title", "in_footer", "purpose")}
            return {**own, "html": with_references(version.text, self.exporter.page_name)}

        return self._history(page, _past(page), content, "")

    def _history(self, page: Any, past: memory.Past, content: Content, stream: str) -> Row:
        places = {revision.pk: place for place, revision in enumerate(past.revisions)}
        return {
            "owner": self.people.get(page.owner_id),
            "first_published_at": _time(page.first_published_at),
            "last_published_at": _time(page.last_published_at),
            "expired": page.expired,
            "changed": page.has_unpublished_changes,
            "live": places.get(page.live_revision_id),
            "revisions": [self._revision(page, one, content, stream) for one in past.revisions],
            "workflows": [self._workflow(one, places) for one in past.workflows],
            "comments": [self._comment(one, places) for one in past.comments if one.user_id in self.people],
            "log": [self._entry(one, places) for one in past.log],
            "subscribers": dict(
                sorted((self.people[one.user_id], one.comment_notifications) for one in past.subscribers)
            ),
        }

    def _revision(self, page: Any, revision: Any, content: Content, stream: str) -> Row:
        version = memory.version_of(page, revision)
        own = content(version)
        if stream != "body":
            own |= {"publish_at": _time(version.go_live_at), "expires_at": _time(version.expire_at)}
        ids: list[str] = []
        if stream:
            raw = list(getattr(version, stream).get_prep_value())
            ids = block_ids(raw, self.exporter.names, layout=stream == "layout")
        return {
            "at": _time(revision.created_at),
            "by": self.people.get(revision.user_id),
            "publishes_at": _time(revision.approved_go_live_at),
            "block_ids": ids,
            "content": own,
        }

    def _workflow(self, state: Any, places: dict[int, int]) -> Row:
        steps = [step for step in state.task_states.all() if step.task_id in self.tasks and step.revision_id in places]
        current = [place for place, step in enumerate(steps) if step.pk == state.current_task_state_id]
        return {
            "workflow": self.workflows[state.workflow_id],
            "status": state.status,
            "at": _time(state.created_at),
            "by": self.people.get(state.requested_by_id),
            "current": current[0] if current else None,
            "tasks": [
                {
                    "task": self.tasks[step.task_id],
                    "status": step.status,
                    "started_at": _time(step.started_at),
                    "finished_at": _time(step.finished_at),
                    "by": self.people.get(step.finished_by_id),
                    "comment": step.comment,
                    "revision": places[step.revision_id],
                }
                for step in steps
            ],
        }

    def _comment(self, comment: Any, places: dict[int, int]) -> Row:
        return {
            "text": comment.text,
            "by": self.people[comment.user_id],
            "at": _time(comment.created_at),
            "changed_at": _time(comment.updated_at),
            "where": comment.contentpath,
            "position": comment.position,
            "revision": places.get(comment.revision_created_id),
            "resolved_at": _time(comment.resolved_at),
            "resolved_by": self.people.get(comment.resolved_by_id),
            "replies": [
                {
                    "text": reply.text,
                    "by": self.people[reply.user_id],
                    "at": _time(reply.created_at),
                    "changed_at": _time(reply.updated_at),
                }
                for reply in comment.replies.all()
            ],
        }

    def _entry(self, entry: Any, places: dict[int, int]) -> Row:
        return {
            "action": entry.action,
            "at": _time(entry.timestamp),
            "by": self.people.get(entry.user_id),
            "label": entry.label,
            "data": _in_order(entry.data),
            "mark": str(entry.uuid) if entry.uuid else None,
            "revision": places.get(entry.revision_id),
            "content_changed": entry.content_changed,
            "deleted": entry.deleted,
        }

    # Accounts, rights, approvals

    def account(self, reader: Any) -> Row:
        """Return an account without its password and second factor."""
        profile = getattr(reader, "wagtail_userprofile", None)
        return {
            "user_id": reader.public_id,
            "email": reader.email,
            "name": reader.display_name,
            "language": reader.language,
            "active": reader.is_active,
            "member": reader.is_staff,
            "operator": reader.is_superuser,
            "registered_at": _time(reader.registered_at),
            "permissions": sorted(desk.permission_name(row) for row in reader.user_permissions.all()),
            "desk": {name: getattr(profile, name) for name in PREFERENCES} if profile else None,
        }

    def staff(self) -> list[Row]:
        """Return the accounts of all who belong or belonged to the newsroom."""
        return [self.account(row) for row in accounts_of_the_desk(memory.people_of_the_desk())]

    def desk(self) -> Row:
        """Return groups with their rights and members, tasks and workflows."""
        paths = desk.collection_paths()
        return {
            "groups": [self._group(row, paths) for row in sorted(desk.all_groups(), key=lambda row: row.name)],
            "tasks": [
                {
                    "key": self.tasks[row.pk],
                    "name": row.name,
                    "active": row.active,
                    "kind": desk.kind_of(row),
                    "groups": sorted(group.name for group in desk.deciding_groups(row)),
                }
                for row in sorted(desk.all_tasks(), key=lambda row: self.tasks[row.pk])
            ],
            "workflows": [
                {
                    "key": self.workflows[row.pk],
                    "name": row.name,
                    "active": row.active,
                    "tasks": [
                        self.tasks[step.task_id]
                        for step in sorted(row.workflow_tasks.all(), key=lambda step: (step.sort_order or 0, step.pk))
                        if step.task_id in self.tasks
                    ],
                    "pages": sorted(name for one in row.workflow_pages.all() if (name := self._page(one.page_id))),
                }
                for row in sorted(desk.all_workflows(), key=lambda row: self.workflows[row.pk])
            ],
        }

    def _group(self, group: Any, paths: dict[int, tuple[str, ...]]) -> Row:
        pages = [(self._page(one.page_id), one.permission) for one in group.page_permissions.all()]
        collections = [(paths[one.collection_id], one.permission) for one in group.collection_permissions.all()]
        return {
            "name": group.name,
            "permissions": sorted(desk.permission_name(row) for row in group.permissions.all()),
            "pages": [
                {"page": page, "permission": name}
                for page, name in sorted((page, desk.permission_name(right)) for page, right in pages if page)
            ],
            "collections": [
                {"collection": list(path), "permission": name}
                for path, name in sorted((path, desk.permission_name(right)) for path, right in collections)
            ],
            "members": sorted(self.people[row.pk] for row in group.user_set.all()),
        }

    def _page(self, number: int) -> str | None:
        return ROOT if number == desk.root_page_id() else self.exporter.page_name(number)


def _past(page: Any) -> memory.Past:
    return memory.pasts_of([page.pk])[page.pk]


def _in_order(value: Any) -> Any:
    """Return the value with its names in one order: PostgreSQL keeps another than they were written in."""
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    return [_in_order(part) for part in value] if isinstance(value, list) else value


def _time(at: Any) -> str | None:
    return in_utc(at) if at is not None else None
