"""The words that tell a page's furniture from its article, read once from the tables beside this file."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_NOT_LETTERS = re.compile(r"[\W\d_]+")
_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-ZÀ-ÞА-Я][^\W\d_A-Z])")
_PARTS = re.compile(r"\s{2,}|\t|\s*[|·•]\s*|\[[^\[\]]{0,40}\]")
_BULLET = re.compile(r"^(?:[*+•◦▪»›o#-]|\d{1,2}[.)])\s+")
_PREFIX_LEAST = 4
_SHORT = 300
KINDS = ("discussion", "reply", "rail", "share", "dialog", "promo", "navigation", "footer", "end")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Whole-line phrases, openings and labels of a page's furniture, by kind."""

    phrases: dict[str, str]
    openings: dict[str, tuple[tuple[str, str], ...]]
    labels: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Language:
    """The commonest words, months and rule words of one language."""

    code: str
    common: frozenset[str]
    months: dict[str, int]
    strong: frozenset[str]
    weak: frozenset[str]
    strong_stems: frozenset[str]
    weak_stems: frozenset[str]


def key_of(text: str) -> str:
    """A line as it is compared: small letters and single spaces only."""
    return _short_key(text) if len(text) <= _SHORT else _key(text)


@lru_cache(maxsize=50_000)
def _short_key(text: str) -> str:
    """The key of a line, kept, since a page's lines are compared many times."""
    return _key(text)


def _key(text: str) -> str:
    """Small letters and single spaces; the dot that a small letter keeps of a capital İ is taken off."""
    return _NOT_LETTERS.sub(" ", text.casefold().replace("i\u0307", "i")).strip()


@cache
def vocabulary() -> Vocabulary:
    """The table of furniture."""
    table = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    phrases: dict[str, str] = {}
    openings: dict[str, list[tuple[str, str]]] = {}
    for kind in KINDS:
        for phrase in table[kind].get("phrases", ()):
            phrases.setdefault(key_of(phrase), kind)
        for opening in table[kind].get("openings", ()):
            words = key_of(opening)
            if words:
                openings.setdefault(words.split()[0], []).append((words, kind))
    labels = {name: frozenset(key_of(item) for item in items) for name, items in table["labels"].items()}
    return Vocabulary(phrases, {first: tuple(items) for first, items in openings.items()}, labels)


@cache
def languages() -> dict[str, Language]:
    """The table of languages by code."""
    table = tomllib.loads(files(__package__).joinpath("languages.toml").read_text(encoding="utf-8"))
    return {code: _language(code, entry) for code, entry in table.items()}


def _language(code: str, entry: dict[str, str]) -> Language:
    """One language's words, the stems apart from the whole words."""
    months: dict[str, int] = {}
    for name in ("months", "short_months", "levant_months"):
        for number, month in enumerate(entry.get(name, "").split(), start=1):
            for spelling in month.split("/"):
                months[spelling.replace("-", " ")] = number
    inflected = bool(entry.get("inflected"))
    strong, strong_stems = _stems(entry["strong"], inflected=inflected)
    weak, weak_stems = _stems(entry["weak"], inflected=inflected)
    return Language(code, frozenset(entry["common"].split()), months, strong, weak, strong_stems, weak_stems)


def _stems(words: str, *, inflected: bool) -> tuple[frozenset[str], frozenset[str]]:
    """Whole words, and the beginnings that count for any ending."""
    every = words.split()
    stems = {word.rstrip("*") for word in every if word.endswith("*") or (inflected and len(word) >= _PREFIX_LEAST)}
    return frozenset(word.rstrip("*") for word in every), frozenset(stems)


def kind_of_line(text: str) -> str | None:
    """What furniture the whole line is, or None; of a long one only its opening is looked at."""
    text = _BULLET.sub("", text)
    key = key_of(text[:200])
    if not key:
        return None
    table = vocabulary()
    kind = table.phrases.get(key) if len(text) <= 200 else None
    if kind:
        return kind
    if len(text) < 40 and len(key.split()) <= 4 and not table.labels["comments"].isdisjoint(key.split()):
        return "discussion"
    if len(text) <= 120 and len(joined := _SEAM.split(text)) > 1:
        kinds = [table.phrases.get(key_of(part)) for part in joined]
        if all(kinds):
            return kinds[0]
    if len(text) <= 300 and (row := _row_of_buttons(text, key)):
        return row
    for opening, opens in table.openings.get(key.split(" ", 1)[0], ()):
        if key == opening or key.startswith(opening + " "):
            return opens
    return None


def _row_of_buttons(text: str, key: str) -> str | None:
    """What furniture a row of several such words side by side is; None where one of them is none."""
    phrases = vocabulary().phrases
    words = key.split()
    if 2 <= len(words) <= 12 and all(phrases.get(word) == "share" for word in words):
        return "share"
    parts = [key_of(part) for part in _PARTS.split(text)]
    kinds = [phrases.get(part) for part in parts if part]
    return kinds[0] if kinds and len(parts) > 1 and all(kinds) else None


def after_related_label(text: str) -> str | None:
    """The title behind a label such as `Read more:`, or behind one of several words without a colon; else None."""
    text = text.lstrip("> ")
    head, colon, rest = text.partition(":")
    if colon and (has_label(head, "related") or (len(head) < 60 and _begins_with_label(head))):
        return rest.strip()
    count = _begins_with_label(text[:60])
    rest = text.split(" ", count)[-1] if count else ""
    capital = rest[:1].isupper() or text[: -len(rest) or None].isupper()
    return rest if capital and len(rest.split()) >= 3 and rest[-1:] not in ".;,…" else None


def _begins_with_label(text: str) -> int:
    """How many words the label of two words or more has that a text begins with; 0 where it has none."""
    words = text.split()
    labels = vocabulary().labels["related"]
    return next((count for count in (4, 3, 2) if len(words) > count and key_of(" ".join(words[:count])) in labels), 0)


def has_label(text: str, name: str) -> bool:
    """True where the text is one of the labels of that name."""
    return key_of(text) in vocabulary().labels[name]
