"""How the desk is arranged: collections, groups with their rights, tasks and workflows of approval."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from wagtail.models import Collection, GroupApprovalTask, Page, Task, Workflow

from broadsheet.newsroom.models import EditorsApproval


def all_groups() -> QuerySet[Group]:
    """Return all groups, with what they may do and who is in them."""
    return Group.objects.prefetch_related(
        "permissions__content_type",
        "page_permissions__permission__content_type",
        "collection_permissions__permission__content_type",
        "collection_permissions__collection",
        "user_set",
    )


def all_tasks() -> list[GroupApprovalTask | EditorsApproval]:
    """Return all tasks: approvals by members of groups, and by whoever may publish."""
    groups = GroupApprovalTask.objects.prefetch_related("groups")
    return sorted([*groups, *EditorsApproval.objects.all()], key=lambda task: task.pk)


def kind_of(task: Task) -> str:
    """Return `groups` where members of groups approve, `editors` where whoever may publish does."""
    return "groups" if isinstance(task, GroupApprovalTask) else "editors"


def deciding_groups(task: Task) -> list[Group]:
    """Return the groups whose members approve; none where whoever may publish does."""
    return list(task.groups.all()) if isinstance(task, GroupApprovalTask) else []


def all_workflows() -> QuerySet[Workflow]:
    """Return all workflows, with their tasks and where they hold."""
    return Workflow.objects.order_by("pk").prefetch_related("workflow_tasks", "workflow_pages")


def keys_of(rows: Iterable[Task | Workflow]) -> dict[int, str]:
    """Return a key of each task or workflow by its id: its name, with a number where others before it have it too."""
    seen: dict[str, int] = {}
    keys: dict[int, str] = {}
    for row in rows:
        seen[row.name] = seen.get(row.name, 0) + 1
        keys[row.pk] = row.name if seen[row.name] == 1 else f"{row.name} ({seen[row.name]})"
    return keys


def collection_paths() -> dict[int, tuple[str, ...]]:
    """Return the names from the root down to each collection by its id; the root's own is empty."""
    paths: dict[int, tuple[str, ...]] = {}
    below: dict[str, tuple[str, ...]] = {}
    for row in Collection.objects.order_by("path"):
        above = below.get(row.path[: -Collection.steplen])
        below[row.path] = () if above is None else (*above, row.name)
        paths[row.pk] = below[row.path]
    return paths


def permission_name(permission: Permission) -> str:
    """Return the permission's name, such as `newsroom.add_tag`."""
    return f"{permission.content_type.app_label}.{permission.codename}"


def permissions_named(names: Iterable[str]) -> dict[str, Permission]:
    """Return the permissions with these names, those that there are."""
    wanted = set(names)
    rows: Any = Permission.objects.select_related("content_type").filter(
        codename__in={name.partition(".")[2] for name in wanted}
    )
    return {name: row for row in rows if (name := permission_name(row)) in wanted}


def root_page_id() -> int | None:
    """Return the id of the root of all pages."""
    root = Page.get_first_root_node()
    return root.pk if root is not None else None
