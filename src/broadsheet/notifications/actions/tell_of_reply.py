"""Tells a reader that somebody answered a comment of theirs: one notice for all that answer it (DIS-10, NOT-03)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from broadsheet.discussion.queries.addresses import comment_path
from broadsheet.discussion.queries.comment_facts import CommentRow, comment_row
from broadsheet.discussion.queries.following import ignores
from broadsheet.kernel.turns import take_turn
from broadsheet.notifications.actions.discussion_mail import CHOICES, REPLY, queue_discussion_mail
from broadsheet.notifications.actions.ring import ring
from broadsheet.notifications.conf import MOST_NEWS
from broadsheet.notifications.models import Notice
from broadsheet.readers.conf import MAIL, NOTHING
from broadsheet.readers.queries.choices import ways_of


def tell_of_reply(*, comment_id: int, now: datetime) -> bool:
    """Ring once for the author of the comment answered, by mail too where they chose it; return whether it rang.

    Answers to one comment are one notice until it is seen. Nothing for an answer that others don't see, to oneself, by
    somebody who is ignored, and where it isn't wanted.
    """
    reply = comment_row(comment_id)
    if reply is None or reply.state != "visible" or reply.parent_id is None or reply.author_id is None:
        return False
    answered = comment_row(reply.parent_id)
    reader_id = answered.author_id if answered is not None else None
    if reader_id is None or reader_id == reply.author_id or ignores(reader_id, reply.author_id):
        return False
    way = ways_of([reader_id], CHOICES[REPLY])[reader_id]
    if way == NOTHING or not _ring(reader_id, reply):
        return False
    if way == MAIL:
        queue_discussion_mail(
            purpose=REPLY, reader_ids=[reader_id], thread_id=reply.thread_id, comment_id=comment_id, now=now
        )
    return True


@transaction.atomic
def _ring(reader_id: int, reply: CommentRow) -> bool:
    """Let the notice of the comment answered, if it waits to be seen, give way to one that tells of this answer, too."""
    take_turn(f"answers {reply.parent_id}")
    begin = f"reply:{reply.parent_id}:"
    before = list(Notice.objects.filter(reader_id=reader_id, kind=REPLY, key__startswith=begin))
    if any(reply.id in one.values.get("comments", []) for one in before):
        return False  # heard again
    unseen = [one for one in before if one.seen_at is None]
    values = _values(unseen[0].values if unseen else {}, reply)
    Notice.objects.filter(pk__in=[one.pk for one in unseen]).delete()
    path = comment_path(values["comments"][0])
    return ring(reader_id=reader_id, kind=REPLY, key=f"{begin}{reply.id}", values=values, path=path)


def _values(before: dict[str, Any], reply: CommentRow) -> dict[str, Any]:
    numbers = [*before.get("comments", []), reply.id]
    more = before.get("more", 0) + max(0, len(numbers) - MOST_NEWS)
    return {"thread": reply.thread_id, "comments": numbers[-MOST_NEWS:], "more": more}
