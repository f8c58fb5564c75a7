"""Tells a reader that somebody answered a comment of theirs (DIS-10, NOT-03)."""

from datetime import datetime

from broadsheet.discussion.queries.addresses import comment_path
from broadsheet.discussion.queries.comment_facts import comment_row
from broadsheet.discussion.queries.following import ignores
from broadsheet.notifications.actions.discussion_mail import CHOICES, REPLY, queue_discussion_mail
from broadsheet.notifications.actions.ring import ring
from broadsheet.readers.conf import MAIL, NOTHING
from broadsheet.readers.queries.choices import ways_of


def tell_of_reply(*, comment_id: int, now: datetime) -> bool:
    """Ring once for the author of the comment answered, by mail too where they chose it; return whether it rang.

    Nothing for an answer that others don't see, to oneself, by somebody who is ignored, and where it isn't wanted.
    """
    reply = comment_row(comment_id)
    if reply is None or reply.state != "visible" or reply.parent_id is None or reply.author_id is None:
        return False
    answered = comment_row(reply.parent_id)
    reader_id = answered.author_id if answered is not None else None
    if reader_id is None or reader_id == reply.author_id or ignores(reader_id, reply.author_id):
        return False
    way = ways_of([reader_id], CHOICES[REPLY])[reader_id]
    if way == NOTHING:
        return False
    values = {"comment": comment_id, "thread": reply.thread_id}
    rang = ring(
        reader_id=reader_id, kind=REPLY, key=f"reply:{comment_id}", values=values, path=comment_path(comment_id)
    )
    if way == MAIL:
        queue_discussion_mail(
            purpose=REPLY, reader_ids=[reader_id], thread_id=reply.thread_id, comment_id=comment_id, now=now
        )
    return rang
