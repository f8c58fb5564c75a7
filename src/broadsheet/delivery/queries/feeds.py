"""The lists of articles that feeds carry (ART-10)."""

from datetime import datetime

from django.conf import settings

from broadsheet.delivery.queries.pictures import share_picture
from broadsheet.delivery.queries.short_links import short_link
from broadsheet.delivery.rules.feeds import Feed, FeedEnclosure, FeedItem, FeedPicture
from broadsheet.newsroom.queries.cards import ArticleCard
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.feed_parts import Recording, recordings_of, tag_names_of

ITEMS = 40


def feed_of(
    edition: EditionView, cards: list[ArticleCard], *, title: str, description: str, path: str, at: datetime
) -> Feed:
    """Return the feed of these articles, at home under `path`; `at` counts where there is none."""
    numbers = [card.id for card in cards]
    tags, recordings = tag_names_of(numbers), recordings_of(numbers)
    items = tuple(_item(card, tags.get(card.id, []), recordings.get(card.id)) for card in cards)
    return Feed(
        title=title,
        description=description,
        home=f"{settings.PUBLIC_URL}{path}",
        folder=f"{settings.PUBLIC_URL}{path}feeds/",
        language=edition.language,
        updated=max((item.updated for item in items), default=at),
        items=items,
        hubs=tuple(settings.ENV.words("BROADSHEET_WEBSUB_HUBS")),
    )


def _item(card: ArticleCard, tags: list[str], recording: Recording | None) -> FeedItem:
    picture = None
    if card.picture is not None:
        url, width, height = share_picture(card.picture)
        picture = FeedPicture(url, width, height, card.picture.alt, card.picture.credit)
    enclosure = None
    if recording is not None:
        address = f"{settings.PUBLIC_URL}{recording.path}"
        enclosure = FeedEnclosure(address, recording.type, recording.bytes, recording.seconds, recording.title)
    return FeedItem(
        id=short_link(card),
        url=f"{settings.PUBLIC_URL}{card.path}",
        title=card.headline,
        summary=card.standfirst,
        published=card.published_at,
        updated=max(card.published_at, card.updated_at or card.published_at),
        authors=tuple((author.name, f"{settings.PUBLIC_URL}{author.path}") for author in card.authors),
        categories=(card.section.name, *tags),
        picture=picture,
        enclosure=enclosure,
    )
