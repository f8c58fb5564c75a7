"""RSS, Atom and JSON Feed of editions, sections, tags and authors."""

from django.http import Http404, HttpRequest, HttpResponse

from broadsheet.delivery.engines.dependencies import depends_on
from broadsheet.delivery.engines.headers import link_header
from broadsheet.delivery.engines.pagestore import stored
from broadsheet.delivery.queries.feeds import ITEMS, feed_of
from broadsheet.delivery.rules.feeds import WRITERS
from broadsheet.delivery.rules.stored_paths import content_type
from broadsheet.kernel import clock
from broadsheet.newsroom.queries.cards import ArticleCard, cards_of_author, cards_of_tag, newest
from broadsheet.newsroom.queries.editions import EditionView, SectionView, edition_by_code, root_edition
from broadsheet.newsroom.queries.term_pages import author_detail, tag_detail


def _edition(code: str) -> EditionView:
    """Return the edition at this path word, the one at the root for none."""
    edition = edition_by_code(code) if code else root_edition()
    if edition is None or edition.at_root is bool(code):
        raise Http404
    depends_on("site", f"edition:{edition.id}")
    return edition


def _answer(
    edition: EditionView, cards: list[ArticleCard], file: str, *, title: str, description: str, path: str
) -> HttpResponse:
    depends_on(*(f"article:{card.id}" for card in cards))
    depends_on(*(f"picture:{card.picture.id}" for card in cards if card.picture))
    depends_on(*(f"author:{author.id}" for card in cards for author in card.authors))
    feed = feed_of(edition, cards, title=title, description=description, path=path, at=clock.now())
    response = HttpResponse(WRITERS[file](feed), content_type=content_type(file))
    link = link_header(f"{path[1:]}feeds/{file}")
    if link:
        response["Link"] = link
    return response


@stored(in_place=False)
def edition_feed(request: HttpRequest, file: str, edition: str = "") -> HttpResponse:
    """The newest of an edition; at the root, one path word may be a section's as well."""
    root = root_edition()
    if root is not None and edition_by_code(edition) is None and (part := root.section(edition)) is not None:
        return _of_section(root, part, file)
    found = _edition(edition)
    depends_on(f"edition:{found.id}:lists")
    cards = newest(found.id, count=ITEMS)
    return _answer(found, cards, file, title=found.name, description=found.tagline, path=found.path)


@stored(in_place=False)
def section_feed(request: HttpRequest, file: str, section: str, edition: str = "") -> HttpResponse:
    """The newest of a section."""
    found = _edition(edition)
    part = found.section(section)
    if part is None:
        raise Http404
    return _of_section(found, part, file)


def _of_section(edition: EditionView, part: SectionView, file: str) -> HttpResponse:
    depends_on("site", f"edition:{edition.id}", f"section:{part.id}")
    cards = newest(edition.id, section_id=part.id, count=ITEMS)
    title = f"{edition.name} – {part.name}"
    return _answer(edition, cards, file, title=title, description=part.description, path=part.path)


@stored(in_place=False)
def tag_feed(request: HttpRequest, file: str, slug: str, edition: str = "") -> HttpResponse:
    """The newest with a tag."""
    found = _edition(edition)
    tag = tag_detail(found, slug)
    if tag is None:
        raise Http404
    depends_on(f"tag:{tag.view.id}")
    cards = cards_of_tag(tag.view.id, count=ITEMS)
    title = f"{found.name} – {tag.view.name}"
    return _answer(found, cards, file, title=title, description="", path=tag.view.path)


@stored(in_place=False)
def author_feed(request: HttpRequest, file: str, slug: str, edition: str = "") -> HttpResponse:
    """The newest by an author."""
    found = _edition(edition)
    author = author_detail(found, slug)
    if author is None:
        raise Http404
    depends_on(f"author:{author.view.id}")
    cards = cards_of_author(author.view.id, count=ITEMS)
    title = f"{found.name} – {author.view.name}"
    return _answer(found, cards, file, title=title, description=author.view.role, path=author.view.path)
