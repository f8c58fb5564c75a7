"""An article's picture as mails show it."""

from django.conf import settings

from broadsheet.delivery.queries.pictures import picture_at, sizes_at
from broadsheet.newsroom.queries.cards import ArticleCard

RATIO, WIDTH = "16:9", 800  # pixels: half as many again as a mail's column has


def mail_picture_of(card: ArticleCard) -> tuple[str, int, int] | None:
    """Return the whole address of the picture, and its width and height; None where there is none."""
    if card.picture is None:
        return None
    address = picture_at(card.picture, ratio=RATIO, width=WIDTH)
    width, height = sizes_at(card.picture, RATIO, [WIDTH])[-1]
    return (address if settings.PICTURE_URL else f"{settings.PUBLIC_URL}{address}"), width, height
