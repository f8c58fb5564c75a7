"""A reader follows a discussion, or no longer (DIS-10)."""

from datetime import datetime

from django.db import transaction

from broadsheet.discussion.actions.open_thread import open_thread
from broadsheet.discussion.models import Follow
from broadsheet.discussion.rules.posting import refuse_article
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.queries.discussed import discussed


def follow_thread(*, reader_id: int, article_id: int, now: datetime) -> None:
    """Let the reader follow the article's discussion; `Refused` where the article isn't public."""
    article = discussed(article_id)
    if article is None:
        raise Refused(refuse_article())
    with transaction.atomic():
        thread = open_thread(article)
        Follow.objects.get_or_create(reader_id=reader_id, thread=thread, defaults={"at": now})


def unfollow_thread(*, reader_id: int, article_id: int) -> None:
    """Let the reader hear no more of the article's discussion."""
    Follow.objects.filter(reader_id=reader_id, thread_id=article_id).delete()
