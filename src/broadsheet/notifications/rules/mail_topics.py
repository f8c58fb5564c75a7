"""Words for what addresses ask to get by mail."""

import re

from broadsheet.notifications.rules.push_topics import Topic

__all__ = ["DIGESTED", "KINDS", "Topic", "is_digested", "mail_topic_of"]

DIGESTED = ("news", "section", "tag", "author")  # their new articles come in the digest
KINDS = (*DIGESTED, "newsletter")
_WORD = re.compile(rf"({'|'.join(KINDS)}):([1-9][0-9]{{0,17}})", re.ASCII)


def mail_topic_of(word: str) -> Topic | None:
    """Return the topic that a word names, None where mail has none of the kind."""
    found = _WORD.fullmatch(word)
    return Topic(found[1], int(found[2])) if found else None


def is_digested(word: str) -> bool:
    """Return whether the topic's new articles come in the digest, instead of mail written for it."""
    topic = mail_topic_of(word)
    return topic is not None and topic.kind in DIGESTED
