"""What addresses can ask to get by mail, and in which words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.newsroom.queries.terms import term_edition, term_name
from broadsheet.notifications.models import Newsletter
from broadsheet.notifications.queries.newsletters import offered_newsletters
from broadsheet.notifications.rules.mail_topics import DIGESTED, Topic, mail_topic_of


@dataclass(frozen=True, slots=True)
class MailOffer:
    """A mail topic and its name in the language in force."""

    word: str
    name: str
    kind: str
    description: str = ""

    @property
    def is_digested(self) -> bool:
        """Whether its new articles come in the digest."""
        return self.kind in DIGESTED


def named_mail_topic(word: str) -> MailOffer | None:
    """Return the topic with its name; None where nothing of the kind is there (any more)."""
    topic = mail_topic_of(word)
    name = _name(topic) if topic is not None else None
    return MailOffer(word, name, topic.kind) if topic is not None and name is not None else None


def offered_by_mail(edition: EditionView) -> list[MailOffer]:
    """Return what everybody is offered in the edition: all its news, its sections, its newsletters."""
    words = [f"news:{edition.id}", *(f"section:{section.id}" for section in edition.sections)]
    letters = [MailOffer(one.word, one.name, "newsletter", one.description) for one in offered_newsletters(edition)]
    return [found for found in map(named_mail_topic, words) if found is not None] + letters


def choosable_by_mail(edition: EditionView, wanted: list[str]) -> list[MailOffer]:
    """Return what the form offers: what the reader came for, then the rest; nothing of another edition."""
    found = {word: one for word in wanted if belongs_to(word, edition) and (one := named_mail_topic(word)) is not None}
    for one in offered_by_mail(edition):
        found[one.word] = one
    return list(found.values())


def belongs_to(word: str, edition: EditionView) -> bool:
    """Return whether the topic is one of this edition."""
    topic = mail_topic_of(word)
    if topic is None:
        return False
    if topic.kind == "newsletter":
        return any(one.word == word for one in offered_newsletters(edition))
    if topic.kind == "news":
        return topic.number == edition.id
    if topic.kind == "section":
        return edition.section_by_id(topic.number) is not None
    return term_edition(topic.kind, topic.number) == edition.id


def lead_of(edition: EditionView, *, digested: bool) -> str:
    """Return what is asked for, as it stands above the topics in the form."""
    if digested:
        return _("Send me new articles by e-mail from %(edition)s about:") % {"edition": edition.name}
    return _("Send me newsletters by e-mail from %(edition)s:") % {"edition": edition.name}


def end_of() -> str:
    """Return the sentence that stands below them: it ends as easily."""
    return _("I can end it at any time by a link in each mail.")


def wording_of(edition: EditionView, topic: MailOffer) -> str:
    """Return the words that are agreed to for one topic, as the consent keeps them."""
    return f"{lead_of(edition, digested=topic.is_digested)} {topic.name}. {end_of()}"


def _name(topic: Topic) -> str | None:
    if topic.kind == "newsletter":
        return Newsletter.objects.filter(pk=topic.number, enabled=True).values_list("name", flat=True).first()
    if topic.kind == "news":
        there = any(edition.id == topic.number for edition in editions())
        return _("All news") if there else None
    if topic.kind == "section":
        found = (edition.section_by_id(topic.number) for edition in editions())
        return next((section.name for section in found if section is not None), None)
    return term_name(topic.kind, topic.number)
