"""Lets hubs be told of new and changed articles (ART-10)."""

from datetime import timedelta

from django.conf import settings

from broadsheet.delivery.rules.feeds import WRITERS
from broadsheet.delivery.rules.hubs import SETTLE_SECONDS
from broadsheet.delivery.tasks import tell_hub
from broadsheet.kernel import clock
from broadsheet.kernel.facts import handles
from broadsheet.newsroom.facts import ArticlePublished, ArticleWithdrawn
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.newsroom.queries.term_pages import term_paths


@handles(ArticlePublished, ArticleWithdrawn)
def queue_pings(happened: ArticlePublished | ArticleWithdrawn) -> None:
    """Queue one ping a hub, about every feed that may name the article; nothing waits for it."""
    hubs = settings.ENV.words("BROADSHEET_WEBSUB_HUBS")
    if not hubs:
        return
    try:
        edition = edition_by_id(happened.edition_id)
    except LookupError:
        return
    section = edition.section_by_id(happened.section_id)
    homes = [edition.path, *([section.path] if section else [])]
    homes += term_paths(edition, tags=happened.tag_ids, authors=happened.author_ids)
    topics = [f"{settings.PUBLIC_URL}{home}feeds/{file}" for home in homes for file in WRITERS]
    at = clock.now() + timedelta(seconds=SETTLE_SECONDS)
    for hub in hubs:
        tell_hub.using(run_after=at).enqueue(hub, topics)
