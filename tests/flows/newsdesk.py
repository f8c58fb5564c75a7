"""What people do at one machine's desk, told line by line: `python -m tests.flows.newsdesk`, on the folder of the environment.

It answers each line with one of JSON.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any
from uuid import uuid4


def main() -> None:
    """Do what each line says until there is none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    import django

    django.setup()
    for line in sys.stdin:
        word, *more = json.loads(line)
        print(json.dumps(WORDS[word](*more)), flush=True)


def begin(origin: str, browsers: int) -> dict[str, Any]:
    """Publish an article, and let a reader comment on it, want answers by mail, and browsers get the news."""
    from broadsheet.kernel import clock
    from broadsheet.newsroom.models import EditionPage
    from broadsheet.newsroom.queries import archive
    from broadsheet.newsroom.queries.editions import editions
    from broadsheet.notifications.actions.subscribe_push import Browser as Told
    from broadsheet.notifications.actions.subscribe_push import Wishes, subscribe_push
    from broadsheet.notifications.engines.web_push import server_keys
    from broadsheet.readers.actions.accept_policy import REGISTRATION, accept_at_entrance
    from tests.factories.accounts import make_reader
    from tests.factories.discussion import make_seen
    from tests.factories.newsroom import make_article
    from tests.notifications.push_sink import Browser

    section = archive.section_page("en", "news")
    assert section is not None
    article = make_article(section, headline="Council votes on the wall")
    ines = make_reader("ines@mail.example", display_name="Ines", choices={"replies": "mail"})
    otto = make_reader("otto@mail.example", display_name="Otto")
    for reader in (ines, otto):
        code = EditionPage.objects.get().code
        accept_at_entrance(reader_id=reader.pk, edition=code, way=REGISTRATION, now=clock.now())
    comment = make_seen(article, author=ines, text="Bus number 7 came late today.")
    for number in range(browsers):
        one = Browser(f"{origin}/push/{number}")
        subscribe_push(
            browser=Told(one.endpoint, one.keys["p256dh"], one.keys["auth"]), known_by=server_keys()[0].public,
            wishes=Wishes((f"news:{editions()[0].id}",)), edition=editions()[0], reader_id=None, wording="Get push", way="dialog",
        )  # fmt: skip
    return {
        "article": article.pk,
        "public": f"{article.public_id:010d}",
        "comment": comment.pk,
        "session": _session(otto),
    }


def _session(reader: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(reader)
    return str(client.cookies[_cookie()].value)


def _cookie() -> str:
    from django.conf import settings

    return str(settings.SESSION_COOKIE_NAME)


def publish(headline: str) -> str:
    """Publish an article, send a push about it to all who want the news, and return its path."""
    from broadsheet.newsroom.queries import archive
    from broadsheet.newsroom.queries.editions import editions
    from broadsheet.notifications.actions.write_push import Written, write_push
    from tests.factories.newsroom import make_article

    article = make_article(archive.section_page("en", "news"), headline=headline)
    written = Written(f"news:{editions()[0].id}", title=headline, text="Read on.", with_picture=False)
    write_push(article_id=article.pk, written=written, follows=0, by=1)
    return f"/news/{article.published_on:%Y%m%d}{article.public_id:010d}-{article.address_slug}/"


def show() -> int:
    """Let all see the newest comment, which a judge that was too slow may hold; return its number."""
    from broadsheet.discussion.actions.show_comment import show_comment
    from broadsheet.discussion.models import Comment

    comment = Comment.objects.order_by("-pk")[0]
    if comment.state == "held":
        show_comment(comment_id=comment.pk)
    return int(comment.pk)


def queue(count: int) -> list[str]:
    """Queue so many mails and return their Message-IDs."""
    from broadsheet.notifications.actions.queue_mail import queue_mail
    from broadsheet.notifications.models import Message

    keys = [f"flow:{uuid4().hex}" for _ in range(count)]
    for number, key in enumerate(keys):
        values = {"title": "News of the desk", "body": "An article was approved."}
        queue_mail(
            key=key,
            purpose="passed-on",
            address=f"reader{number}@mail.example",
            language="en",
            edition="en",
            values=values,
        )
    return list(Message.objects.filter(key__in=keys).values_list("message_id", flat=True))


def states() -> dict[str, dict[str, int]]:
    """Return how many mails, pushes and facts stand how."""
    from django.db.models import Count

    from broadsheet.kernel.models import Delivery
    from broadsheet.notifications.models import Message, PushDelivery

    return {
        "mail": dict(Message.objects.values_list("state").annotate(count=Count("id")).order_by("state")),
        "push": dict(PushDelivery.objects.values_list("state").annotate(count=Count("id")).order_by("state")),
        "facts": {"owed": Delivery.objects.count()},
    }


WORDS: dict[str, Callable[..., Any]] = {
    "begin": begin, "publish": publish, "queue": queue, "show": show, "states": states, "cookie": _cookie,
}  # fmt: skip

if __name__ == "__main__":
    main()
