"""Lets hubs be told of new and changed articles (ART-10)."""

from django.conf import settings

from broadsheet.delivery.rules.feeds import WRITERS
from broadsheet.delivery.tasks import tell_hub
from broadsheet.kernel.facts import handles
from broadsheet.newsroom.facts import ArticlePublished, ArticleWithdrawn
from broadsheet.newsroom.queries.editions import edition_by_id


@handles(ArticlePublished, ArticleWithdrawn)
def queue_pings(happened: ArticlePublished | ArticleWithdrawn) -> None:
    """Queue one ping a hub; nothing waits for it."""
    hubs = settings.ENV.words("BROADSHEET_WEBSUB_HUBS")
    if not hubs:
        return
    try:
        edition = edition_by_id(happened.edition_id)
    except LookupError:
        return
    section = edition.section_by_id(happened.section_id)
    homes = [edition.path, *([section.path] if section else [])]
    topics = [f"{settings.PUBLIC_URL}{home}feeds/{file}" for home in homes for file in WRITERS]
    for hub in hubs:
        tell_hub.enqueue(hub, topics)
