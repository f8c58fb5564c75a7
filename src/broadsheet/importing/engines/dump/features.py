"""What each piece of a dump looks like: sentence, title, furniture, rule, time, credit, address."""

import re
from dataclasses import dataclass, replace

from broadsheet.importing.engines.dump.addresses import addresses_in
from broadsheet.importing.engines.dump.credit_marks import credits_in
from broadsheet.importing.engines.dump.dates import find_dates, has_clock_time, is_only_time, leading_time, names_day
from broadsheet.importing.engines.dump.paragraphs import Piece
from broadsheet.importing.engines.dump.tongues import rule_score, words_of
from broadsheet.importing.engines.dump.vocabulary import (
    after_related_label,
    has_label,
    key_of,
    kind_of_line,
    vocabulary,
)
from broadsheet.importing.rules.notices import read_notice

SENTENCE_END = re.compile(r"[.!?…。؟۔][\"'”’»›)\]*†‡¹²³]*(?:\s*\[\d+\])?$")
_SOFT_END = re.compile(r"[.!?…:;,。؟۔،؛—–-][\"'”’»›)\]*†]*$")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:\d{4}|\w.{0,60}(?:\d{4}\s*$|ltd|inc\b|gmbh|rights|limited|publish))|all rights reserved|tous droits|"
    r"alle rechte|derechos reservados|права защищены|حقوق محفوظة|حقوق النشر",
    re.IGNORECASE,
)
_ALT = re.compile(r"^(?:\[[^\[\]]{1,160}\]\s*)+$")
_COUNTER = re.compile(r"^[\W_]*(?:\d[\d\s.,]*\s*[kKmMтк]?[\W_]*)+$")
_BY_WORD = re.compile(r"(?:^|\W)(?:by|par|von|por|di|door|автор|بقلم)\W", re.IGNORECASE)
_ABOUT_AUTHOR = re.compile(
    r"^[A-ZÀ-Þ][\w'’.-]+(?:\s[A-ZÀ-Þ][\w'’.-]*){1,3}(?:,[^,]{3,40},)? (?:is|was) (?:a|an|the|our|chief|senior|staff)\b[^.]{0,80}"
    r"\b(?:reporter|correspondent|editor|writer|journalist|columnist|producer|contributor|intern|fellow|author)\b"
    r"[^.]{0,60}\b(?:for|at|with|of|covering|who covers|based in|on)\b"
)
_FOOTNOTE = re.compile(r"^(?:\*{1,6}|†+|‡+|[¹²³⁴⁵]+|\(\*+\))\s*\S")
_MOST_TEASER = 45
_LONG_SENTENCE = 14
_TEASERS_APART = 8
_COLUMNS = re.compile(r"\t|\s{2,}")
_HANDLE = re.compile(r"^@\w{2,30}$")
_HASHTAGS = re.compile(r"^(?:#[\w-]+[\s,]*)+$")
_TWEET = re.compile(
    r"pic\.twitter\.com/|https?://t\.co/|\(@\w{2,15}\)\s+\w+ \d{1,2}, \d{4}|^[—–-]+ .{2,60}\(@\w{2,15}\)"
)


@dataclass(slots=True)
class Features:
    """What was noticed of one piece."""

    kind: str
    weight: float = 0.0
    rules: float = 0.0
    own_rules: float = 0.0
    furniture: str | None = None
    sentence: bool = False
    credit: bool = False


def is_sentence(text: str, words: int) -> bool:
    """True for running text: it ends as a sentence does, or is too long to be a title."""
    if words >= 4 and SENTENCE_END.search(text):
        return True
    return words >= 28 or (words >= 12 and text[-1:] in ":,;،؛")


def read_features(pieces: list[Piece], language: str | None, excused: frozenset[str]) -> list[Features]:
    """The features of every piece, the share of rule words smoothed over neighbours."""
    known: dict[str, Features] = {}
    features = [_remembered(piece, known) for piece in pieces]
    for number, piece in enumerate(pieces):
        if features[number].furniture and _is_mere_opening(piece, features[number], language):
            features[number] = _worded(piece)
    _mark_lone_rows(pieces, features)
    _mark_repeats(pieces, features)
    _mark_teasers(pieces, features)
    raw: list[tuple[float, float, int]] = []
    for piece, item in zip(pieces, features, strict=True):
        if item.kind in {"prose", "title"}:
            words = words_of(piece.text[:4000])
            strong, weak = rule_score(words, language, excused)
            raw.append((strong, weak, len(words)))
        else:
            raw.append((0.0, 0.0, 0))
    for number, item in enumerate(features):
        item.own_rules = _share(*raw[number])
        item.rules = _smoothed(raw, number)
        item.weight = _weight(pieces[number], item)
    return features


def _mark_repeats(pieces: list[Piece], features: list[Features]) -> None:
    """Where a page says its captions twice, sentences that come back at once are captions and no text."""
    places: list[int] = []
    for number in range(len(pieces)):
        if features[number].kind != "prose" or pieces[number].words > 60:
            continue
        key = key_of(pieces[number].text)
        for near in range(number + 1, min(number + 4, len(pieces))):
            if features[near].kind == "prose" and key == key_of(pieces[near].text):
                places += [number, near]
    if len(places) >= 4:
        for number in places:
            features[number].kind = "repeat"


def _mark_teasers(pieces: list[Piece], features: list[Features]) -> None:
    """Title, sentence and day in turn, or picture and sentence in turn, are boxes of other articles."""
    found = [
        number
        for number in range(1, len(pieces) - 1)
        if features[number].kind == "prose"
        and pieces[number].words <= _MOST_TEASER
        and features[number - 1].kind == "title"
        and features[number + 1].kind == "time"
        and names_day(pieces[number + 1].text)
    ]
    for number in found:
        if any(0 < abs(other - number) <= _TEASERS_APART for other in found):
            features[number] = Features("title")
    pictured = [
        number
        for number in range(1, len(pieces))
        if features[number].kind == "prose"
        and pieces[number].words <= _MOST_TEASER
        and features[number - 1].kind == "alt"
    ]
    known = set(pictured)
    for number in pictured:
        if {number - 2, number + 2} <= known or {number - 4, number - 2} <= known or {number + 2, number + 4} <= known:
            features[number] = Features("title")


def _remembered(piece: Piece, known: dict[str, Features]) -> Features:
    """The features of a piece; those of a short line that comes back are looked up once."""
    if len(piece.text) > 80 or piece.links:
        return _features(piece)
    found = known.get(piece.text)
    if found is None:
        found = known[piece.text] = _features(piece)
    return replace(found)


def _is_mere_opening(piece: Piece, item: Features, language: str | None) -> bool:
    """True for a sentence that begins as a dialog does but has none of its words."""
    if piece.words <= 10 or not item.sentence or item.furniture in {"end", "label", "footer"}:
        return False
    words = words_of(piece.text[:4000])
    return _share(*rule_score(words, language, frozenset()), len(words)) < 0.15


def _smoothed(raw: list[tuple[float, float, int]], number: int) -> float:
    """How much a piece and those around it read like rules, from 0 to 1."""
    own = _share(*raw[number])
    near = raw[max(0, number - 2) : number + 3]
    together = _share(sum(item[0] for item in near), sum(item[1] for item in near), sum(item[2] for item in near))
    return min(1.0, max(own * 0.6 + together * 0.6, own * 0.95))


def _share(strong: float, weak: float, words: int) -> float:
    """Rule words against all words, scaled so that 1 is certainly rules."""
    if words < 4:
        return 0.0
    counted = strong * 1.6 + (weak if strong >= 1 or weak >= 4 else weak * 0.4)
    if words >= _LONG_SENTENCE and strong <= 1 and weak <= 1:
        counted *= 0.6
    return min(1.0, counted / max(words, 10) / 0.16)


def _features(piece: Piece) -> Features:
    """One piece by itself."""
    text = piece.text
    if ("\t" in text or "  " in text) and _is_row(text):
        return _row(text)
    if is_only_time(text) or _is_time_and_name(text, piece.words):
        return Features("time")
    if _COUNTER.match(text) and len(text) < 60 and "©" not in text:
        return Features("counter")
    if _ALT.match(text):
        return Features("title", credit=True) if credits_in(text) else Features("alt")
    if addresses_in(text) and piece.words <= 3:
        return Features("address")
    furniture = kind_of_line(text)
    if _is_label(text):
        return Features("label", furniture="label")
    if furniture and (piece.words <= 10 or furniture in {"dialog", "footer", "promo", "discussion", "end"}):
        return Features("furniture", furniture=furniture, sentence=is_sentence(text, piece.words))
    if _HANDLE.match(text) or _HASHTAGS.match(text) or not any(sign.isalpha() for sign in text):
        return Features("furniture", furniture="share")
    noted = _FOOTNOTE.match(text) and piece.words >= 5 and not piece.links
    if noted and (is_sentence(text, piece.words) or read_notice(text)):
        return Features("footnote")
    return _worded(piece)


def _is_time_and_name(text: str, words: int) -> bool:
    """True for a short line that gives a date and with it a name or a place, and says nothing."""
    if words > 14 or SENTENCE_END.search(text) or not any(sign.isdigit() for sign in text):
        return False
    first = key_of(text).split(" ", 1)[0]
    labelled = first in vocabulary().labels["published"] | vocabulary().labels["updated"]
    if labelled and (has_clock_time(text) or re.search(r"\d{4}", text)):
        return True
    found = find_dates(text, language="fr")
    if not found:
        return False
    rest = " ".join([text[: found[0].start], text[found[-1].end :]])
    return len(key_of(rest).split()) <= 7 and (has_clock_time(rest) or bool(_BY_WORD.search(rest)) or words <= 7)


def _is_row(text: str) -> bool:
    """True for a line set in columns."""
    return len([cell for cell in _COLUMNS.split(text) if cell.strip()]) >= (2 if "\t" in text else 3)


def _row(text: str) -> Features:
    """A line set in columns: a row of a table, or times, counters and buttons side by side."""
    kinds = [_kind_of_cell(cell.strip()) for cell in _COLUMNS.split(text) if cell.strip()]
    if all(kinds) and not set(kinds) <= {"time", "counter"}:
        return (
            Features("time") if "time" in kinds else Features("furniture", furniture=next(filter(_is_furniture, kinds)))
        )
    if kinds[0] == "time" and len(kinds) == 2:
        return Features("timed")
    return Features("cells", credit=bool(credits_in(text)))


def _is_furniture(kind: str | None) -> bool:
    """True for a kind of furniture, not of a number or time."""
    return kind not in {"time", "counter", None}


def _mark_lone_rows(pieces: list[Piece], features: list[Features]) -> None:
    """Numbers side by side that no other row stands by are counters and no table."""
    for number, item in enumerate(features):
        near = features[max(0, number - 1) : number] + features[number + 1 : number + 2]
        alone = item.kind == "cells" and not any(other.kind == "cells" for other in near)
        if alone and all(_COUNTER.match(cell) for cell in _COLUMNS.split(pieces[number].text) if cell.strip()):
            features[number] = Features("counter")


def _kind_of_cell(cell: str) -> str | None:
    """What the words of one column are, where they are no part of a table."""
    if is_only_time(cell):
        return "time"
    if _COUNTER.match(cell):
        return "counter"
    return kind_of_line(cell)


def _worded(piece: Piece) -> Features:
    """A piece of words: credit, prose, item of a list or of a rail, title."""
    text = piece.text
    if (
        piece.words <= 45
        and _RIGHTS.search(text)
        and not (piece.words > 6 and SENTENCE_END.search(text) and "©" not in text)
        and not _credit_parts(text)
    ):
        return Features("furniture", furniture="footer")
    credit = bool(credits_in(text))
    if _TWEET.search(text):
        return Features("embed", sentence=True, credit=False)
    if is_related(text):
        return Features("related")
    if piece.words <= 60 and _ABOUT_AUTHOR.match(text):
        return Features("furniture", furniture="end", sentence=True)
    sentence = is_sentence(text, piece.words)
    if sentence and piece.words >= 4:
        return Features("prose", sentence=True, credit=credit)
    if 0 < leading_time(text) < len(text) and piece.words <= 25:
        return Features("timed", credit=credit)
    return Features("title", credit=credit)


def _credit_parts(text: str) -> bool:
    """True where the text after the sign is a picture's credit."""
    return bool(credits_in(text[:500]))


def _is_label(text: str) -> bool:
    """True for a label of tags, alone or with the tags after it."""
    if len(text) > 400:
        return False
    head, colon, _ = text.partition(":")
    if not colon:
        head, colon, _ = text.partition("：")
    if colon and len(head) < 40:
        return has_label(head, "tags")
    return has_label(text, "tags") and (
        text.endswith(":") or key_of(text) not in {"temas", "themen", "topics", "tag"} or len(text) < 12
    )


def is_related(text: str) -> bool:
    """True for `Read more: title` and its like."""
    if len(text) > 300:
        return False
    head, colon, rest = text.partition(":")
    if not colon or not rest.strip() or not has_label(head, "related"):
        return bool(after_related_label(text))
    key = key_of(head)
    strong = key in vocabulary().labels["related"] and key not in {
        "background",
        "opinion",
        "explainer",
        "read",
        "watch",
        "listen",
        "more",
        "lire",
    }
    if strong:
        return True
    return key in vocabulary().labels["related"] and not SENTENCE_END.search(text)


_WEIGHTS = {
    "counter": -0.5, "alt": -0.5, "address": -1.5, "time": -1.5, "label": -25.0, "footnote": -2.0, "related": -1.0,
    "timed": -4.0, "repeat": -1.0, "title": -1.5, "cells": 0.5, "embed": 2.0,
}  # fmt: skip
_FURNITURE_WEIGHTS = {
    "discussion": -40.0, "reply": -14.0, "rail": -7.0, "share": -1.0, "dialog": -4.0, "promo": -2.5, "navigation": -3.0,
    "footer": -10.0, "end": -12.0,
}  # fmt: skip


def _weight(piece: Piece, item: Features) -> float:
    """How much the piece speaks for (or against) lying inside the article."""
    if item.furniture and item.furniture in _FURNITURE_WEIGHTS:
        return _FURNITURE_WEIGHTS[item.furniture]
    if item.kind == "prose":
        words = min(piece.words, 120)
        if item.rules >= 0.55:
            return max(-26.0, -words * item.rules)
        return words * (1.0 - item.rules * 1.3) * (1.0 if piece.words >= 9 else 0.6)
    if item.kind == "title":
        if item.credit:
            return 0.0
        return -3.0 if piece.whole_link else (-6.0 if item.rules > 0.8 else -1.5)
    if item.kind == "cells" and piece.links > 1:
        return -3.0
    return _WEIGHTS.get(item.kind, -1.0)
