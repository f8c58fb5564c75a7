"""The checks before publication, of an article as it is in memory."""

from collections.abc import Iterator
from typing import Any

from broadsheet.newsroom.engines.body_texts import BodyReader
from broadsheet.newsroom.models import ArticlePage, LegalNotice, LinkCheck, Picture
from broadsheet.newsroom.rules.checks import Draft, Finding, UsedLink, UsedPicture, UsedText, blocking, check_draft
from broadsheet.newsroom.rules.credit import credit_line
from broadsheet.newsroom.rules.notices import NoticeNames


def checks_of(article: ArticlePage) -> list[Finding]:
    """Return what is to be seen to before the article, as it is in memory, is published."""
    return check_draft(draft_of(article))


def blocking_checks(article: ArticlePage) -> list[Finding]:
    """Return what keeps the article, as it is in memory, from being published."""
    return blocking(checks_of(article))


def draft_of(article: ArticlePage) -> Draft:
    """Return everything the checks look at, in a fixed number of queries."""
    reader = BodyReader(article.body)
    bylines = [line.author for line in article.bylines.all()]
    tags = [row.tag for row in article.tagged.all()]
    foreign = tuple(str(term) for term in (*tags, *bylines) if term.edition_id != article.edition_id)
    return Draft(
        headline=article.title,
        short_title=article.short_title,
        standfirst=article.standfirst,
        kind=article.kind,
        has_section=bool(article.section_id),
        bylines=len(bylines),
        has_body=len(article.body) > 0,
        foreign_terms=foreign,
        pictures=tuple(_pictures(article, reader)),
        texts=tuple(_texts(article, reader)),
        links=tuple(_links(reader)),
        register=register_of(article.edition_id),
        has_recording=bool(article.lead_media_id) or reader.has_recording,
    )


def register_of(edition_id: int) -> tuple[NoticeNames, ...]:
    """Return the edition's register of legal notices as the rules read it."""
    rows = LegalNotice.objects.filter(edition_id=edition_id).order_by("key")
    return tuple(NoticeNames(row.key, row.name, tuple(str(alias) for alias in row.aliases)) for row in rows)


def _pictures(article: ArticlePage, reader: BodyReader) -> Iterator[UsedPicture]:
    wanted = {use.picture_id for use in reader.pictures}
    if article.lead_picture_id:
        wanted.add(article.lead_picture_id)
    library = {picture.pk: picture for picture in Picture.objects.filter(pk__in=wanted)}
    if article.lead_picture_id in library:
        picture = library[article.lead_picture_id]
        yield _used("lead_picture", picture, caption=article.lead_caption, alt=article.lead_alt)
    for use in reader.pictures:
        if use.picture_id in library:
            yield _used(use.anchor, library[use.picture_id], caption=use.caption, alt=use.alt)


def _used(anchor: str, picture: Picture, *, caption: str, alt: str) -> UsedPicture:
    return UsedPicture(
        anchor=anchor,
        title=picture.title,
        credit=credit_line(picture.agency, year=picture.year, author=picture.author, pool=picture.pool),
        alt=alt or picture.alt,
        caption=caption or picture.caption,
        decorative=picture.decorative,
    )


def _texts(article: ArticlePage, reader: BodyReader) -> Iterator[UsedText]:
    yield UsedText("title", article.title)
    yield UsedText("standfirst", article.standfirst)
    for text in reader.texts:
        yield UsedText(text.anchor, text.text, text.marked, text.can_mark)


def _links(reader: BodyReader) -> Iterator[UsedLink]:
    numbers = {link.page_id for link in reader.links if link.page_id}
    live: dict[int, Any] = dict(ArticlePage.objects.filter(pk__in=numbers).values_list("pk", "listed_at"))
    addresses = {link.address for link in reader.links if link.address}
    dead = set(LinkCheck.objects.filter(address__in=addresses, ok=False).values_list("address", flat=True))
    for link in reader.links:
        state = "ok"
        if link.page_id:
            state = "missing" if link.page_id not in live else "ok" if live[link.page_id] else "withdrawn"
        elif link.address.startswith("article:"):
            state = "missing"
        elif link.address in dead:
            state = "dead"
        yield UsedLink(link.anchor, link.address, link.words, state)


def notices_for_desk(edition_id: int) -> list[dict[str, object]]:
    """Return the edition's register as the editor's button lists it."""
    return [{"key": row.key, "name": row.name, "aliases": list(row.aliases)} for row in register_of(edition_id)]
