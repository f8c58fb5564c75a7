"""Tells readers of answers to their comments, and of news in discussions that they follow (DIS-10, NOT-03).

A comment is told when others see it: one that is held, when a person lets it be seen.
"""

from broadsheet.discussion.facts import CommentPosted, CommentRestored, CommentShown
from broadsheet.kernel import clock
from broadsheet.kernel.facts import handles
from broadsheet.kernel.schedule import every
from broadsheet.notifications.actions.tell_of_news import note_news, tell_news
from broadsheet.notifications.actions.tell_of_reply import tell_of_reply


@handles(CommentPosted, CommentRestored, unless=lambda happened: happened.state != "visible")
def seen_in_this_state(happened: CommentPosted | CommentRestored) -> None:
    """Tell of it where it is visible."""
    if happened.state == "visible":
        _tell(happened.comment_id, happened.thread_id)


@handles(CommentShown)
def shown(happened: CommentShown) -> None:
    """Tell of it."""
    _tell(happened.comment_id, happened.thread_id)


def _tell(comment_id: int, thread_id: int) -> None:
    now = clock.now()
    tell_of_reply(comment_id=comment_id, now=now)
    note_news(thread_id=thread_id, comment_id=comment_id, now=now)


@every(5)
def go_on() -> int:
    """Tell some more of those who follow."""
    return tell_news(now=clock.now())
