"""Arranges the desk as an archive has it: collections, groups with their rights, tasks and workflows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from broadsheet.newsroom.actions.desk_setup import set_up_desk
from broadsheet.newsroom.models import EditorsApproval, Picture
from broadsheet.newsroom.queries.desk import all_tasks, all_workflows, keys_of, kind_of, permissions_named


@dataclass(frozen=True, slots=True)
class GroupRights:
    """A group: its permissions by name, those on pages and collections, and its members' database ids."""

    name: str
    permissions: Sequence[str]
    pages: Sequence[tuple[int, str]]
    collections: Sequence[tuple[tuple[str, ...], str]]
    members: Sequence[int]


@dataclass(frozen=True, slots=True)
class TaskShape:
    """An approval by any member of these groups (`kind` is `groups`), or by whoever may publish (`editors`)."""

    key: str
    name: str
    active: bool
    groups: Sequence[str]
    kind: str = "groups"


@dataclass(frozen=True, slots=True)
class WorkflowShape:
    """Tasks by their keys, one after another, for the pages at and below those named."""

    key: str
    name: str
    active: bool
    tasks: Sequence[str]
    pages: Sequence[int]


@transaction.atomic
def put_collection(*, path: Sequence[str]) -> Collection:
    """Return the collection that these names lead to from the root, made where it isn't there."""
    at = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for name in path:
        found = at.get_children().filter(name=name).first()
        at = found or Collection.objects.get(pk=at.pk).add_child(name=name)
    return at


@transaction.atomic
def file_picture(
    *, picture: Picture, collection: Sequence[str], description: str, keywords: Sequence[str], user_id: int | None
) -> None:
    """Say where in the library a picture lies, what the desk notes of it, and who brought it."""
    stored = Picture.objects.get(pk=picture.pk)
    where = put_collection(path=collection)
    if [*stored.tags.names()] != list(keywords):
        stored.tags.set(list(keywords), clear=True)
    changed = (stored.collection_id, stored.description, stored.uploaded_by_user_id)
    if changed != (where.pk, description, user_id):
        stored.collection, stored.description, stored.uploaded_by_user_id = where, description, user_id
        stored.save()


@transaction.atomic
def begin_desk(*, groups: Sequence[str], tasks: Sequence[TaskShape], workflows: Sequence[WorkflowShape]) -> None:
    """Make the groups, tasks and workflows of a paper that has none yet, still without rights and members."""
    set_up_desk()
    for name in groups:
        Group.objects.get_or_create(name=name)
    _put_tasks(tasks)
    _put_workflows(workflows)


@transaction.atomic
def arrange_desk(
    *, groups: Sequence[GroupRights], tasks: Sequence[TaskShape], workflows: Sequence[WorkflowShape]
) -> None:
    """Let the desk have these groups, tasks and workflows and no others; what pages went through stays."""
    Group.objects.exclude(name__in=[row.name for row in groups]).delete()
    for row in groups:
        _rights(Group.objects.get_or_create(name=row.name)[0], row)
    kept = _put_tasks(tasks)
    stay = _put_workflows(workflows)
    WorkflowPage.objects.exclude(workflow__in=stay.values()).delete()
    for shape in workflows:
        workflow = stay[shape.key]
        WorkflowTask.objects.filter(workflow=workflow).delete()
        for place, key in enumerate(shape.tasks):
            WorkflowTask.objects.create(workflow=workflow, task=kept[key], sort_order=place)
        WorkflowPage.objects.filter(workflow=workflow).exclude(page__in=shape.pages).delete()
        for page in shape.pages:
            WorkflowPage.objects.update_or_create(page_id=page, defaults={"workflow": workflow})
    for rows, ids, used in (
        (Workflow.objects, stay.values(), "workflow_states"),
        (Task.objects, kept.values(), "task_states"),
    ):
        others: Any = rows.exclude(pk__in=[one.pk for one in ids])
        others.filter(**{f"{used}__isnull": True}).delete()
        others.update(active=False)


def _rights(group: Group, row: GroupRights) -> None:
    found = permissions_named(
        [*row.permissions, *(name for _page, name in row.pages), *(name for _path, name in row.collections)]
    )
    group.permissions.set([found[name] for name in row.permissions if name in found])
    GroupPagePermission.objects.filter(group=group).delete()
    for page, name in row.pages:
        if name in found:
            GroupPagePermission.objects.create(group=group, page_id=page, permission=found[name])
    GroupCollectionPermission.objects.filter(group=group).delete()
    for path, name in row.collections:
        if name in found:
            where = put_collection(path=path)
            GroupCollectionPermission.objects.create(group=group, collection=where, permission=found[name])
    group.user_set.set(row.members)


def _put_tasks(shapes: Sequence[TaskShape]) -> Mapping[str, Task]:
    rows = all_tasks()
    keys = keys_of(rows)
    here = {keys[row.pk]: row for row in rows}
    for shape in shapes:
        task = here.get(shape.key)
        if task is None or kind_of(task) != shape.kind:
            task = GroupApprovalTask() if shape.kind == "groups" else EditorsApproval()
        task.name, task.active = shape.name, shape.active
        task.save()
        if isinstance(task, GroupApprovalTask):
            task.groups.set(Group.objects.filter(name__in=shape.groups))
        here[shape.key] = task
    return {shape.key: here[shape.key] for shape in shapes}


def _put_workflows(shapes: Sequence[WorkflowShape]) -> Mapping[str, Workflow]:
    rows = list(all_workflows())
    keys = keys_of(rows)
    here = {keys[row.pk]: row for row in rows}
    for shape in shapes:
        workflow = here.get(shape.key) or Workflow(name=shape.name)
        workflow.name, workflow.active = shape.name, shape.active
        workflow.save()
        here[shape.key] = workflow
    return {shape.key: here[shape.key] for shape in shapes}
