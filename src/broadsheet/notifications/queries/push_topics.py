"""What browsers can ask to be told of, and how it is called."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.newsroom.queries.articles import tags_by_article
from broadsheet.newsroom.queries.cards import ArticleCard
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.newsroom.queries.terms import term_name
from broadsheet.notifications.models import PushTopic
from broadsheet.notifications.rules.push_topics import Topic, topic_of


@dataclass(frozen=True, slots=True)
class NamedTopic:
    """A topic and its name in the language in force."""

    word: str
    name: str
    kind: str


def named(word: str) -> NamedTopic | None:
    """Return the topic with its name; None where nothing of the kind is there (any more)."""
    topic = topic_of(word)
    name = _name(topic) if topic is not None else None
    return NamedTopic(word, name, topic.kind) if topic is not None and name is not None else None


def offered(edition: EditionView) -> list[NamedTopic]:
    """Return what a browser can ask for in the edition without having read an article: its news and its sections."""
    words = [f"breaking:{edition.id}", f"news:{edition.id}", *(f"section:{section.id}" for section in edition.sections)]
    return [found for found in map(named, words) if found is not None]


def first_topics(edition: EditionView) -> list[str]:
    """Return what `Accept` asks for: that alone for which an editor sends by hand."""
    return [f"breaking:{edition.id}", f"news:{edition.id}"]


def topics_of(card: ArticleCard) -> list[NamedTopic]:
    """Return the topics of an article that an editor may send it to."""
    edition = card.edition
    words = [f"news:{edition.id}", f"breaking:{edition.id}", *followed_topics(card)]
    return [found for found in map(named, words) if found is not None]


def followed_topics(card: ArticleCard) -> list[str]:
    """Return the words of the article's section, tags and authors."""
    tags = tags_by_article(card.id, card.edition)
    return [
        f"section:{card.section.id}",
        *(f"tag:{tag.id}" for tag in tags),
        *(f"author:{author.id}" for author in card.authors),
    ]


def reach(words: list[str]) -> int:
    """Return how many browsers asked for one of the topics."""
    rows = PushTopic.objects.filter(topic__in=words)
    return rows.values("subscription_id").distinct().count() if len(words) > 1 else rows.count()


def _name(topic: Topic) -> str | None:
    if topic.kind in {"breaking", "news"}:
        there = any(edition.id == topic.number for edition in editions())
        return (_("Breaking news") if topic.kind == "breaking" else _("Top stories of the day")) if there else None
    if topic.kind == "section":
        found = (edition.section_by_id(topic.number) for edition in editions())
        return next((section.name for section in found if section is not None), None)
    return term_name(topic.kind, topic.number)
