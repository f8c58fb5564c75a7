"""Addresses anywhere in a dump, and which of them is the article's own."""

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote, urlsplit, urlunsplit

from broadsheet.importing.engines.dump.letters import plain_letters, spellings
from broadsheet.importing.engines.dump.lines import Source
from broadsheet.importing.engines.dump.paragraphs import Piece
from broadsheet.importing.engines.dump.tongues import words_of

_URL = re.compile(
    r"(?:https?|file)://[^\s<>\"“”«»()\[\]{}|\\^`]+|(?<![\w@/.])(?:www\.)[\w-]+(?:\.[\w-]+)+/[^\s<>\"“”«»()\[\]{}|\\^`]+",
    re.IGNORECASE,
)
_ENCODED = re.compile(r"https?%3A%2F%2F[^\s&\"<>()\[\]]+", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w/.:-])(?:[\w-]+(?:\.[\w-]+)+)?/(?:[^\s/<>\"()\[\]]+/){1,5}\d{18}-[\w%.~-]+/?")
_ARTICLE = re.compile(r"/((?:[^/\s?#]+/)*)((?:19|20)\d{6})(\d{10})[-/]([^/\s?#]+?)(?:\.s?html?)?(?:[/?#]|$)")
_OWN_MARK = re.compile(
    r"canonical|permalink|url copied|copied|short (?:url|link)|original|source\s*:|saved from|this page|og:url|address|"
    r"article url|adresse|lien|quelle|enlace|ссылка|источник|رابط",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'’*_~"
_ASSET = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|css|js|mp[34]|xml|rss|json|ico)(?:[?#]|$)|/feed/?$|/rss/?$",
    re.IGNORECASE,
)
LEAST_LIKENESS = 0.5


@dataclass(slots=True)
class Address:
    """One address of the dump with everything that was seen of it."""

    url: str
    section: str | None = None
    published: date | None = None
    public_id: str | None = None
    slug: str | None = None
    seen: int = 0
    own: float = 0.0
    pieces: list[int] = field(default_factory=list)

    @property
    def public(self) -> str | None:
        """The address as anybody can open it; None for a file or a bare path."""
        return self.url if self.url.startswith(("http://", "https://")) else None

    @property
    def is_article(self) -> bool:
        """True where the address has the shape that names an article by date and number."""
        return self.public_id is not None


def slug_words(slug: str) -> set[str]:
    """The words of a slug."""
    return {
        plain_letters(word) for word in words_of(unquote(slug).replace("-", " ").replace("_", " ")) if len(word) > 1
    }


def likeness(slug: str, text: str) -> float:
    """What share of a slug's words stand in a text; inflected endings are forgiven."""
    wanted = slug_words(slug)
    if len(wanted) < 2:
        return 0.0
    have = {spelling for word in words_of(text) for spelling in spellings(word)}
    stems = {word[:5] for word in have if len(word) > 5}
    hits = sum(1.0 if word in have else 0.7 if len(word) > 5 and word[:5] in stems else 0.0 for word in wanted)
    return hits / len(wanted)


def tidy(url: str) -> str:
    """The address without tracking, anchor and what the sentence around it added."""
    url = url.strip().rstrip(_TRAILING)
    if url.lower().startswith("www."):
        url = "https://" + url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = "&".join(
        item
        for item in parts.query.split("&")
        if item and not re.match(r"(?:utm_|fbclid|gclid|ref|cmp|share|source|s=|print|output|amp)", item, re.IGNORECASE)
    )
    return urlunsplit((parts.scheme, parts.netloc, parts.path, kept, ""))


def addresses_in(text: str) -> list[str]:
    """Every address in a text, those inside other addresses too."""
    if "/" not in text and "%2f" not in text.lower():
        return []
    found: list[str] = []
    for match in _URL.finditer(text):
        url = match.group()
        if url.lower().startswith("file:"):
            found += [unquote(url.rstrip(_TRAILING))] if _ARTICLE.search(unquote(url)) else []
            continue
        inner = _ENCODED.search(url)
        if inner:
            found.append(tidy(unquote(inner.group())))
            continue
        nested = url.find("http", 8)
        found.append(tidy(url[nested:] if nested > 0 and "://" in url[nested : nested + 9] else url))
    if not found:
        found += [tidy(unquote(match.group())) for match in _ENCODED.finditer(text)]
    if not found:
        found += [_with_scheme(tidy(match.group())) for match in _BARE.finditer(text)]
    return found


def _with_scheme(url: str) -> str:
    """An address shown as browsers show it, without `https://`, made whole; a bare path stays one."""
    return url if url.startswith("/") else f"https://{url}"


def parse(url: str) -> Address:
    """The address taken apart; date and id only where it has the article's shape and a day that exists."""
    address = Address(url)
    match = _ARTICLE.search(url)
    if match:
        try:
            stamp = match.group(2)
            address.published = date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:]))
        except ValueError:
            return address
        address.public_id = match.group(3)
        address.slug = match.group(4)
        folders = [part for part in match.group(1).split("/") if part and "." not in part]
        address.section = folders[-1] if folders and not url.lower().startswith("file:") else None
        return address
    parts = [part for part in re.sub(r"^\w+://[^/]*", "", url).split("?")[0].split("/") if part]
    if parts:
        address.slug = re.sub(r"\.(?:s?html?|php|aspx?|ece|cms)$", "", parts[-1])
        if len(slug_words(address.slug)) < 3 and len(parts) > 1 and len(slug_words(parts[-2])) >= 3:
            address.slug = parts[-2]
    return address


def collect(source: Source, pieces: list[Piece]) -> dict[str, Address]:
    """Every address of the dump with the marks of being the page's own."""
    table: dict[str, Address] = {}

    def note(url: str, own: float, place: int | None) -> None:
        if _ASSET.search(url) or len(url) > 2000:
            return
        key = re.sub(r"^https?://(?:www\.|m\.)?", "", url).rstrip("/")
        address = table.get(key)
        if address is None:
            address = table[key] = parse(url)
        address.seen += 1
        address.own += own
        if place is not None:
            address.pieces.append(place)

    for number, piece in enumerate(pieces):
        for url in addresses_in(piece.text):
            note(url, _own_marks(pieces, number, url), number)
    for url in source.print_addresses:
        note(tidy(url), 4.0, None)
    canonical = _canonical_numbers(source)
    for number, url in source.references.items():
        for inner in addresses_in(url) or [tidy(url)]:
            note(inner, 4.0 if number in canonical else (2.0 if inner != tidy(url) else 0.0), None)
    for url in source.link_addresses:
        for inner in addresses_in(url):
            note(inner, 2.0 if inner != tidy(url) else 0.0, None)
    return table


def _own_marks(pieces: list[Piece], number: int, url: str) -> float:
    """How strongly the place of an address says that it is the page's own."""
    text = pieces[number].text
    own = 0.0
    if number == 0 or (number <= 2 and pieces[number].words <= 2):
        own += 3.0
    if url.startswith("file:"):
        own += 2.0
    if _OWN_MARK.search(text.replace(url, "")[:200]):
        own += 3.0
    elif pieces[number].words <= 2:
        near = [pieces[place].text for place in (number - 1, number + 1) if 0 <= place < len(pieces)]
        if any(len(item) < 60 and _OWN_MARK.search(item) for item in near):
            own += 2.0
    if _ENCODED.search(text) or re.search(r"(?:sharer|share\?|intent/tweet|[?&](?:u|url)=)", text, re.IGNORECASE):
        own += 3.0
    return own


def _canonical_numbers(source: Source) -> set[int]:
    """The link numbers that a text browser names canonical in its first lines."""
    said = [*source.relations, *(line.raw for line in source.lines[:8])]
    return {int(number) for text in said for number in re.findall(r"\[(\d{1,5})\]\s*canonical", text, re.IGNORECASE)}


def choose(
    table: dict[str, Address], *, headline: str | None, others: dict[int, str], extent: tuple[int, int]
) -> Address | None:
    """The article's own address; None where several could be it or none shows that it is."""
    scored: list[tuple[float, Address]] = []
    ids = {address.public_id for address in table.values() if address.is_article}
    foreign = headline is not None and not re.search(r"[a-zA-Z]{3}", headline)
    for address in table.values():
        like = likeness(address.slug, headline) if headline and address.slug else 0.0
        if not address.is_article and not (like >= 0.6 or address.own >= 3.0):
            continue
        if not address.is_article and len(slug_words(address.slug or "")) < 2:
            continue
        score = address.own + 6.0 * like + min(address.seen - 1, 3) * 0.5
        elsewhere = _belongs_elsewhere(address, like, others)
        score -= 5.0 if elsewhere else 0.0
        inside = any(extent[0] - 2 <= place <= extent[1] for place in address.pieces)
        if address.is_article and not elsewhere and (foreign or like >= 0.3):
            score += (1.5 if inside else 0.0) + (1.5 if len(ids) == 1 else 0.0)
        scored.append((score + (0.5 if address.is_article else 0.0), address))
    scored.sort(key=lambda item: -item[0])
    if not scored or scored[0][0] < 3.0:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < 0.75 and scored[0][1].public_id != scored[1][1].public_id:
        return None
    return scored[0][1]


def _belongs_elsewhere(address: Address, like: float, others: dict[int, str]) -> bool:
    """True where the line beside the address is another article's headline and fits it better."""
    if not address.slug:
        return False
    for place in address.pieces:
        for near in (place - 1, place, place + 1):
            text = others.get(near)
            if text and likeness(address.slug, text) > max(like, 0.45):
                return True
    return False
