"""Writes what an archive remembers of a page in the desk: revisions, approvals, comments, the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Comment,
    CommentReply,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    WorkflowState,
)

from broadsheet.newsroom.actions.drafts import filled_article
from broadsheet.newsroom.actions.editions import filled_page
from broadsheet.newsroom.models import ArticlePage

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PastRevision:
    """One revision: `values` are those of `update_article` or `update_page`; `publishes_at` is an approved schedule."""

    at: datetime
    by: int | None
    values: Row
    publishes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastTask:
    """One step of an approval; `revision` is the place of the revision it is about."""

    task_id: int
    status: str
    started_at: datetime
    finished_at: datetime | None
    by: int | None
    comment: str
    revision: int


@dataclass(frozen=True, slots=True)
class PastWorkflow:
    """One approval, running or over; `current` is the place of the step it stands at."""

    workflow_id: int
    status: str
    at: datetime
    by: int | None
    current: int | None
    tasks: Sequence[PastTask]


@dataclass(frozen=True, slots=True)
class PastReply:
    """One answer to a comment."""

    text: str
    by: int
    at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PastComment:
    """One comment in the desk; `where` is the field, or the block in it, `position` a place in its text."""

    text: str
    by: int
    at: datetime
    changed_at: datetime
    where: str
    position: str
    revision: int | None
    resolved_at: datetime | None
    resolved_by: int | None
    replies: Sequence[PastReply]


@dataclass(frozen=True, slots=True)
class PastEntry:
    """One line of the page's log."""

    action: str
    at: datetime
    by: int | None
    label: str
    data: Row
    mark: str | None
    revision: int | None
    content_changed: bool
    deleted: bool


@dataclass(frozen=True, slots=True)
class PagePast:
    """Everything the desk remembers of a page; `live` is the place of the revision that is public."""

    owner: int | None
    first_published_at: datetime | None
    last_published_at: datetime | None
    expired: bool
    changed: bool
    live: int | None
    revisions: Sequence[PastRevision]
    workflows: Sequence[PastWorkflow] = ()
    comments: Sequence[PastComment] = ()
    log: Sequence[PastEntry] = ()
    subscribers: Mapping[int, bool] = field(default_factory=dict)


@transaction.atomic
def restore_past(*, page: Page, past: PagePast) -> None:
    """Let the desk remember this of the page, and nothing else; what is public stays as it is."""
    stored = type(page).objects.get(pk=page.pk)
    _forget(stored)
    revisions = [_revision(stored, row) for row in past.revisions]
    for workflow in past.workflows:
        _workflow(stored, workflow, revisions)
    for comment in past.comments:
        _comment(stored, comment, revisions)
    for entry in past.log:
        _entry(stored, entry, revisions)
    PageSubscription.objects.bulk_create(
        PageSubscription(page_id=stored.pk, user_id=user, comment_notifications=told)
        for user, told in past.subscribers.items()
    )
    latest = revisions[-1] if revisions else None
    Page.objects.filter(pk=stored.pk).update(
        owner_id=past.owner,
        first_published_at=past.first_published_at,
        last_published_at=past.last_published_at,
        expired=past.expired,
        has_unpublished_changes=past.changed,
        latest_revision=latest,
        latest_revision_created_at=latest.created_at if latest else None,
        live_revision=revisions[past.live] if past.live is not None else None,
        draft_title=latest.content["title"] if latest else stored.title,
    )


def _forget(page: Page) -> None:
    of_page = {"base_content_type": ContentType.objects.get_for_model(Page), "object_id": str(page.pk)}
    WorkflowState.objects.filter(**of_page).delete()
    Comment.objects.filter(page_id=page.pk).delete()
    PageSubscription.objects.filter(page_id=page.pk).delete()
    PageLogEntry.objects.filter(page=page.pk).delete()
    Revision.objects.filter(**of_page).delete()


def _revision(page: Any, row: PastRevision) -> Revision:
    version: Any = type(page).objects.get(pk=page.pk)
    if isinstance(page, ArticlePage):
        filled_article(article=version, **row.values)
    else:
        filled_page(page=version, **row.values)
    version.draft_title = version.title
    return Revision.objects.create(
        content_object=version,
        base_content_type=ContentType.objects.get_for_model(Page),
        created_at=row.at,
        user_id=row.by,
        approved_go_live_at=row.publishes_at,
        content=version.serializable_data(),
        object_str=str(version),
    )


def _workflow(page: Page, row: PastWorkflow, revisions: Sequence[Revision]) -> None:
    state = WorkflowState.objects.create(
        content_type=ContentType.objects.get_for_model(page),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        workflow_id=row.workflow_id,
        status=row.status,
        requested_by_id=row.by,
    )
    steps = []
    for task in row.tasks:
        step = TaskState.objects.create(
            workflow_state=state,
            revision=revisions[task.revision],
            task_id=task.task_id,
            status=task.status,
            finished_at=task.finished_at,
            finished_by_id=task.by,
            comment=task.comment,
        )
        TaskState.objects.filter(pk=step.pk).update(started_at=task.started_at)
        steps.append(step)
    WorkflowState.objects.filter(pk=state.pk).update(
        created_at=row.at, current_task_state=steps[row.current] if row.current is not None else None
    )


def _comment(page: Page, row: PastComment, revisions: Sequence[Revision]) -> None:
    comment = Comment.objects.create(
        page_id=page.pk,
        user_id=row.by,
        text=row.text,
        contentpath=row.where,
        revision_created=revisions[row.revision] if row.revision is not None else None,
        resolved_at=row.resolved_at,
        resolved_by_id=row.resolved_by,
    )
    times = {"created_at": row.at, "updated_at": row.changed_at}
    Comment.objects.filter(pk=comment.pk).update(position=row.position, **times)
    for one in row.replies:
        reply = CommentReply.objects.create(comment=comment, user_id=one.by, text=one.text)
        CommentReply.objects.filter(pk=reply.pk).update(created_at=one.at, updated_at=one.changed_at)


def _entry(page: Page, row: PastEntry, revisions: Sequence[Revision]) -> None:
    PageLogEntry.objects.create(
        page_id=page.pk,
        content_type=ContentType.objects.get_for_model(page, for_concrete_model=False),
        action=row.action,
        timestamp=row.at,
        user_id=row.by,
        label=row.label,
        data=dict(row.data),
        uuid=row.mark,
        revision=revisions[row.revision] if row.revision is not None else None,
        content_changed=row.content_changed,
        deleted=row.deleted,
    )
