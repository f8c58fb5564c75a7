"""Publishes revisions whose time has come and withdraws pages whose time is over."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from wagtail.log_actions import log as log_action
from wagtail.models import Page, Revision

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.queries.whereabouts import hold_page
from broadsheet.newsroom.rules.wording import sentences

log = logging.getLogger("broadsheet.newsroom")
REFUSED = "broadsheet.schedule.refused"


def publish_and_expire_due() -> int:
    """Publish and withdraw all that is due, each in its own transaction; return how many were."""
    now = clock.now()
    done = 0
    for number in Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at").values_list("pk", flat=True):
        done += _expire(number)
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for number in list(due.values_list("pk", flat=True)):
        done += _publish(number)
    return done


def _expire(number: int) -> int:
    with transaction.atomic():
        _hold(number)
        page = Page.objects.filter(pk=number, live=True, expire_at__lt=clock.now()).first()
        if page is None:
            return 0
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        return 1


def _publish(number: int) -> int:
    try:
        with transaction.atomic():
            due = Revision.objects.filter(pk=number, approved_go_live_at__lt=clock.now())
            for page_id in due.values_list("object_id", flat=True):
                _hold(int(page_id))
            revision = due.first()
            if revision is None:
                return 0
            with translation.override(revision.content_object.locale.language_code):  # its editors read what is refused
                revision.publish(log_action="wagtail.publish.scheduled")
            return 1
    except (Refused, ValidationError) as error:
        _give_up(number, error.refusal.why if isinstance(error, Refused) else sentences(error))
        return 0


def _hold(page_id: int) -> None:
    """Let whoever publishes or withdraws the page by hand end first: what they did counts."""
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        hold_page(page.specific_class or Page, page_id)


@transaction.atomic
def _give_up(number: int, reason: str) -> None:
    """Take the schedule off a revision that can't be published, and write the reason into its history."""
    revision = Revision.objects.get(pk=number)
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log_action(instance=revision.content_object, action=REFUSED, data={"reason": reason}, revision=revision)
    log.warning("scheduled revision %s was not published: %s", number, reason)
