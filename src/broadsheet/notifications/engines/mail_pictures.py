"""Pictures as mails show them: from the paper itself, with their words."""

from dataclasses import dataclass

from broadsheet.newsroom.queries.cards import ArticleCard
from broadsheet.notifications.conf import pictures


@dataclass(frozen=True, slots=True)
class MailPicture:
    """A picture's whole address, its size in pixels, what it shows, and whose it is."""

    address: str
    width: int
    height: int
    alt: str
    credit: str


def mail_picture(card: ArticleCard) -> MailPicture | None:
    """Return the article's picture, None where it has none."""
    found = pictures["mail"](card) if card.picture is not None and "mail" in pictures else None
    if found is None or card.picture is None:
        return None
    address, width, height = found
    return MailPicture(address, width, height, card.picture.alt, card.picture.credit)
