"""A process that has loaded everything and makes others of itself: servers and publishers that tests may kill.

Starting Python and Django takes seconds, a copy of a process that has done so takes milliseconds; with 200 kills
that is the difference between minutes and an hour. A copy runs the product's own code from there on.
Commands on standard input, one a line: `serve PORT`, `publish SEED`; the answer is the number of the process.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

HEADLINE = "Edition {version} of tale{number}"
STOP = "stop-publishing"


def main() -> None:
    """Make processes until standard input ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    import django

    django.setup()
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    print("ready", flush=True)
    for line in sys.stdin:
        command, argument = line.split()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(0)
            _become(command, int(argument))
        print(child, flush=True)


def _load() -> None:
    """Load what every copy needs; no thread and no connection is made before copying."""
    from django.urls import get_resolver

    import broadsheet.delivery.engines.shell
    import broadsheet.newsroom.actions.drafts
    import broadsheet.newsroom.actions.publish
    import broadsheet.newsroom.actions.withdraw  # noqa: F401

    assert get_resolver().url_patterns


def _become(command: str, argument: int) -> None:
    status = 1
    try:
        if command == "serve":
            from broadsheet.delivery.engines.serve import run

            run("127.0.0.1", argument)
        else:
            publish(argument)
        status = 0
    finally:
        os._exit(status)


def publish(seed: int) -> None:
    """Write, publish, update and withdraw until told to stop, without a pause."""
    from django.conf import settings

    from broadsheet.newsroom.models import ArticlePage

    dice = random.Random(seed)
    while not (Path(settings.DATA) / STOP).exists():
        articles = list(ArticlePage.objects.order_by("public_id"))
        if len(articles) < 4 or (len(articles) < 10 and dice.random() < 0.05):
            write_new(len(articles) + 1, dice)
        else:
            change(dice.choice(articles), dice)
        time.sleep(dice.random() * 0.03)


def write_new(number: int, dice: random.Random) -> None:
    """Write and publish an article."""
    from broadsheet.newsroom.actions.drafts import create_article
    from broadsheet.newsroom.actions.publish import publish_article
    from broadsheet.newsroom.models import SectionPage

    article = create_article(
        section=dice.choice(list(SectionPage.objects.order_by("path"))),
        headline=HEADLINE.format(version=1, number=number),
        body=[{"type": "paragraph", "value": "<p>It goes on, and nobody knows how it ends.</p>"}],
        fields={"standfirst": "A tale that is told again and again, each time a little longer than before."},
    )
    publish_article(article=article)


def change(article: Any, dice: random.Random) -> None:
    """Withdraw the article, or publish its next edition: one more than it has been published."""
    from broadsheet.kernel.models import FactRecord
    from broadsheet.newsroom.actions.drafts import update_article
    from broadsheet.newsroom.actions.publish import publish_article
    from broadsheet.newsroom.actions.withdraw import withdraw_article

    if article.listed_at is not None and dice.random() < 0.3:
        withdraw_article(article=article)
        return
    words = article.title.split()
    version = FactRecord.objects.filter(name="ArticlePublished", payload__article_id=article.pk).count() + 1
    publish_article(article=update_article(article=article, headline=" ".join([words[0], str(version), *words[2:]])))


if __name__ == "__main__":
    main()
