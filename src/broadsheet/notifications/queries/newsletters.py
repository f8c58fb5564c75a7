"""The newsletters of an edition, for those who subscribe and those who write."""

from dataclasses import dataclass

from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.models import Newsletter


@dataclass(frozen=True, slots=True)
class NamedList:
    """What readers can ask for: its word as a mail topic, and how it is called."""

    word: str
    name: str
    description: str


def offered_newsletters(edition: EditionView) -> list[NamedList]:
    """Return the newsletters of the edition that readers can subscribe to."""
    rows = Newsletter.objects.filter(edition=edition.code, enabled=True).order_by("name", "pk")
    return [NamedList(topic_word(row.pk), row.name, row.description) for row in rows]


def topic_word(newsletter_id: int) -> str:
    """Return the word by which mail topics name the newsletter."""
    return f"newsletter:{newsletter_id}"
