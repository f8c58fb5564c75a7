"""Puts many plausible comments under articles, for measuring and trying out."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.open_thread import open_thread
from broadsheet.discussion.conf import HeldFor, State
from broadsheet.discussion.engines.judges import Judged, judge_comment
from broadsheet.discussion.engines.markup import to_html
from broadsheet.discussion.errors import not_posted
from broadsheet.discussion.models import Comment, Judgement, Thread
from broadsheet.discussion.rules.plausible import NAMES, Shape, shape, sizes, texts
from broadsheet.discussion.rules.posting import refuse_article
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.queries.cards import newest
from broadsheet.newsroom.queries.discussed import Discussed, discussed
from broadsheet.newsroom.queries.editions import edition_by_id, editions
from broadsheet.readers.actions.load_readers import load_readers
from broadsheet.standards.submission import Submission

DISTINCT = 400  # texts that are really judged; the same ones stand in many places
PORTION = 10_000  # comments of one transaction
AUTHORS = (20, 5_000)  # accounts at least, and at most
_COMMENT = list(Comment._meta.concrete_fields)
_JUDGEMENT = [field for field in Judgement._meta.concrete_fields if not field.primary_key]


@dataclass(frozen=True, slots=True)
class _Said:
    """A text with its markup and what the judge said of it."""

    text: str
    html: str
    judged: Judged


def load_many(*, comments: int, threads: int = 50, now: datetime, seed: int = 1) -> Iterator[int]:
    """Put so many comments under the newest articles, few of which have most; yield how many there are so far.

    Each text was judged, and is held where the judge would hold it. `Refused` where there is no article.
    """
    found = [card.id for edition in editions() for card in newest(edition_id=edition.id, count=threads)][:threads]
    if not found:
        raise Refused(
            not_posted("no-article", _("There is no public article."), _("Make the paper first: broadsheet demo."))
        )
    done = 0
    for article_id, size in zip(found, sizes(comments, len(found)), strict=True):
        for part in load_thread(article_id=article_id, comments=size, now=now, seed=seed + article_id):
            yield done + part
        done += size


def load_thread(*, article_id: int, comments: int, depth: int = 12, now: datetime, seed: int = 1) -> Iterator[int]:
    """Put so many comments under the article, at most so deep, posted within the last weeks; yield how many there are.

    No facts are announced: nobody is told of what nobody wrote. Not for a paper that readers use.
    """
    article = discussed(article_id)
    if article is None:
        raise Refused(refuse_article())
    drawn = random.Random(seed)  # noqa: S311 - plausible, not secret
    said = _said(texts(min(comments // 10 + 5, DISTINCT), drawn), article)
    authors = load_readers(count=min(max(comments // 100, AUTHORS[0]), AUTHORS[1]), names=list(NAMES), now=now)
    thread = _Thread(article, shape(comments, drawn, depth=depth), said, authors, now, drawn)
    for start in range(0, comments, PORTION):
        yield thread.store(start, min(start + PORTION, comments))


def _said(written: Sequence[str], article: Discussed) -> list[_Said]:
    language = edition_by_id(article.edition_id).language
    return [
        _Said(text, to_html(text), judge_comment(Submission(text, edition_language=language), article.edition_id))
        for text in written
    ]


class _Thread:
    """A thread on its way into the tables: numbers are given here, so that replies know what they answer."""

    def __init__(  # noqa: PLR0917 - what a thread is made of
        self,
        article: Discussed,
        planned: Shape,
        said: Sequence[_Said],
        authors: Sequence[int],
        now: datetime,
        drawn: random.Random,
    ) -> None:
        self.article, self.shape, self.said, self.authors, self.now, self.drawn = (
            article, planned, said, authors, now, drawn,
        )  # fmt: skip
        self.language = edition_by_id(article.edition_id).language
        self.first = 1 + (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
        self.answered = frozenset(planned.parents)
        self.texts = [drawn.randrange(len(said)) for _place in planned.parents]
        self.replies = list(planned.replies)
        for place, root in enumerate(planned.roots):
            if root >= 0 and self._is_held(place):
                self.replies[root] -= 1

    def store(self, start: int, end: int) -> int:
        """Write these comments with their judgements, and count them, in one transaction; return the last place."""
        rows = [self._comment(place) for place in range(start, end)]
        with transaction.atomic():
            thread = open_thread(self.article)
            _insert(Comment, _COMMENT, rows)
            _insert(Judgement, _JUDGEMENT, [self._judgement(place) for place in range(start, end)])
            visible = [row for row in rows if row["state"] == State.VISIBLE]
            thread.visible += len(visible)
            thread.roots += sum(row["depth"] == 0 for row in visible)
            if visible:
                thread.last_id, thread.last_at = visible[-1]["id"], visible[-1]["created_at"]
            Thread.objects.filter(pk=thread.pk).update(
                visible=thread.visible, roots=thread.roots, last_id=thread.last_id, last_at=thread.last_at
            )
            _pass_over(Comment)
        return end

    def _is_held(self, place: int) -> bool:
        """Say whether it waits for a person; what was answered has been looked at."""
        return (
            self.shape.states[place] == State.VISIBLE
            and place not in self.answered
            and self.said[self.texts[place]].judged.verdict.outcome in {"hold", "not_scored"}
        )

    def _at(self, place: int) -> datetime:
        """Return when it was posted: within three weeks, many soon after the article and few later."""
        return self.now - timedelta(days=21) * (1 - (place + 1) / (len(self.texts) + 1)) ** 2

    def _number(self, place: int) -> int | None:
        return self.first + place if place >= 0 else None

    def _comment(self, place: int) -> dict[str, Any]:
        said, held = self.said[self.texts[place]], self._is_held(place)
        return {
            "id": self.first + place,
            "thread_id": self.article.article_id,
            "parent_id": self._number(self.shape.parents[place]),
            "root_id": self._number(self.shape.roots[place]),
            "depth": self.shape.depths[place],
            "state": State.HELD if held else self.shape.states[place],
            "held_for": HeldFor.JUDGE if held else "",
            "placed": not held,
            "replies": self.replies[place] if self.shape.depths[place] == 0 else 0,
            "language": self.language,
            "text": said.text,
            "html": said.html,
            "version": 1,
            "redactions": [],
            "author_id": self.authors[int(len(self.authors) * self.drawn.random() ** 2)],
            "author_badge": "",
            "key": UUID(int=self.drawn.getrandbits(128)),
            "created_at": self._at(place),
            "edited_at": None,
            "picked_at": None,
        }

    def _judgement(self, place: int) -> dict[str, Any]:
        judged = self.said[self.texts[place]].judged
        verdict = judged.verdict
        return {
            "comment_id": self.first + place,
            "version": 1,
            "at": self._at(place),
            "rulebook_version": judged.rulebook_number,
            "outcome": verdict.outcome,
            "care": verdict.care,
            "scores": dict(verdict.scores),
            "attributes": {},
            "not_covered": [],
            "not_scored": list(verdict.not_scored),
            "milliseconds": 0.0,
            "embedding": None,
        }


def _insert(model: Any, fields: Sequence[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Write many rows of all columns: some ten times as fast as through the models."""
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    sql = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(
            sql, [[field.get_db_prep_save(row[field.attname], connection) for field in fields] for row in rows]
        )


def _pass_over(model: Any) -> None:
    """Let the next comment get a number after those that were given here."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(sql)
