"""A plain-text dump of a news page read as an article."""

from dataclasses import dataclass

from broadsheet.importing.engines.dump.addresses import Address, choose, collect, parse, tidy
from broadsheet.importing.engines.dump.blocks import build_blocks, tidy_text
from broadsheet.importing.engines.dump.closing import account, find_footnotes, find_tags
from broadsheet.importing.engines.dump.features import read_features
from broadsheet.importing.engines.dump.header import find_day, find_section, find_standfirst
from broadsheet.importing.engines.dump.headline import (
    Headline,
    find_headline,
    find_short_title,
    title_hints,
    titles_of,
)
from broadsheet.importing.engines.dump.lines import Source, read_lines
from broadsheet.importing.engines.dump.paragraphs import pieces_of
from broadsheet.importing.engines.dump.pictures import Pictures, find_pictures
from broadsheet.importing.engines.dump.rolebook import Roles
from broadsheet.importing.engines.dump.roles import article_end, assign, drop_before
from broadsheet.importing.engines.dump.runs import Run, change_of_kind, choose_run, find_anchors, find_runs
from broadsheet.importing.engines.dump.stream import Stream
from broadsheet.importing.engines.dump.tongues import content_words, language_of
from broadsheet.importing.rules.notices import unmarked_mentions
from broadsheet.importing.rules.page_result import Block, Notice, PageResult

_SURE = 3.0
_NEAR = 8
_LONG_OPENING = 28.0
_KEPT_ROLES = frozenset(["text", "heading", "item", "cells", "related", "embed", "standfirst", "notice"])


@dataclass(slots=True)
class _Page:
    """The dump with its addresses; `given` is the address it was asked for by."""

    source: Source
    stream: Stream
    addresses: dict[str, Address]
    given: Address | None


@dataclass(slots=True)
class _Draft:
    """The article on its way: where it lies and what its pieces are."""

    headline: Headline
    start: int
    end: int
    roles: Roles
    pictures: Pictures
    notices: list[Notice]
    lead: int | None = None


def read_dump(text: str, *, url: str | None = None) -> PageResult:
    """The article that the dump holds; where it holds none, only what was dropped."""
    page = _open(text, url)
    stream = page.stream
    if not stream.pieces:
        return PageResult(canonical_url=page.given.url if page.given else None)
    hints = title_hints(stream.pieces, page.source.print_titles)
    anchors = find_anchors(stream.pieces, hints, stream.language)
    run = _choose(stream, hints, anchors)
    if run is None:
        dropped = account(stream, Roles(), kept={}, headline=None)
        return PageResult(canonical_url=page.given.url if page.given else None, dropped=dropped)
    excused = frozenset(word for hint in hints for word in content_words(hint, stream.language))
    if excused:
        stream.features = read_features(stream.pieces, stream.language, excused)
        run = _choose(stream, hints, anchors) or run
    return _result(page, _draft(page, run))


def _choose(stream: Stream, hints: list[str], anchors: list[int]) -> Run | None:
    """The run of sentences that is the article."""
    return choose_run(stream, find_runs(stream.features, anchors), hints=hints, anchors=anchors)


def _open(text: str, url: str | None) -> _Page:
    """The dump in pieces, its language and its addresses."""
    source = read_lines(text)
    pieces = pieces_of(source)
    language = language_of("\n".join(piece.text for piece in pieces if piece.words >= 8) or text)
    stream = Stream(pieces, read_features(pieces, language, frozenset()), language)
    given = parse(tidy(url)) if url and url.startswith(("http://", "https://")) else None
    return _Page(source, stream, collect(source, pieces), given)


def _draft(page: _Page, run: Run) -> _Draft:
    """The article around the run of sentences."""
    stream = page.stream
    headline = _headline(page, run)
    start = min(max(run.first, headline.place + 1), len(stream.pieces) - 1)
    end = max(article_end(stream, start, run), start)
    opening, _ = change_of_kind(stream.features, start, end)
    pictures = find_pictures(stream, headline.place + 1, min(end, len(stream.pieces) - 1))
    notices, noted = find_footnotes(stream, start=start, end=end)
    roles = assign(stream, headline, pictures, end=end)
    if opening is not None and not _opens_below(stream, headline, start):
        drop_before(roles, start, opening)
    for number, role in roles.role.items():
        if role == "footnote":
            roles.role[number] = "text"
    roles.role.update(dict.fromkeys(noted, "notice"))
    lead = find_standfirst(sorted(roles.role.items()), stream)
    if lead is not None:
        roles.role[lead] = "standfirst"
    return _Draft(headline, start, end, roles, pictures, notices, lead)


def _opens_below(stream: Stream, headline: Headline, start: int) -> bool:
    """True where a long paragraph follows the headline closely, so that the article begins with it."""
    near = headline.text != "" and start - headline.place <= _NEAR
    return near and stream.features[start].weight >= _LONG_OPENING


def _headline(page: _Page, run: Run) -> Headline:
    """The headline over the run; an empty one just above it where there is none."""
    stream = page.stream
    printed = page.source.print_titles
    sure = [address for address in page.addresses.values() if address.own >= _SURE and address.slug]
    sure = sure or _only_article(page)
    titles = titles_of(stream, own=[page.given] if page.given else sure, printed=printed)
    found = find_headline(titles, run)
    if found is None:
        return Headline("", run.first - 1)
    return Headline(found.text, found.place, find_short_title(stream, found.text, printed))


def _only_article(page: _Page) -> list[Address]:
    """The one address with an article's day and number, where the dump shows no other such and not in a rail."""
    articles = [address for address in page.addresses.values() if address.is_article]
    alone = len({address.public_id for address in articles}) == 1
    features = page.stream.features
    railed = any(
        features[near].kind in {"time", "timed"} or features[near].furniture == "rail"
        for address in articles
        for place in address.pieces
        for near in range(max(0, place - 2), place)
    )
    return articles if alone and not railed else []


def _own_address(page: _Page, draft: _Draft) -> Address | None:
    """The article's address: the one asked for, or the one the dump shows to be its own."""
    if page.given:
        return page.given
    headline = draft.headline.text
    others = {
        number: piece.text
        for number, piece in enumerate(page.stream.pieces)
        if page.stream.features[number].kind in {"title", "timed", "related"} and 3 <= piece.words <= 30
        if not (headline and headline in piece.text)
    }
    return choose(page.addresses, headline=headline or None, others=others, extent=(draft.headline.place, draft.end))


def _result(page: _Page, draft: _Draft) -> PageResult:
    """Everything read, put together."""
    stream, headline = page.stream, draft.headline
    own = _own_address(page, draft)
    body = build_blocks(stream.pieces, draft.roles, draft.pictures.rest)
    standfirst = tidy_text(stream.pieces[draft.lead].text) if draft.lead is not None else None
    texts = [text for block in body if block.type != "related" for text in _texts(block)]
    tags, tagged = find_tags(stream, start=draft.start, end=draft.end)
    section = find_section(stream, headline, own)
    return PageResult(
        headline=tidy_text(headline.text) or None,
        short_title=headline.short_title,
        standfirst=standfirst,
        section=section,
        tags=tags,
        published_on=_published(stream, draft, own),
        public_id=own.public_id if own else None,
        language=language_of("\n".join([headline.text, standfirst or "", *texts])) or stream.language,
        canonical_url=own.public if own else None,
        authors=tuple(name for name in draft.roles.authors if name != section),
        images=tuple(draft.pictures.images),
        body=tuple(body),
        notices=tuple(draft.notices),
        unmarked_mentions=unmarked_mentions(draft.notices, [item for item in (standfirst, *texts) if item]),
        dropped=account(
            stream,
            draft.roles,
            kept=_kept(draft, tagged),
            headline=(headline.place, headline.text) if headline.text else None,
        ),
    )


def _published(stream: Stream, draft: _Draft, own: Address | None) -> str | None:
    """The day of publishing, from the address or else from the text near the headline."""
    first = next((number for number, role in sorted(draft.roles.role.items()) if role == "text"), draft.start)
    day = own.published if own else None
    day = day or find_day(stream, draft.headline, start=first, end=draft.end)
    return day.isoformat() if day else None


def _kept(draft: _Draft, tagged: set[int]) -> dict[int, str | None]:
    """The pieces that are in the result (None) or that have a reason of their own for not being in it."""
    kept: dict[int, str | None] = {number: None for number, role in draft.roles.role.items() if role in _KEPT_ROLES}
    kept.update(dict.fromkeys(tagged))
    for number, reason in draft.pictures.consumed.items():
        kept[number] = reason if reason.startswith("link") else None
    if draft.headline.place >= 0 and draft.headline.text:
        kept[draft.headline.place] = None
    return kept


def _texts(block: Block) -> list[str]:
    """The texts of a block."""
    cells = [cell for row in block.rows or () for cell in row]
    return [text for text in (block.text, *(block.items or ()), *cells) if text]
