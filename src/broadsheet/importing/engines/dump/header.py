"""What stands around the headline: standfirst, section, bylines and the day of publishing."""

import re
from collections import Counter
from datetime import date

from broadsheet.importing.engines.dump.addresses import Address
from broadsheet.importing.engines.dump.dates import find_dates, slash_order
from broadsheet.importing.engines.dump.features import Features
from broadsheet.importing.engines.dump.headline import Headline
from broadsheet.importing.engines.dump.letters import plain_letters
from broadsheet.importing.engines.dump.paragraphs import Piece
from broadsheet.importing.engines.dump.stream import Stream
from broadsheet.importing.engines.dump.vocabulary import has_label, key_of, vocabulary

_CRUMB = re.compile(r"\s*(?:>|»|›|→|::|»|\\|<|‹|«)\s*|\s+[/|•·]\s+")
_DATELINE = re.compile(
    r"^(?:[A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ'’.\- ]{2,40}(?:,[^.]{0,40}?)?\s*(?:\([^)]{2,40}\)\s*)?[—–:-]|[A-ZÀ-ÞА-ЯЁ][\w'’. -]{2,30}\s\([^)]{2,30}\)\s*[—–:-]|"
    r"[A-ZÀ-Þ][\wÀ-ÿ'’-]{2,25}(?:\s[A-Z][\w-]+)?(?:\s\([^)]{1,20}\))?\.\s(?=[A-ZÀ-Þ]))"
)
_WHEN = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:yesterday|today|this (?:week|morning|month)|last (?:week|night|month|year))\b|"
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag\w*|gestern|heute|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|ayer|hoy)\b|понедельник|вторник|сред[уы]|четверг|пятниц|суббот|воскресень|"
    r"(?:الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:words|text|story|pictures?|photos?|report(?:ing)?)(?: and (?:pictures?|photos?|photographs|video))? by|by|par|von|por|di|door|автор:?|بقلم:?|كتب:?)\s+(.{3,120})$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"^(?:[^\W\d_a-z][\w'’.-]*|(?:de|van|von|der|den|al|el|bin|la|du|di|da|del|e|y)(?=\s))(?:\s+(?:[^\W\d_a-z][\w'’.-]*|de|van|von|der|den|al|el|bin|la|du|di|da|del|e|y)){1,4}$"
)
_PATH_REACH = 9
_MOST_STEPS = 3
_SEPARATING = frozenset(["time", "byline", "counter", "share", "address", "picture"])


def is_dateline(text: str) -> bool:
    """True where a text opens with the place it was written at."""
    return _DATELINE.match(text[:120]) is not None


def bylines(text: str) -> tuple[str, ...]:
    """The authors that a byline names."""
    match = _BY.match(text.strip())
    if not match:
        return ()
    words = re.split(r"\s*[|•·]\s*|\s+(?:for|in|at|für|pour)\s+", match.group(1))[0]
    names: list[str] = []
    for part in re.split(r"\s*,\s*|\s+(?:and|et|und|y|и|&|with)\s+", words):
        if _NAME.match(part.strip()):
            names.append(part.strip())
        elif names:
            break
    return tuple(
        names[:1]
        if len(names) > 1 and not re.search(r"\s(?:and|et|und|y|&)\s", words) and "," in words and _role(words)
        else names
    )


def _role(words: str) -> bool:
    """True where what follows the first comma is an office and not a name."""
    return bool(
        re.search(
            r"\b(?:editor|correspondent|reporter|chief|writer|staff|rédact|redakt|agenc)",
            words,
            re.IGNORECASE,
        )
    )


def is_name(text: str) -> bool:
    """True for a line that is a person's name and nothing else."""
    return len(text) < 50 and _NAME.match(text) is not None


def find_standfirst(zone: list[tuple[int, str]], stream: Stream) -> int | None:
    """The piece under the headline that is its standfirst; None where nothing tells it from the first paragraph."""
    pieces, features = stream.pieces, stream.features
    texts = [(number, role) for number, role in zone if role == "text"]
    if not texts:
        return None
    first = texts[0][0]
    piece = pieces[first]
    if not 5 <= piece.words <= 80 or is_dateline(piece.text):
        return None
    ahead = [role for number, role in zone if number < first]
    if "picture" in ahead and not features[first].sentence:
        return None
    if len(texts) < 2:
        return None
    second = texts[1][0]
    between = {role for number, role in zone if first < number < second}
    if between & {"time", "byline"} and piece.words <= 70:
        return first
    if not features[first].sentence and piece.words >= 6:
        return first
    told = bool(_WHEN.search(piece.text)) and not _WHEN.search(pieces[second].text)
    if (between & _SEPARATING) and not told and not ("picture" in ahead and between <= {"picture"}):
        return first
    return first if _reads_like_one(first, second, pieces) else None


def _reads_like_one(first: int, second: int, pieces: list[Piece]) -> bool:
    """True where the words alone tell a standfirst: the text under it opens anew."""
    lead, text = pieces[first], pieces[second]
    if is_dateline(text.text):
        return True
    repeats = Counter(key_of(piece.text) for piece in pieces if piece.words == lead.words)
    if repeats[key_of(lead.text)] > 1:
        return True
    return (
        lead.words <= 40
        and not _WHEN.search(lead.text)
        and bool(_WHEN.search(text.text))
        and lead.text[:1] not in '"“„«'
    )


_BULLET = re.compile(r"^\s*[*•·‣+–—-]\s+")


def find_section(stream: Stream, headline: Headline, own: Address | None) -> str | None:
    """The section as the page names it, from its path of links, from a line at the headline or from the address."""
    pieces = stream.pieces
    titles = {key_of(headline.text), key_of(headline.short_title or "")}
    crumbs = _breadcrumb(pieces, headline.place, titles) or _upright_path(stream, headline.place)
    if crumbs:
        return crumbs
    folder = own.section if own and own.is_article else _folder(own)
    menu = [_BULLET.sub("", piece.text) for piece in pieces if piece.words <= 6 and len(piece.text) <= 40]
    if folder:
        near = [
            _BULLET.sub("", piece.text)
            for piece in pieces[max(0, headline.place - 3) : headline.place + 4]
            if piece.words <= 5
        ]
        for name in [*near, *menu]:
            if _squashed(name) == _squashed(folder):
                return name
        for name in [*near, *menu]:
            if len(folder) >= 4 and _squashed(name).startswith(_squashed(folder)) and len(name) <= 40:
                return name
    beside = _kicker(stream, headline.place, Counter(key_of(name) for name in menu))
    return beside or folder


def _squashed(text: str) -> str:
    """Letters only, so that `Middle East` and `middle-east` are the same."""
    return plain_letters(re.sub(r"[\W_]+|\band\b", "", text.casefold().replace("&", "")))


def _folder(own: Address | None) -> str | None:
    """The first folder of an address of another shape, where it is a word."""
    if own is None:
        return None
    parts = [part for part in re.sub(r"^\w+://[^/]*", "", own.url).split("/") if part]
    return (
        parts[0]
        if len(parts) >= 2
        and re.fullmatch(r"[a-z][a-z-]{2,30}", parts[0])
        and parts[0] not in {"article", "articles", "news", "story", "stories", "index", "archive", "archives"}
        else None
    )


def _breadcrumb(pieces: list[Piece], place: int, titles: set[str]) -> str | None:
    """The last part of a path of links that is not the article itself."""
    menu = {key_of(piece.text) for number, piece in enumerate(pieces) if piece.words <= 5 and number != place}
    paper = {key_of(piece.text) for piece in pieces[:3]} | {key_of(_CRUMB.split(pieces[0].text)[-1])}
    paper -= {"", *titles}
    for number in range(place + 3, max(-1, place - 60), -1):
        if number >= len(pieces):
            continue
        text = pieces[number].text
        if len(text) > 300 or ("«" in text and "»" in text):
            continue
        parts = [part.strip(" >»›/|") for part in _CRUMB.split(text)]
        parts = [part for part in parts if part]
        homely = any(has_label(part, "home") for part in parts[:2]) or (
            number > 2 and bool(parts) and key_of(parts[0]) in paper
        )
        pathlike = abs(number - place) <= 6 and len(parts) >= 2 and bool(re.search(r"\S\s*[>»›→]\s*\S", text))
        if len(parts) < 2 or not (homely or pathlike):
            continue
        inner = [part for part in parts if not has_label(part, "home") and key_of(part) not in titles]
        inner = [
            part
            for part in inner
            if len(part.split()) <= 5
            and not any(key_of(part) and title.startswith(key_of(part)) and len(part.split()) > 3 for title in titles)
        ]
        if len(inner) > 1 and key_of(inner[0]) in paper:
            inner = inner[1:]
        if inner:
            known = [part for part in inner if key_of(part) in menu]
            return known[-1] if known else inner[-1] if homely else inner[0]
    return None


def _upright_path(stream: Stream, place: int) -> str | None:
    """The line above the headline where a path of links stands one a line, from the front page down."""
    pieces, features = stream.pieces, stream.features
    for number in range(place - 2, max(-1, place - _PATH_REACH), -1):
        if has_label(pieces[number].text, "home"):
            steps: list[str] = []
            for step in range(number + 1, place):
                if features[step].kind not in {"title", "furniture"} or pieces[step].words > 4:
                    break
                if ":" in pieces[step].text or (pieces[step].bullet is None) != (pieces[number].bullet is None):
                    break
                steps.append(pieces[step].text.strip("/›>»*• "))
            if not 0 < len(steps) <= _MOST_STEPS:
                return None
            menu = {key_of(piece.text) for piece in pieces[:number]}
            return next((step for step in reversed(steps) if key_of(step) in menu), steps[-1])
    return None


def _kicker(stream: Stream, place: int, menu: Counter[str]) -> str | None:
    """A short line at the headline that the menu holds too."""
    pieces, features = stream.pieces, stream.features
    for number in (place - 1, place + 1, place - 2, place + 2):
        if not 0 <= number < len(pieces) or features[number].kind in {"time", "counter", "address"}:
            continue
        for part in re.split(r"\s*[|>»›•·]\s*|\s/\s", pieces[number].text):
            name = part.strip()
            if not name or len(name.split()) > 4 or len(name) > 40 or features[number].sentence:
                continue
            if menu[key_of(name)] >= (2 if len(pieces[number].text) == len(name) else 1) and not _is_control(name):
                return name
    return None


def _is_control(name: str) -> bool:
    """True for furniture that is no section's name."""
    kind = vocabulary().phrases.get(key_of(name))
    return kind is not None and key_of(name) not in {
        "news",
        "opinion",
        "video",
        "multimedia",
        "culture",
        "tv",
        "nachrichten",
        "noticias",
    }


def find_day(stream: Stream, headline: Headline, *, start: int, end: int) -> date | None:
    """The day of publishing as the text near the headline says it; None where it does not."""
    pieces, features = stream.pieces, stream.features
    order = slash_order([piece.text for piece in pieces if piece.words <= 30])
    loose: list[date] = []
    spoiled = False
    places = [
        *range(headline.place + 1, min(start + 1, headline.place + 25)),
        *_above(features, headline.place),
        *range(end + 1, min(end + 9, len(pieces))),
    ]
    for number in places:
        piece = pieces[number]
        if number > end and loose:
            break
        inside = number == start
        if piece.words > 25 or inside or features[number].kind in {"address", "footnote"} or features[number].credit:
            continue
        for found in find_dates(piece.text, language=stream.language, slash_day_first=order):
            if found.updated:
                continue
            if found.published or (number > headline.place and number < start and not loose and not spoiled):
                if found.value is None:
                    spoiled = True
                elif found.published:
                    return found.value
                else:
                    loose.append(found.value)
            elif number < headline.place and found.value and not spoiled:
                loose.append(found.value)
    return loose[0] if loose else None


def _above(features: list[Features], place: int) -> list[int]:
    """The places just above the headline where its own date may stand, but not the page's clock."""
    answer = []
    for number in range(place - 1, max(-1, place - 4), -1):
        if features[number].furniture in {"navigation", "rail", "dialog", "share", "promo"}:
            break
        answer.append(number)
    return answer
