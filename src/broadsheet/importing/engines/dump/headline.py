"""The headline among all the lines that could be one, and the short title where the page has another."""

import re
from collections import Counter
from dataclasses import dataclass

from broadsheet.importing.engines.dump.addresses import Address, likeness
from broadsheet.importing.engines.dump.dates import leading_time
from broadsheet.importing.engines.dump.features import Features
from broadsheet.importing.engines.dump.paragraphs import Piece
from broadsheet.importing.engines.dump.runs import Run
from broadsheet.importing.engines.dump.stream import Stream
from broadsheet.importing.engines.dump.tongues import content_words
from broadsheet.importing.engines.dump.vocabulary import has_label, key_of, kind_of_line

_SEPARATOR = re.compile(r"\s+[|–—‒:»›·•-]{1,2}\s+|\s*[|]\s*")
_BYLINE = re.compile(r"^(?:by|par|von|por|di|door|автор:?|بقلم:?|كتب:?)\s+\S", re.IGNORECASE)
_CRUMB = re.compile(r"\s*(?:>|»|›|/|→|::|\\|‹|«)\s*")
_REACH = 40
_BUTTON = 3
_BARE_CREDIT = 10


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, the place of its line nearest above the body, and the separate short title."""

    text: str
    place: int
    short_title: str | None = None


@dataclass(frozen=True, slots=True)
class Titles:
    """The stream with what is known of its titles: repeated lines, page titles and addresses of its own."""

    pieces: list[Piece]
    features: list[Features]
    language: str | None
    own: list[Address]
    counts: Counter[str]
    prefixes: set[str]


def titles_of(stream: Stream, *, own: list[Address], printed: list[str]) -> Titles:
    """The stream made ready for the search for its headline."""
    counts = Counter(key_of(piece.text) for piece in stream.pieces if piece.words <= 40)
    prefixes = _prefixes(stream.pieces, printed)
    return Titles(stream.pieces, stream.features, stream.language, own, counts, prefixes)


def title_hints(pieces: list[Piece], extra: list[str]) -> list[str]:
    """Lines that speak for the whole page: its first lines, and those that come back with the paper's name."""
    hints = [*extra, *(_first_part(piece.text) for piece in pieces[:3] if _speaks_for_page(piece))]
    known = {key_of(piece.text) for piece in pieces if 3 <= piece.words <= 30}
    for piece in pieces:
        if piece.words <= 40 and _SEPARATOR.search(piece.text):
            part = _first_part(piece.text)
            key = key_of(part)
            if len(part.split()) >= 3 and key in known and key != key_of(piece.text):
                hints += [part, part]
    return hints


def _speaks_for_page(piece: Piece) -> bool:
    """True for one of the first lines that may be the page's title: no full sentence, no address."""
    return 3 <= piece.words <= 30 and not re.search(r"[.:;,…»”]$", piece.text) and not kind_of_line(piece.text)


def _first_part(text: str) -> str:
    """A title without the paper's name behind it."""
    cuts = list(_SEPARATOR.finditer(text))
    return text[: cuts[-1].start()] if cuts and len(text[: cuts[-1].start()].split()) >= 3 else text


def find_headline(page: Titles, run: Run) -> Headline | None:
    """The best title above (or at the head of) the run; the title of the page itself where none is better."""
    body = Counter[str]()
    for piece in page.pieces[run.first : run.last + 1]:
        body.update(content_words(piece.text, page.language))
    best: tuple[float, int] | None = None
    for number in range(max(0, run.first - 400), max(run.first, min(run.last, run.first + 12))):
        if _could_be(page.pieces[number], page.features[number], page.prefixes):
            score = _score(page, number, run=run, body=body)
            if best is None or score >= best[0]:
                best = (score, number)
    first = page.pieces[0]
    own = _first_part(first.text) if _SEPARATOR.search(first.text) and first.words <= 34 else ""
    fit = _fit(own, body, page.language) if len(content_words(own, page.language)) >= 3 else 0.0
    if best is None or (fit >= 0.5 and best[1] != 0 and best[0] < 4.0 * fit + 1.0 and not _is_anchored(page, best[1])):
        return Headline(own, run.first - 1) if fit >= 0.5 else None
    if best[0] < 1.0:
        return None
    text = page.pieces[best[1]].text
    return Headline(own if best[1] == 0 and fit >= 0.5 else text, best[1])


def _is_anchored(page: Titles, number: int) -> bool:
    """True for a line that another repeats with the paper's name behind it."""
    return key_of(page.pieces[number].text) in page.prefixes


def _prefixes(pieces: list[Piece], titles: list[str]) -> set[str]:
    """The beginnings of lines that go on with a separator and the paper's name."""
    answer: set[str] = set()
    for text in [piece.text for piece in pieces if piece.words <= 45] + titles:
        for cut in _SEPARATOR.finditer(text):
            if cut.start() > 8:
                answer.add(key_of(text[: cut.start()]))
        parts = _CRUMB.split(text)
        if len(parts) > 1 and len(parts[-1].split()) >= 3 and "/" not in parts[-1]:
            answer.add(key_of(parts[-1]))
    return answer


def _could_be(piece: Piece, item: Features, prefixes: set[str]) -> bool:
    """True for a piece with the looks of a headline."""
    if (
        piece.words > 32
        or len(piece.text) > 260
        or item.kind in {"time", "counter", "address", "label", "footnote", "embed", "cells", "alt", "repeat"}
    ):
        return False
    if item.furniture:
        return key_of(piece.text) in prefixes and piece.words >= 2
    if has_label(piece.text, "home") or _BYLINE.match(piece.text) or item.credit:
        return False
    return piece.words >= 2 or len(piece.text) >= 8


def _fit(text: str, body: Counter[str], language: str | None) -> float:
    """The share of a title's words that the body uses; inflected endings are forgiven."""
    said = set(content_words(text, language))
    if not said:
        return 0.0
    stems = {word[:5] for word in body if len(word) > 5}
    hits = sum(1.0 if word in body else 0.7 if len(word) > 5 and word[:5] in stems else 0.0 for word in said)
    return hits / len(said) * min(1.0, len(said) / 3)


def _score(page: Titles, number: int, *, run: Run, body: Counter[str]) -> float:
    """How much the piece's looks, words, place and repetition speak for it."""
    piece, item = page.pieces[number], page.features[number]
    key = key_of(piece.text)
    anchored = key in page.prefixes
    distance = max(0, run.first - number)
    score = 4.0 * _fit(piece.text, body, page.language)
    score += 2.0 * max(0.0, 1.0 - distance / _REACH) - 0.02 * distance
    score -= 1.5 if number > run.first else 0.0
    score -= 2.0 if number > run.first and not anchored else 0.0
    score += 3.0 if piece.line.level == 1 else (0.5 if piece.line.level else 0.0)
    score += 3.5 if anchored else 0.0
    score += 0.8 if page.counts[key] > 1 else 0.0
    score += 3.0 * max((likeness(known.slug, piece.text) for known in page.own if known.slug), default=0.0)
    return (
        score
        - _blemishes(piece, item, number, repeated=page.counts[key])
        - _caption_looks(page, number, repeated=page.counts[key])
        + _company(page.pieces, page.features, number)
    )


def _blemishes(piece: Piece, item: Features, number: int, *, repeated: int) -> float:
    """What in a piece's looks speaks against its being a headline."""
    crumbs = _CRUMB.split(piece.text)
    return sum(
        (
            2.0 if re.search(r"[.:;,…]$", piece.text) else 0.0,
            1.5 if item.sentence and not piece.text.endswith(("?", "!")) else 0.0,
            1.5 if piece.words < 3 else 0.0,
            2.5 if leading_time(piece.text) and piece.words < 25 else 0.0,
            1.5 if piece.bullet else 0.0,
            1.0 if piece.whole_link else 0.0,
            3.0 if repeated >= _BUTTON and piece.words <= 4 else 0.0,
            2.0 if _SEPARATOR.search(piece.text) and number < 3 else 0.0,
            2.5 if len(crumbs) > 1 and has_label(crumbs[0], "home") else 0.0,
            3.0 * item.rules if item.rules > 0.6 else 0.0,
        )
    )


def _caption_looks(page: Titles, number: int, *, repeated: int) -> float:
    """How much a line under a bare credit is its caption; one said twice there is nothing else."""
    if not number or not page.features[number - 1].credit or page.pieces[number - 1].words > _BARE_CREDIT:
        return 0.0
    return 6.0 if repeated > 1 else 2.5


def _company(pieces: list[Piece], features: list[Features], number: int) -> float:
    """What stands above and below: a time between titles is a news rail, a time and a byline below a headline."""
    before = features[number - 1].kind if number else ""
    below = features[number + 1 : number + 5]
    kinds = [item.kind for item in below]
    score = 0.0
    if before == "time" and "time" in kinds[:1]:
        score -= 3.0
    elif "time" in kinds[:3] or any(_BYLINE.match(piece.text) for piece in pieces[number + 1 : number + 4]):
        score += 1.2
    if any(item.kind == "prose" and item.rules < 0.5 for item in below[:3]):
        score += 1.0
    if any(item.furniture == "share" or item.kind == "counter" for item in below):
        score += 0.5
    if before == "prose":
        score -= 1.0
    following = pieces[number + 1].text if number + 1 < len(pieces) else ""
    score += 1.0 if _BYLINE.match(following) else 0.0
    score -= 2.5 if has_label(re.split(r"[,:]", following, maxsplit=1)[0], "caption") else 0.0
    return score


def find_short_title(stream: Stream, headline: str, printed: list[str]) -> str | None:
    """The title that the page bears in its first line where it is another and shorter than the headline."""
    pieces, language = stream.pieces, stream.language
    first = [piece.text for piece in pieces[:2] if 2 <= piece.words <= 30] + printed
    others = {key_of(piece.text) for piece in pieces[2:]}
    for text in first:
        cuts = list(_SEPARATOR.finditer(text))
        if not cuts:
            continue
        part = text[: cuts[0].start()].strip()
        if key_of(headline) in key_of(text):
            return None
        rest = text[cuts[-1].end() :]
        named = any(
            key_of(rest) and (key_of(rest) in other or (other and other in key_of(rest))) for other in others if other
        )
        if _is_shortened(part, headline, language) and named:
            return part
    return _short_crumb(pieces, headline, language)


def _short_crumb(pieces: list[Piece], headline: str, language: str | None) -> str | None:
    """The end of the path of links, where it names the article in fewer words than the headline."""
    for piece in pieces:
        parts = _CRUMB.split(piece.text) if piece.words <= 40 else []
        if len(parts) >= 3 and has_label(parts[0], "home"):
            last = parts[-1].strip()
            if len(last.split()) >= 3 and _is_shortened(last, headline, language):
                return last
    return None


def _is_shortened(part: str, headline: str, language: str | None) -> bool:
    """True where a title says the headline's matter in fewer letters."""
    if not part or len(part) >= len(headline) or part.endswith(("…", "...")) or len(part.split()) < 2:
        return False
    said, long = set(content_words(part, language)), set(content_words(headline, language))
    stems = {word[:4] for word in long}
    return bool(said) and sum(1 for word in said if word in long or word[:4] in stems) >= len(said) * 0.5
