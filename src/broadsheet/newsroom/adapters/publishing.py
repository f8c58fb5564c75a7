"""Lets every way in which Wagtail publishes, withdraws, moves, copies or deletes a page run in one transaction.

Wagtail publishes in several statements without a transaction and tells of it by a signal afterwards: a process
killed in between would have saved without announcing. Its actions are the one place that the desk, workflows,
schedules, bulk actions and commands go through, so their `execute` is wrapped here, once, while apps load.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction

from broadsheet.newsroom.actions import article_publication, page_publication, replacing
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import ArticlePage, EditionPage, InfoPage, SectionPage

Execute = Callable[..., Any]
FRAME = (EditionPage, SectionPage, InfoPage)


def wire() -> None:
    """Wrap Wagtail's actions; a second call changes nothing."""
    for action, wrapper in (
        (PublishRevisionAction, _publishing),
        (UnpublishAction, _withdrawing),
        (MovePageAction, _moving),
        (DeletePageAction, _deleting),
        (CopyPageAction, _copying),
        (CreatePageAliasAction, _refusing_aliases),
    ):
        if not hasattr(action.execute, "in_one_transaction"):
            action.execute = _once(wrapper)(action.execute)


def _once(wrapper: Callable[..., Any]) -> Callable[[Execute], Execute]:
    def decorate(execute: Execute) -> Execute:
        @wraps(execute)
        def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
            with transaction.atomic():
                return wrapper(self, lambda: execute(self, *args, **kwargs))

        wrapped.in_one_transaction = True  # type: ignore[attr-defined]
        return wrapped

    return decorate


def _publishing(action: Any, execute: Callable[[], Any]) -> Any:
    page = action.object
    if isinstance(page, ArticlePage):
        before = article_publication.prepare_publication(page)
        result = execute()
        if not article_publication.lies_in_future(page):
            article_publication.settle_publication(page.pk, before)
        return result
    if isinstance(page, FRAME):
        frame = page_publication.frame_of(page, lock=True)
        result = execute()
        page_publication.settle_frame(page, frame)
        return result
    return execute()


def _withdrawing(action: Any, execute: Callable[[], Any]) -> Any:
    page = getattr(action.object, "specific", action.object)
    if isinstance(page, ArticlePage):
        before = article_publication.prepare_withdrawal(page.pk)
        result = execute()
        article_publication.settle_withdrawal(before)
        return result
    if isinstance(page, FRAME):
        frame = page_publication.frame_of(page, lock=True)
        for below in page.get_descendants().live().order_by("-path") if action.commit else ():
            # No article stays public in a section that isn't.
            UnpublishPageAction(below.specific, user=None, set_expired=action.set_expired).execute()
        result = execute()
        page_publication.settle_frame(page, frame)
        return result
    return execute()


def _moving(action: Any, execute: Callable[[], Any]) -> Any:
    moved = replacing.before_move(action.page)
    result = execute()
    replacing.after_move(moved)
    return result


def _deleting(action: Any, execute: Callable[[], Any]) -> Any:
    gone = replacing.before_deletion(action.page)
    result = execute()
    replacing.after_deletion(gone)
    return result


def _copying(action: Any, execute: Callable[[], Any]) -> Any:
    action.keep_live = False  # a copy is a draft: publishing it has its own checks
    if isinstance(action.page.specific, ArticlePage):
        action.copy_revisions = False
        action.update_attrs = {**(action.update_attrs or {})}
        action.update_attrs.pop("slug", None)
    return execute()


def _refusing_aliases(action: Any, execute: Callable[[], Any]) -> Any:
    if isinstance(action.page.specific, ArticlePage):
        raise refuse(
            "no-aliases",
            _("The article was not mirrored."),
            _("Every article has one address and one number."),
            _("Copy it, or link to it."),
        )
    return execute()
