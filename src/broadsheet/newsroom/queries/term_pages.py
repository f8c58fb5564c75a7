"""Tags, authors and legal notices as their pages and footnotes show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.newsroom.models import Author, LegalNotice, Tag
from broadsheet.newsroom.queries.articles import TagView
from broadsheet.newsroom.queries.cards import AuthorView, picture_views
from broadsheet.newsroom.queries.editions import EditionView, editions


@dataclass(frozen=True, slots=True)
class AuthorDetail:
    """An author with what their own page says; `elsewhere` are (edition, path) of the same person."""

    view: AuthorView
    bio: str
    elsewhere: tuple[tuple[EditionView, str], ...]


@dataclass(frozen=True, slots=True)
class TagDetail:
    """A tag with its translations as (edition, path)."""

    view: TagView
    elsewhere: tuple[tuple[EditionView, str], ...]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A legal notice as a footnote shows it."""

    id: int
    key: str
    name: str
    aliases: tuple[str, ...]
    jurisdiction: str
    text: str


def tag_detail(edition: EditionView, slug: str) -> TagDetail | None:
    """Return the edition's tag at this address, None where there is none."""
    tag = Tag.objects.filter(edition_id=edition.id, slug=slug).first()
    if tag is None:
        return None
    view = TagView(tag.pk, tag.kind, tag.slug, tag.name, f"{edition.path}tag/{tag.slug}/")
    return TagDetail(view, _elsewhere(Tag, "tag", tag))


def author_detail(edition: EditionView, slug: str) -> AuthorDetail | None:
    """Return the edition's author at this address, None where there is none."""
    person = Author.objects.filter(edition_id=edition.id, slug=slug).first()
    if person is None:
        return None
    portrait = picture_views([person.picture_id]).get(person.picture_id) if person.picture_id else None
    path = f"{edition.path}author/{person.slug}/"
    view = AuthorView(person.pk, person.slug, person.name, person.role, path, portrait)
    return AuthorDetail(view, person.bio, _elsewhere(Author, "author", person))


def term_paths(edition: EditionView, *, tags: Iterable[int], authors: Iterable[int]) -> list[str]:
    """Return the paths of the pages of these tags and authors, as far as they are the edition's."""
    of_tags = Tag.objects.filter(edition_id=edition.id, pk__in=list(tags)).values_list("slug", flat=True)
    of_authors = Author.objects.filter(edition_id=edition.id, pk__in=list(authors)).values_list("slug", flat=True)
    return [f"{edition.path}tag/{slug}/" for slug in of_tags] + [f"{edition.path}author/{slug}/" for slug in of_authors]


def authors_in(edition_id: int) -> list[tuple[int, str]]:
    """Return (id, name) of the edition's authors by name."""
    return list(Author.objects.filter(edition_id=edition_id).order_by("name").values_list("pk", "name"))


def notices(edition_id: int, keys: Iterable[str]) -> dict[str, NoticeView]:
    """Return the edition's notices with these keys, by key, in one query."""
    wanted = set(keys)
    if not wanted:
        return {}
    return {
        row.key: NoticeView(row.pk, row.key, row.name, tuple(row.aliases), row.jurisdiction, row.text)
        for row in LegalNotice.objects.filter(edition_id=edition_id, key__in=wanted)
    }


def _elsewhere(model: type[Tag] | type[Author], word: str, row: Tag | Author) -> tuple[tuple[EditionView, str], ...]:
    others = model.objects.filter(translation_key=row.translation_key).exclude(pk=row.pk)
    slugs = dict(others.values_list("edition_id", "slug"))
    return tuple(
        (edition, f"{edition.path}{word}/{slugs[edition.id]}/") for edition in editions() if edition.id in slugs
    )
