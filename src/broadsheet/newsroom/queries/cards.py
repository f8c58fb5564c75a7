"""Articles as lists show them: two queries for any list, however long the archive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from broadsheet.kernel.prepared import Prepared
from broadsheet.newsroom.conf import Kind
from broadsheet.newsroom.models import ArticlePage, Byline, Picture
from broadsheet.newsroom.queries.editions import EditionView, SectionView, edition_by_id, editions
from broadsheet.newsroom.rules.addresses import article_path
from broadsheet.newsroom.rules.credit import credit_line


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture as pages show it; `crops` are corners in source pixels by ratio, `focal` is x, y, w, h or None."""

    id: int
    public_id: int
    width: int
    height: int
    caption: str
    alt: str
    credit: str
    crops: dict[str, list[int]]
    focal: tuple[int, int, int, int] | None
    file: str
    taken_on: str | None = None

    def with_words(self, caption: str = "", alt: str = "") -> "PictureView":
        """Return the picture with another caption or alternative text, where given."""
        values = {name: getattr(self, name) for name in self.__slots__}
        values.update({k: v for k, v in (("caption", caption), ("alt", alt)) if v})
        return PictureView(**values)


@dataclass(frozen=True, slots=True)
class AuthorView:
    """An author as bylines show one."""

    id: int
    slug: str
    name: str
    role: str
    path: str
    picture: PictureView | None = None


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article as lists show it."""

    id: int
    public_id: int
    edition: EditionView
    section: SectionView
    path: str
    kind: str
    headline: str
    short_title: str
    standfirst: str
    published_at: datetime
    updated_at: datetime | None
    picture: PictureView | None
    authors: tuple[AuthorView, ...] = field(default=())
    live_now: bool = False

    @property
    def kind_label(self) -> str:
        """Return the kind in the active language."""
        return str(Kind(self.kind).label)


FIELDS = (
    "pk", "public_id", "edition_id", "section_id", "published_on", "address_slug", "kind", "title", "short_title",
    "standfirst", "listed_at", "updated_at", "lead_picture_id", "lead_caption", "lead_alt", "live_starts_at",
    "live_ends_at",
)  # fmt: skip
PICTURE_FIELDS = (
    "public_id", "width", "height", "caption", "alt", "decorative", "agency", "year", "author", "pool", "crops", "file",
    "taken_on", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
)  # fmt: skip
JOINED = tuple(f"lead_picture__{name}" for name in PICTURE_FIELDS)
_PICTURES = Prepared(lambda numbers: Picture.objects.filter(pk__in=numbers).values_list("pk", *PICTURE_FIELDS))
_CARDS = Prepared(lambda numbers: listed().filter(pk__in=numbers).values_list(*FIELDS, *JOINED))
_AUTHORS = Prepared(
    lambda numbers: Byline.objects.filter(article_id__in=numbers)
    .order_by("sort_order", "pk")
    .values_list(
        "article_id", "author_id", "author__slug", "author__name", "author__role", "author__edition_id",
        "author__picture_id", *(f"author__picture__{name}" for name in PICTURE_FIELDS),
    )
)  # fmt: skip
Row = dict[str, object]


def cards(rows: QuerySet[ArticlePage], *, signed: bool = True) -> list[ArticleCard]:
    """Return the cards of these ordered articles, in their order; without their authors where not `signed`."""
    return _cards(rows.values(*FIELDS, *JOINED), signed=signed)


def _cards(rows: Iterable[Row], *, signed: bool) -> list[ArticleCard]:
    live = {edition.id for edition in editions()}
    found = [row for row in rows if row["edition_id"] in live]
    authors = authors_of([int(str(row["pk"])) for row in found]) if signed else {}
    return [_card(row, authors) for row in found]


def _card(row: Row, authors: dict[int, list[AuthorView]]) -> ArticleCard:
    edition = edition_by_id(row["edition_id"])  # type: ignore[arg-type]
    section = edition.section_by_id(row["section_id"])  # type: ignore[arg-type]
    if section is None:
        section = SectionView(0, "-", "", "", edition.path, False, "")
    picture = None
    if row["lead_picture_id"] is not None:
        joined = {name: row[f"lead_picture__{name}"] for name in PICTURE_FIELDS}
        picture = _picture(row["lead_picture_id"], joined)  # type: ignore[arg-type]
        picture = picture.with_words(str(row["lead_caption"]), str(row["lead_alt"]))
    return ArticleCard(
        id=row["pk"],  # type: ignore[arg-type]
        public_id=row["public_id"],  # type: ignore[arg-type]
        edition=edition,
        section=section,
        path=article_path(
            edition=edition.path.strip("/"),
            section=section.slug,
            day=row["published_on"],  # type: ignore[arg-type]
            number=row["public_id"],  # type: ignore[arg-type]
            slug=str(row["address_slug"]),
        ),
        kind=str(row["kind"]),
        headline=str(row["title"]),
        short_title=str(row["short_title"] or row["title"]),
        standfirst=str(row["standfirst"]),
        published_at=row["listed_at"],  # type: ignore[arg-type]
        updated_at=row["updated_at"],  # type: ignore[arg-type]
        picture=picture,
        authors=tuple(authors.get(row["pk"], ())),  # type: ignore[call-overload]
        live_now=row["kind"] == Kind.LIVE and row["live_ends_at"] is None,
    )


def picture_views(numbers: Iterable[object]) -> dict[int, PictureView]:
    """Return pictures by database id, in one query."""
    rows = _PICTURES.in_parts({int(str(number)) for number in numbers})
    return {row[0]: _picture(row[0], dict(zip(PICTURE_FIELDS, row[1:], strict=True))) for row in rows}


def picture_view(picture: Picture) -> PictureView:
    """Return one picture as pages show it."""
    values = {name: getattr(picture, name) for name in PICTURE_FIELDS}
    return _picture(picture.pk, values | {"file": picture.file.name})


def _picture(number: int, values: dict[str, Any]) -> PictureView:
    focal = tuple(values[f"focal_point_{name}"] for name in ("x", "y", "width", "height"))
    return PictureView(
        id=number,
        public_id=values["public_id"],
        width=values["width"],
        height=values["height"],
        caption=values["caption"],
        alt="" if values["decorative"] else values["alt"],
        credit=credit_line(values["agency"], year=values["year"], author=values["author"], pool=values["pool"]),
        crops=values["crops"] or {},
        focal=focal if None not in focal else None,
        file=values["file"],
        taken_on=values["taken_on"].isoformat() if values["taken_on"] else None,
    )


def authors_of(articles: Sequence[int]) -> dict[int, list[AuthorView]]:
    """Return the authors of each article, in the editor's order, in one query."""
    found: dict[int, list[AuthorView]] = {}
    for article, number, slug, name, role, edition, portrait, *values in _AUTHORS.in_parts(articles):
        picture = None
        if portrait is not None:
            picture = _picture(portrait, dict(zip(PICTURE_FIELDS, values, strict=True)))
        path = f"{edition_by_id(edition).path}author/{slug}/"
        found.setdefault(article, []).append(AuthorView(number, slug, name, role, path, picture))
    return found


def listed() -> QuerySet[ArticlePage]:
    """Return the public articles, newest first."""
    return ArticlePage.objects.filter(listed_at__isnull=False).order_by("-listed_at", "-public_id")


def newest(  # noqa: PLR0913 - one question with its filters
    edition_id: int,
    *,
    section_id: int | None = None,
    kinds: Sequence[str] = (),
    without: Iterable[int] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    count: int = 10,
    skip: int = 0,
    signed: bool = True,
) -> list[ArticleCard]:
    """Return the newest public articles of an edition; `until` is exclusive, `without` are database ids."""
    rows = listed().filter(edition_id=edition_id)
    if section_id is not None:
        rows = rows.filter(section_id=section_id)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if since is not None:
        rows = rows.filter(listed_at__gte=since)
    if until is not None:
        rows = rows.filter(listed_at__lt=until)
    excluded = set(without)
    if excluded:
        rows = rows.exclude(pk__in=excluded)
    return cards(rows[skip : skip + count], signed=signed)


def cards_by_id(numbers: Iterable[int], *, signed: bool = True) -> dict[int, ArticleCard]:
    """Return the cards of these articles (database ids) that are public, in one query and one for authors."""
    rows = (dict(zip((*FIELDS, *JOINED), row, strict=True)) for row in _CARDS.in_parts(set(numbers)))
    return {card.id: card for card in _cards(rows, signed=signed)}


def cards_of_tag(tag_id: int, *, count: int, skip: int = 0) -> list[ArticleCard]:
    """Return the newest public articles with the tag."""
    return _of_term("tagged__tag_id", "tagged__listed_at", tag_id, count, skip)


def cards_of_author(author_id: int, *, count: int, skip: int = 0) -> list[ArticleCard]:
    """Return the newest public articles signed by the author."""
    return _of_term("bylines__author_id", "bylines__listed_at", author_id, count, skip)


def _of_term(term: str, listed_at: str, number: int, count: int, skip: int) -> list[ArticleCard]:
    rows = ArticlePage.objects.filter(**{term: number, f"{listed_at}__isnull": False}).order_by(f"-{listed_at}", "-pk")
    found = list(rows.values_list("pk", flat=True)[skip : skip + count])
    by_id = cards_by_id(found)
    return [by_id[pk] for pk in found if pk in by_id]
