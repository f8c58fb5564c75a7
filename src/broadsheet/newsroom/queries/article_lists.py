"""The short lists that an article's page shows with it, asked for at once: there are few rows of each (PERF-03)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import DateField, DateTimeField, F, IntegerField, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast

from broadsheet.kernel.prepared import Prepared
from broadsheet.newsroom.conf import NoteState
from broadsheet.newsroom.models import ArticlePage, ArticleTag, Correction, CorrectionNote

_NUMBERS, _TEXTS = ("number", "edition", "section", "public"), ("first", "second", "third")
_COLUMNS = ("kind", "place", "at", "day", *_NUMBERS, *_TEXTS)


class _Kind(IntEnum):
    CORRECTION = 1
    ANSWER = 2
    TAG = 3
    TRANSLATION = 4


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of one of the lists; what its kind doesn't have is None."""

    kind: int
    place: int
    at: datetime | None
    day: date | None
    number: int
    edition: int | None
    section: int | None
    public: int | None
    first: str | None
    second: str | None
    third: str | None


@dataclass(frozen=True, slots=True)
class ArticleLists:
    """The rows of each list in its order.

    Corrections: `at`, `first` the text. Answers to notes, newest first: `at`, `first` the sentence, `second` the answer.
    Tags: `number`, `first` the kind, `second` the slug, `third` the name. Translations, the article itself among them:
    `number`, `edition`, `section`, `day`, `public` its number, `first` the slug, `second` the headline.
    """

    corrections: tuple[ListRow, ...]
    answers: tuple[ListRow, ...]
    tags: tuple[ListRow, ...]
    translations: tuple[ListRow, ...]


def article_lists(article_id: int, translation_key: UUID) -> ArticleLists:
    """Return the article's lists, in one question."""
    found: defaultdict[int, list[ListRow]] = defaultdict(list)
    for row in _LISTS(article_id, translation_key):
        found[row[0]].append(ListRow(*row))
    corrections = sorted((row for row in found[_Kind.CORRECTION] if row.at), key=lambda row: row.place)
    return ArticleLists(
        corrections=tuple(sorted(corrections, key=attrgetter("at"), reverse=True)),
        answers=tuple(sorted(found[_Kind.ANSWER], key=lambda row: -row.number)),
        tags=tuple(sorted(found[_Kind.TAG], key=lambda row: row.place)),
        translations=tuple(found[_Kind.TRANSLATION]),
    )


def _part(kind: _Kind, rows: QuerySet[Any], **columns: str) -> QuerySet[Any, Any]:
    """Return the query for one list, with the columns of all; those that it doesn't name are empty."""
    fields: dict[str, Any] = {
        "at": DateTimeField(), "day": DateField(),
        **dict.fromkeys(("place", *_NUMBERS), IntegerField()), **dict.fromkeys(_TEXTS, TextField()),
    }  # fmt: skip
    values: dict[str, Any] = {f"list_{name}": Cast(Value(None), field) for name, field in fields.items()}
    values |= {f"list_{name}": F(column) for name, column in columns.items()}
    values["list_kind"] = Value(int(kind), IntegerField())
    return rows.order_by().annotate(**values).values_list(*(f"list_{name}" for name in _COLUMNS))


def _all(article_id: int, translation_key: Any) -> QuerySet[Any, Any]:
    def of(model: type[Model], **more: Any) -> QuerySet[Any]:
        return model._default_manager.filter(article_id=article_id, **more)

    return _part(_Kind.CORRECTION, of(Correction), number="pk", place="sort_order", at="at", first="text").union(
        _part(
            _Kind.ANSWER,
            of(CorrectionNote, state=NoteState.DECLINED, shown=True),
            number="pk", at="answered_at", first="sentence", second="answer",
        ),
        _part(
            _Kind.TAG,
            of(ArticleTag),
            number="tag_id", place="sort_order", first="tag__kind", second="tag__slug", third="tag__name",
        ),
        _part(
            _Kind.TRANSLATION,
            ArticlePage.objects.filter(translation_key=translation_key, listed_at__isnull=False),
            number="pk", edition="edition_id", section="section_id", day="published_on", public="public_id",
            first="address_slug", second="title",
        ),
        all=True,
    )  # fmt: skip


_LISTS = Prepared(_all)
