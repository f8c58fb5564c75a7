"""What the desk remembers of pages: revisions, approvals, comments, the log, and who is told of comments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
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

from broadsheet.newsroom.models import Picture, PolicyVersion

WORKFLOW_ORDER = ("created_at", "pk")


@dataclass(slots=True)
class Past:
    """What the desk remembers of one page, the oldest first."""

    revisions: list[Revision] = field(default_factory=list)
    workflows: list[WorkflowState] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    log: list[PageLogEntry] = field(default_factory=list)
    subscribers: list[PageSubscription] = field(default_factory=list)


def pasts_of(pages: Iterable[int]) -> Mapping[int, Past]:
    """Return what the desk remembers of each of these pages."""
    numbers = list(pages)
    of_pages = {"base_content_type": ContentType.objects.get_for_model(Page), "object_id__in": [*map(str, numbers)]}
    found: dict[int, Past] = defaultdict(Past)
    for revision in Revision.objects.filter(**of_pages).order_by("created_at", "pk"):
        found[int(revision.object_id)].revisions.append(revision)
    steps = Prefetch("task_states", TaskState.objects.order_by("started_at", "pk"))
    for state in WorkflowState.objects.filter(**of_pages).order_by(*WORKFLOW_ORDER).prefetch_related(steps):
        found[int(state.object_id)].workflows.append(state)
    replies = Prefetch("replies", CommentReply.objects.order_by("created_at", "pk"))
    for comment in Comment.objects.filter(page__in=numbers).order_by("created_at", "pk").prefetch_related(replies):
        found[comment.page_id].comments.append(comment)
    for entry in PageLogEntry.objects.filter(page__in=numbers).order_by("timestamp", "pk"):
        found[entry.page_id].log.append(entry)
    for subscription in PageSubscription.objects.filter(page__in=numbers):
        found[subscription.page_id].subscribers.append(subscription)
    return found


def version_of(page: Any, revision: Revision) -> Any:
    """Return the page as the revision has it."""
    return page.with_content_json(revision.content)


def locked_pages() -> Iterable[Page]:
    """Return the pages that somebody has locked."""
    return Page.objects.filter(locked=True).order_by("path")


def people_of_the_desk() -> set[int]:
    """Return the database ids of all who wrote, approved, commented on or brought in anything."""
    asked: list[tuple[type[Any], tuple[str, ...]]] = [
        (Page, ("owner_id",)),
        (Revision, ("user_id",)),
        (WorkflowState, ("requested_by_id",)),
        (TaskState, ("finished_by_id",)),
        (Comment, ("user_id", "resolved_by_id")),
        (CommentReply, ("user_id",)),
        (PageLogEntry, ("user_id",)),
        (PageSubscription, ("user_id",)),
        (Picture, ("uploaded_by_user_id",)),
        (PolicyVersion, ("published_by_id",)),
    ]
    found = {
        number
        for model, names in asked
        for name in names
        for number in model.objects.order_by().values_list(name, flat=True).distinct()
    }
    return found - {None}
