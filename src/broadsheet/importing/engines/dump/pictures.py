"""Pictures of a dump: credits in any place of the text, each with the caption that belongs to it."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from broadsheet.importing.engines.dump.credit_marks import credits_in
from broadsheet.importing.engines.dump.dates import find_dates, names_day
from broadsheet.importing.engines.dump.features import SENTENCE_END
from broadsheet.importing.engines.dump.paragraphs import Piece
from broadsheet.importing.engines.dump.stream import Stream
from broadsheet.importing.engines.dump.vocabulary import has_label, key_of, kind_of_line
from broadsheet.importing.rules.page_result import Credit, PageImage

_GALLERY_WORDS = re.compile(
    r"\[\s*(?:open|view|zoom|enlarge|expand|show)[^\]]{0,40}\]|\bopen (?:image )?in gallery\b|^\s*\d{1,3}\s*(?:/|of)\s*\d{1,3}\s*",
    re.IGNORECASE,
)
_CAPTION_WORDS = re.compile(
    r"\b(?:file (?:photo|image|picture|pic)|pictured|archive|archival|left|right|centre|seen (?:here|in|on)|screenshot|illustration|archivbild|symbolbild|"
    r"archivfoto|photo d['’]archives?|archives|foto de archivo|архивн\w+ фото|архив)\b|\((?:file|archive|l|r)\)|أرشيف",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:said|says|told|added|dit|sagte|sagt|dijo|сказал\w*|заявил\w*|сообщил\w*)\b|(?<!\w)(?:قال|قالت|وقال|وأضاف)(?!\w)"
)
_ALT_LINE = re.compile(r"^\[([^\[\]]{4,200})\]$")
_FILE_NAME = re.compile(r"^\S+$")
_MOST_CAPTION = 45
_MOST_SAID_TWICE = 22  # a longer sentence that comes twice is the article's lead, said in the page's head too
_MOST_LABEL = 4  # words of a section's name, as the menu above the article has it too
_SOURCE_LABEL = re.compile(r"source|fuente|مصدر", re.IGNORECASE)
_DATELINE = re.compile(r"[A-ZÀ-ÞА-Я]{3,}[A-ZÀ-ÞА-Я ,.]*(?:\(|—|–|-)")
_PICTURE_ADDRESS = re.compile(r"^https?://\S+\.(?:jpe?g|png|webp|avif|gif)(?:\?\S*)?$", re.IGNORECASE)


@dataclass(slots=True)
class Pictures:
    """The article's pictures and which pieces were theirs; `rest` holds paragraphs freed of a credit."""

    images: list[PageImage] = field(default_factory=list)
    consumed: dict[int, str] = field(default_factory=dict)
    rest: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Found:
    """One credit with its place and what the same piece says besides."""

    place: int
    credit: Credit
    beside: str


@dataclass(slots=True)
class _Search:
    """The stretch that is searched, where its credits are, and on which side of them captions stand."""

    stream: Stream
    first: int
    last: int
    places: set[int]
    repeats: Counter[str]
    furniture: set[str]
    lean: float = 0.0
    drafts: list[tuple[int, PageImage]] = field(default_factory=list)


def find_pictures(stream: Stream, first: int, last: int) -> Pictures:
    """Every picture credited between two pieces, each once."""
    answer = Pictures()
    found = [item for number in range(first, last + 1) for item in _credits(stream, number)]
    captions = (piece for piece in stream.pieces[first : last + 1] if piece.words <= _MOST_CAPTION)
    repeats = Counter(key_of(piece.text) for piece in captions)
    furniture = {key_of(piece.text) for piece in stream.pieces[: max(0, first - 1)] if piece.words <= _MOST_LABEL}
    search = _Search(stream, first, last, {item.place for item in found}, repeats, furniture)
    search.lean = _lean(search, found)
    for item in found:
        _take(search, answer, item)
    _labelled(search, answer)
    _mark_repeats(search, answer)
    answer.images = _without_repeats(search.drafts)
    return answer


def _take(search: _Search, answer: Pictures, item: _Found) -> None:
    """One credit made a picture with its caption, or left out as another article's."""
    pieces, caption = search.stream.pieces, item.beside
    if not caption and item.place not in answer.rest:
        place = _neighbour(search, item.place)
        if place is not None and _is_teaser(search.stream, item.place, place):
            answer.consumed.update(dict.fromkeys((item.place, place), "link to another article"))
            return
        if place is not None:
            caption = clean_caption(pieces[place].text)
            answer.consumed[place] = "caption of a picture"
    if pieces[item.place].words > _MOST_CAPTION and item.beside:
        answer.rest[item.place], caption = item.beside, ""
    else:
        answer.consumed[item.place] = "credit of a picture"
    alt = _alt_above(item.place, pieces, answer)
    url = _address_beside(item.place, pieces)
    search.drafts.append((item.place, PageImage(caption=caption or None, alt=alt, url=url, credit=item.credit)))


def clean_caption(text: str) -> str:
    """A caption without the page's buttons and labels around it."""
    text = _GALLERY_WORDS.sub(" ", text)
    head, comma, rest = text.partition(",")
    if comma and has_label(head, "caption"):
        text = rest
    head, colon, rest = text.partition(":")
    if colon and has_label(head, "caption"):
        text = rest
    return " ".join(text.split()).strip(" |–—-[]")


def _credits(stream: Stream, number: int) -> list[_Found]:
    """The credits in one piece, with the words beside them."""
    pieces, features = stream.pieces, stream.features
    item = features[number]
    if not item.credit or item.kind in {"time", "address", "footnote", "label"}:
        return []
    text = pieces[number].text
    found = credits_in(text)
    if not found:
        return []
    kept, position = [], 0
    for credit in found:
        kept.append(text[position : credit.start])
        position = credit.end
    kept.append(text[position:])
    beside = (
        clean_caption(" ".join(kept)).strip(" .,;:()[]")
        if not any(sign.isalnum() for sign in "".join(kept))
        else clean_caption(" ".join(kept))
    )
    if key_of(beside) == "" or kind_of_line(beside):
        beside = ""
    answer: list[_Found] = []
    seen: set[Credit] = set()
    for credit in found:
        if credit.credit not in seen:
            seen.add(credit.credit)
            answer.append(_Found(number, credit.credit, beside if not answer else ""))
    return answer if answer[0].beside == "" or pieces[number].words <= _MOST_CAPTION else answer[:1]


def _is_teaser(stream: Stream, credit: int, caption: int) -> bool:
    """True where a credit and a title have a day under them, as boxes of other articles inside a text do."""
    features = stream.features
    below = max(credit, caption) + 1
    if below >= len(features) or features[caption].sentence or features[below].kind != "time":
        return False
    above = min(credit, caption) - 1
    inside = any(features[number].kind == "prose" for number in range(max(0, above - 1), above + 1))
    return inside and names_day(stream.pieces[below].text)


def _likely_caption(search: _Search, place: int, credit: int) -> float:
    """How much a piece beside a credit reads like its caption."""
    piece, item = search.stream.pieces[place], search.stream.features[place]
    fitting = item.kind in {"title", "prose", "timed", "repeat"} and 2 <= piece.words <= _MOST_CAPTION
    if not fitting or item.credit or piece.whole_link or kind_of_line(piece.text):
        return -9.0
    score = 2.0 if not item.sentence else 1.2 - 0.05 * max(0, piece.words - 8)
    again = search.repeats[key_of(piece.text)] > 1 and not (item.sentence and piece.words > _MOST_SAID_TWICE)
    score += 4.0 if again and piece.words >= 3 else 0.0
    score += 1.2 if _CAPTION_WORDS.search(piece.text) else 0.0
    score += 0.8 if find_dates(piece.text, language="en") else 0.0
    score -= 1.5 if _SPEECH.search(piece.text) else 0.0
    score -= 0.8 if SENTENCE_END.search(piece.text) and piece.text.count(". ") >= 2 else 0.0
    score -= 0.9 if item.sentence and place > credit and ". " in piece.text else 0.0
    score -= 3.0 if piece.text.endswith(":") else 0.0
    score -= 4.0 if not item.sentence and key_of(piece.text) in search.furniture else 0.0
    score -= 1.0 if _DATELINE.match(piece.text) else 0.0
    upper, lower = (search.stream.pieces[number] for number in sorted((place, credit)))
    if lower.after_blank:
        return score
    return score + (1.6 if upper.after_blank and lower.before_blank else 0.4)


def _lean(search: _Search, found: list[_Found]) -> float:
    """Whether captions of this page stand below their credits (above 0) or above them."""
    sides: list[float] = []
    for item in found:
        if item.beside:
            continue
        below = above = -2.0
        if item.place + 1 < len(search.stream.pieces) and item.place + 1 not in search.places:
            below = max(-2.0, _likely_caption(search, item.place + 1, item.place))
        if item.place > search.first and item.place - 1 not in search.places:
            above = max(-2.0, _likely_caption(search, item.place - 1, item.place))
        sides.append(below - above)
    return max(-1.5, min(1.5, sum(sides) / len(sides))) if len(sides) > 1 else 0.0


def _neighbour(search: _Search, place: int) -> int | None:
    """The piece beside a bare credit that is its caption, or None."""
    best: tuple[float, int] | None = None
    for near in (place + 1, place - 1):
        if not search.first <= near <= search.last + 1 or near >= len(search.stream.pieces) or near in search.places:
            continue
        side = search.lean * 0.5 if near > place else -search.lean * 0.5
        score = _likely_caption(search, near, place) + side
        if best is None or score > best[0]:
            best = (score, near)
    return best[1] if best and best[0] >= 0.5 else None


def _alt_above(place: int, pieces: list[Piece], answer: Pictures) -> str | None:
    """The words that a text browser shows in place of the picture just above."""
    for near in (place - 1, place - 2):
        if near >= 0 and near not in answer.rest:
            match = _ALT_LINE.match(pieces[near].text)
            if match and not kind_of_line(match.group(1)):
                answer.consumed[near] = "words in place of a picture"
                words = match.group(1).strip()
                return None if _FILE_NAME.match(words) else words
    return None


def _address_beside(place: int, pieces: list[Piece]) -> str | None:
    """The picture's own address where the dump shows one right beside its credit or caption."""
    for near in (place - 1, place + 1, place - 2, place + 2):
        if 0 <= near < len(pieces) and pieces[near].words == 1:
            match = _PICTURE_ADDRESS.match(pieces[near].text)
            if match:
                return match.group()
    return None


def _labelled(search: _Search, answer: Pictures) -> None:
    """Captions that only a label tells are taken as pictures too."""
    drafts = search.drafts
    for number in range(search.first, search.last + 1):
        text = search.stream.pieces[number].text
        head = re.split(r"[,:]", text, maxsplit=1)[0]
        if number in answer.consumed or len(head) > 30 or len(head) == len(text) or not has_label(head, "caption"):
            continue
        words = clean_caption(text)
        answer.consumed[number] = "caption of a picture"
        if _SOURCE_LABEL.search(head):
            drafts.append((number, PageImage(credit=Credit(agency=words))))
        elif drafts and drafts[-1][0] >= number - 2 and drafts[-1][1].caption is None:
            drafts[-1] = (number, replace(drafts[-1][1], caption=words))
        else:
            drafts.append((number, PageImage(caption=words)))
    drafts.sort(key=lambda draft: draft[0])


def _mark_repeats(search: _Search, answer: Pictures) -> None:
    """Further copies of a caption near its picture are no text of the article."""
    pieces = search.stream.pieces
    captions = {key_of(image.caption) for _, image in search.drafts if image.caption}
    for number in range(search.first, min(search.last + 2, len(pieces))):
        short = number not in answer.consumed and pieces[number].words <= _MOST_CAPTION
        if short and key_of(clean_caption(pieces[number].text)) in captions:
            answer.consumed[number] = "caption of a picture"


def _without_repeats(drafts: list[tuple[int, PageImage]]) -> list[PageImage]:
    """Each picture once; a credit alone gives way to the same credit with a caption nearby."""
    answer: list[tuple[int, PageImage]] = []
    for place, image in drafts:
        same = [
            number
            for number, (other, known) in enumerate(answer)
            if known.credit == image.credit
            and (
                key_of(known.caption or "") == key_of(image.caption or "")
                or (abs(place - other) <= 4 and None in (known.caption, image.caption))
            )
        ]
        if not same:
            answer.append((place, image))
        elif answer[same[0]][1].caption is None and image.caption:
            known = answer[same[0]][1]
            answer[same[0]] = (
                place,
                PageImage(
                    caption=image.caption, alt=known.alt or image.alt, url=known.url or image.url, credit=image.credit
                ),
            )
    return [image for _, image in answer]
