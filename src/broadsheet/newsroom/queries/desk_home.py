"""What the desk's home shows a member of the newsroom first: their work, what waits for them, and the paper's state."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, TaskState
from wagtail.permissions import page_permission_policy

from broadsheet.newsroom.models import ArticlePage, EditionPage, SectionPage
from broadsheet.newsroom.queries.editions import EditionView, editions

MOST = 8  # of each list; "all" leads to the rest


@dataclass(frozen=True, slots=True)
class Item:
    """One page on a list; `at` is when it was saved, sent, is due or was published."""

    page_id: int
    title: str
    language: str
    place: str
    at: datetime | None
    who: str = ""
    is_layout: bool = False


@dataclass(frozen=True, slots=True)
class Front:
    """How the front page of an edition stands: since when, by whom, and what is to come."""

    edition: EditionView
    at: datetime | None
    who: str
    has_draft: bool
    due: datetime | None
    may_lay_out: bool
    may_write: bool


@dataclass(frozen=True, slots=True)
class DeskHome:
    """Everything the home shows."""

    fronts: list[Front] = field(default_factory=list)
    mine: list[Item] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)
    sent: list[Item] = field(default_factory=list)
    scheduled: list[Item] = field(default_factory=list)
    published: list[Item] = field(default_factory=list)


def desk_home(user: Any) -> DeskHome:
    """Return the home of this member of the newsroom, in a fixed number of queries."""
    reach = _own(user, {"add", "change", "publish"})
    may_approve = list(TaskState.objects.reviewable_by(user).values_list("pk", flat=True))
    return DeskHome(
        fronts=_fronts(user),
        mine=_mine(user, reach),
        waiting=_in_approval(Q(pk__in=may_approve)),
        sent=_in_approval(Q(workflow_state__requested_by=user) & ~Q(pk__in=may_approve)),
        scheduled=_scheduled(reach),
        published=_published(reach),
    )


def sections_to_write_in(user: Any, edition_id: int) -> list[SectionPage]:
    """Return the edition's sections in which this member of the newsroom may begin an article."""
    own = _own(user, {"add"}).values_list("pk", flat=True)
    return list(SectionPage.objects.filter(edition_id=edition_id, pk__in=own).order_by("path"))


def _mine(user: Any, reach: Any) -> list[Item]:
    rows = (
        ArticlePage.objects.filter(Q(owner=user) | Q(latest_revision__user=user), has_unpublished_changes=True)
        .filter(pk__in=reach.values("pk"))
        .select_related("section", "locale")
        .order_by("-latest_revision_created_at")[:MOST]
    )
    return [_article(row, row.latest_revision_created_at, draft=True) for row in rows]


def _in_approval(which: Q) -> list[Item]:
    states = (
        TaskState.objects.filter(which, status=TaskState.STATUS_IN_PROGRESS)
        .select_related("workflow_state__requested_by")
        .order_by("started_at")[:MOST]
    )
    rows = list(states)
    pages = _pages({int(row.workflow_state.object_id) for row in rows})
    return [
        _item(pages[int(row.workflow_state.object_id)], row.started_at, _name(row.workflow_state.requested_by))
        for row in rows
        if int(row.workflow_state.object_id) in pages
    ]


def _scheduled(reach: Any) -> list[Item]:
    own = reach.annotate(number=Cast("pk", CharField())).values("number")
    rows = list(
        Revision.page_revisions.filter(approved_go_live_at__isnull=False, object_id__in=own)
        .select_related("user")
        .order_by("approved_go_live_at")[:MOST]
    )
    pages = _pages({int(row.object_id) for row in rows})
    return [
        _item(pages[int(row.object_id)], row.approved_go_live_at, _name(row.user))
        for row in rows
        if int(row.object_id) in pages
    ]


def _published(reach: Any) -> list[Item]:
    rows = (
        ArticlePage.objects.filter(listed_at__isnull=False, pk__in=reach.values("pk"))
        .select_related("section", "locale")
        .order_by("-listed_at", "-public_id")[:MOST]
    )
    return [_article(row, row.listed_at) for row in rows]


def _fronts(user: Any) -> list[Front]:
    views = {edition.id: edition for edition in editions()}
    times = dict(
        Revision.page_revisions.filter(
            approved_go_live_at__isnull=False, object_id__in=[str(number) for number in views]
        ).values_list("object_id", "approved_go_live_at")
    )
    pages = EditionPage.objects.filter(pk__in=views).select_related("live_revision__user").order_by("path")
    own = _own(user, {"add"}).values_list("pk", flat=True)
    writes = set(SectionPage.objects.filter(pk__in=own).values_list("edition_id", flat=True))
    return [
        Front(
            edition=views[page.pk],
            at=page.last_published_at,
            who=_name(page.live_revision.user) if page.live_revision else "",
            has_draft=page.has_unpublished_changes,
            due=times.get(str(page.pk)),
            may_lay_out=page.permissions_for_user(user).can_edit(),
            may_write=page.pk in writes,
        )
        for page in pages
    ]


def _own(user: Any, verbs: set[str]) -> Any:
    return page_permission_policy.instances_user_has_any_permission_for(user, verbs)


def _pages(numbers: Iterable[int]) -> dict[int, Page]:
    return {page.pk: page for page in Page.objects.filter(pk__in=numbers).specific()}


def _item(page: Page, at: datetime | None, who: str) -> Item:
    if isinstance(page, ArticlePage):
        return _article(page, at, who=who, draft=True)
    language = page.locale.language_code
    return Item(page.pk, page.draft_title or page.title, language, "", at, who, is_layout=True)


def _article(row: ArticlePage, at: datetime | None, *, who: str = "", draft: bool = False) -> Item:
    view = next((edition for edition in editions() if edition.id == row.edition_id), None)
    names = (view.short_name if view else "", row.section.title)
    title = row.draft_title if draft else row.title
    return Item(row.pk, title or row.title, row.locale.language_code, " · ".join(filter(None, names)), at, who)


def _name(person: Any) -> str:
    return str(person) if person is not None else ""
