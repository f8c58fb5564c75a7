"""All word lists in one search: every entry is found in one pass over a text, at the borders of words only.

A list is a text file `lists/NAME.LANGUAGE.txt`. `[group]` begins a group; `#` a remark; `endings:` and `beginnings:` name
what may stand at an entry without making it another word. An entry is one of

    word        the word, with the file's endings and beginnings
    =word       the word alone
    word*       any ending
    *word*      anywhere inside a word
    ~word       only in texts of the list's own language (with any of the above: ~=word)
    ^word       not with a capital, where it is a name (before all other signs)
    !word       a clean word, or with a hyphen a compound, in which nothing is found (!word*: with any ending)

and may be followed by `| score`. Entries of several words match across any one space.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from broadsheet.standards.text.folding import folded

SPARING = frozenset({"words.profanity"})  # groups whose lists name clean words
LISTS = Path(__file__).parent / "lists"
_REST = re.compile(r"[^\W_]{0,40}")
_COMPOUND, _COMPOUND_BEFORE = re.compile(r"[\w-]{0,40}"), re.compile(r"[\w-]{0,40}$")
_BEFORE = re.compile(r"[^\W_]{0,40}$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list."""

    words: str
    key: str  # name of the list and group: `words.profanity`
    language: str
    score: float
    open_left: bool
    open_right: bool
    own_language: bool
    named: bool
    endings: frozenset[str]
    beginnings: frozenset[str]


class Hit(NamedTuple):
    """An entry found in a folded text, from `start` to `end`: the whole word, with its endings."""

    entry: Entry
    start: int
    end: int


def read_list(path: Path) -> tuple[list[Entry], set[str]]:
    """Return the entries of a list file and its clean words."""
    name, language = path.name.removesuffix(".txt").rsplit(".", 1)
    entries: list[Entry] = []
    clean: set[str] = set()
    endings = beginnings = frozenset("")
    group = ""
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        if line.startswith("["):
            group = line.strip("[]")
        elif line.startswith("endings:"):
            endings = frozenset(folded(line.removeprefix("endings:")).split())
        elif line.startswith("beginnings:"):
            beginnings = frozenset(folded(line.removeprefix("beginnings:")).split())
        elif line.startswith("!"):
            clean.add(folded(line[1:]))
        else:
            entries.append(_entry(line, f"{name}.{group}", language, endings, beginnings))
    return entries, clean


def _entry(line: str, key: str, language: str, endings: frozenset[str], beginnings: frozenset[str]) -> Entry:
    words, _, score = (part.strip() for part in line.partition("|"))
    named = words.startswith("^")
    words = words.removeprefix("^")
    own = words.startswith("~")
    words = words.removeprefix("~")
    alone = words.startswith("=")
    words = words.removeprefix("=")
    left, right = words.startswith("*"), words.endswith("*")
    none: frozenset[str] = frozenset()
    return Entry(
        folded(words.strip("*")), key, language, float(score or 1), left, right, own, named,
        none if alone else endings, none if alone else beginnings,
    )  # fmt: skip


class Lexicon:
    """Entries that are searched together."""

    def __init__(self, entries: Iterable[Entry], clean: Iterable[str] = ()) -> None:
        by_words: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_words[entry.words].append(entry)
        spared = set(clean)
        self._clean = frozenset(word for word in spared if not word.endswith("*"))
        self._clean_beginnings = tuple(word.rstrip("*") for word in spared if word.endswith("*"))
        self._entries = list(by_words.values())
        self._grows = [
            (any(one.open_left or one.beginnings for one in same), any(one.open_right or one.endings for one in same))
            for same in self._entries
        ]
        self._search = AhoCorasick(list(by_words))
        self._masks: dict[tuple[str, int], list[tuple[str, Entry]]] = defaultdict(list)

    @classmethod
    def shipped(cls, more: Iterable[Entry] = ()) -> "Lexicon":
        """Return all lists that come with this version."""
        entries, clean = list(more), set[str]()
        for path in sorted(LISTS.glob("*.txt")):
            read, spared = read_list(path)
            entries += read
            clean |= spared
        return cls(entries, clean)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield what stands in a folded text, in no particular order."""
        length = len(text)
        for which, start, end in self._search.find_matches_as_indexes(text, overlapping=True):
            left = right = ""
            grows_left, grows_right = self._grows[which]
            if start and text[start - 1].isalnum():
                if not grows_left:
                    continue
                left = _BEFORE.search(text, max(0, start - 40), start)[0]  # type: ignore[index]
            if end < length and text[end].isalnum():
                if not grows_right:
                    continue
                right = _REST.match(text, end)[0]  # type: ignore[index]
            for entry in self._entries[which]:
                fits_left = not left or entry.open_left or left in entry.beginnings
                fits_right = not right or entry.open_right or right in entry.endings
                if (
                    fits_left
                    and fits_right
                    and not (entry.key in SPARING and self._is_clean(text, start - len(left), end + len(right)))
                ):
                    yield Hit(entry, start - len(left), end + len(right))

    def _is_clean(self, text: str, start: int, end: int) -> bool:
        """Say whether the word, or the compound it is part of, is one of the clean ones."""
        word = text[start:end]
        if text[start - 1 : start] == "-" or text[end : end + 1] == "-":
            before, after = (
                _COMPOUND_BEFORE.search(text, max(0, start - 40), start),
                _COMPOUND.match(text, end, end + 40),
            )
            word = (before[0] if before else "") + word + (after[0] if after else "")
        return word in self._clean or (bool(self._clean_beginnings) and word.startswith(self._clean_beginnings))

    def prepare_masks(self, keys: frozenset[str]) -> None:
        """Let `masked` find the words of these groups, with their endings."""
        self._masks.clear()
        for entries in self._entries:
            for entry in entries:
                if entry.key not in keys or len(entry.words) < 3 or not entry.words.isalpha():
                    continue
                for ending in {"", *entry.endings, *(_OPEN_ENDINGS if entry.open_right else ())}:
                    form = entry.words + ending
                    self._masks[form[0], len(form)].append((form, entry))

    def masked(self, pattern: str) -> Iterator[Entry]:
        """Yield what may be meant by a pattern such as `f??k`; nothing where too little is left to tell."""
        shown = [(at, sign) for at, sign in enumerate(pattern) if sign != "?"]
        if len(pattern) < 3 or len(pattern) > 30 or len(shown) == len(pattern):
            return
        lone = len(shown) == 1
        for form, entry in self._masks.get((pattern[0], len(pattern)), ()):
            if lone and (entry.own_language or entry.score < 1 or len(form) > 5):
                continue
            if all(form[at] == sign for at, sign in shown):
                yield entry


_OPEN_ENDINGS = ("s", "er", "ers", "ed", "in", "ing", "y", "ty", "tty", "head", "face", "wit", "wits")
