"""What is judged: a comment and the facts around it."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.standards.text.fingerprint import Fingerprint


@dataclass(frozen=True, slots=True)
class Article:
    """What a comment stands under."""

    title: str
    standfirst: str = ""
    body: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A comment that was there before: its text, when, where and by whom.

    Where its fingerprint was kept, that serves in place of the text, which may be empty then.
    """

    text: str
    at: datetime
    thread: str
    author: str
    fingerprint: Fingerprint | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A comment with the facts a judge may ask for; `language` is the comment's own, where somebody knows it.

    `author_recent` are the author's latest comments; `neighbours` recent ones of others that may be copies. Where `at`
    is unknown, nothing that needs the time is noticed.
    """

    text: str
    language: str | None = None
    edition_language: str = "en"
    article: Article | None = None
    parent: str | None = None
    author: str = ""
    at: datetime | None = None
    author_recent: tuple[Earlier, ...] = ()
    neighbours: tuple[Earlier, ...] = ()
    thread: str = ""
