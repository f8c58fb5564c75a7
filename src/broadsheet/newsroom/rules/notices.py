"""Finds names of the register of legal notices in a text (ART-08).

A mention of a whole name or alias is sure; one of a distinctive part ("al-X" for "Jabhat al-X") is perhaps one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from broadsheet.newsroom.rules.folding import ARABIC, Word, folded, words_of

ARTICLES = frozenset({"al", "el", "ul"})
_ARABIC_PREFIXES = ("", "و", "ف", "ب", "ك", "ل", "وب", "ول", "فب", "فل")
# Words that many organisations share: none of them alone tells one from another.
_GENERIC_WORDS = """
    a alliance and army association banned battalion black bloc brigade brigades campaign caliphate cell centre center
    church club committee company congress corps council defence defense division east eastern elite faction federation
    fighters first for force forces foundation free freedom front fund global government grand great group groups
    guard guards holy house international islamic jihad justice legion league liberation line movement muslim national
    nation network new news north northern office old order organisation organization party patriotic people peoples
    popular press province radio red regiment republic resistance revolutionary right school second sector security
    service society soldiers solidarity south southern special state states street struggle support the of in on to
    union unit united unity veterans voice volunteers watch west western white wing with world young youth
    alliance armee association bataillon bloc brigade brigades camp cause comite combat conseil corps d de des division
    du et etat faction federation fonds force forces front garde groupe groupes islamique islamiste jeunesse jeune l la
    le les liberation ligue mouvement national nationale nord nouveau nouvelle organisation ouest parti patriotique
    peuple populaire regiment republique resistance revolutionnaire section service societe sud union unite est
    hizb harakat jabhat jamaat jaish jaysh kataib katibat liwa tanzim ansar dawla ahrar
    und der die das bewegung bund gruppe partei volk volks ejercito frente movimiento partido unidad
    и в на за движение организация группа группировка фронт партия армия бригада союз исламское исламская государство
    جبهه حركه حزب جيش لواء كتيبه كتايب تنظيم جماعه الجبهه الحركه الحزب الجيش اللواء الكتيبه الكتايب التنظيم الجماعه
    دوله الدوله الاسلاميه الاسلامي منظمه المنظمه مجموعه المجموعه مجلس المجلس اتحاد الاتحاد قوات القوات انصار في من
    على و تحرير التحرير مقاومه المقاومه الوطني الوطنيه الشعبي الشعبيه
"""
GENERIC = frozenset(folded(word) for word in _GENERIC_WORDS.split())
PARTICLES = frozenset(
    [
        "a",
        "and",
        "d",
        "de",
        "des",
        "di",
        "du",
        "et",
        "for",
        "in",
        "l",
        "la",
        "le",
        "les",
        "of",
        "on",
        "the",
        "und",
        "y",
        "и",
        "в",
        "на",
        "для",
        "في",
        "من",
        "على",
        "و",
    ]
)
STEM = 5  # letters that a word must have before an ending counts as one
LONG_NAME = 4  # from so many words on, a single one of them (a country, say) no longer points at the name


@dataclass(frozen=True, slots=True)
class NoticeNames:
    """One entry of the register: its key, its name, its other names."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names, or perhaps names, an entry; `form` is the name or part that was met."""

    key: str
    form: str
    start: int
    end: int
    sure: bool


@dataclass(frozen=True, slots=True)
class _Pattern:
    key: str
    form: str
    words: tuple[Word, ...]
    sure: bool


def find_mentions(text: str, register: Iterable[NoticeNames]) -> list[Mention]:
    """Return the mentions in order, none overlapping another: whole names before parts, longer before shorter."""
    words = words_of(text)
    patterns = sorted(
        (pattern for entry in register for pattern in _patterns(entry)),
        key=lambda pattern: (not pattern.sure, -len(pattern.words), pattern.key, pattern.form),
    )
    first: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        for form in _readings(word.folded) | _stems(word.folded):
            first.setdefault(form, []).append(place)
    taken: set[int] = set()
    found: list[Mention] = []
    for pattern in patterns:
        for place in _starts(pattern, first):
            covered = range(place, place + len(pattern.words))
            if taken.intersection(covered) or not _matches(pattern, words[place : place + len(pattern.words)]):
                continue
            taken.update(covered)
            last = words[place + len(pattern.words) - 1]
            found.append(Mention(pattern.key, pattern.form, words[place].start, last.end, pattern.sure))
    return sorted(found, key=lambda mention: mention.start)


def distinctive_parts(name: str) -> list[str]:
    """Return the parts of a name that point at it by themselves."""
    words = words_of(name)
    if len(words) < 2:
        return []
    parts: list[str] = []
    significant = [word for word in words if word.folded not in ARTICLES | PARTICLES]
    many = len(significant) >= LONG_NAME
    if many:
        parts.append(name[words[0].start : words[1].end])
    for place, word in enumerate(words):
        if place and words[place - 1].folded in ARTICLES and not _is_generic(word):
            parts.append(name[words[place - 1].start : word.end])
        if not many and word.folded not in ARTICLES and not _is_generic(word):
            parts.append(word.written)
    return [part for part in dict.fromkeys(parts) if folded(part) != folded(name)]


@lru_cache(maxsize=4096)
def _patterns(entry: NoticeNames) -> tuple[_Pattern, ...]:
    names = [name for name in (entry.name, *entry.aliases) if words_of(name)]
    sure = [_Pattern(entry.key, name, tuple(words_of(name)), True) for name in names]
    whole = {tuple(word.folded for word in pattern.words) for pattern in sure}
    perhaps = [
        _Pattern(entry.key, part, tuple(words_of(part)), False)
        for name in names
        for part in distinctive_parts(name)
        if tuple(word.folded for word in words_of(part)) not in whole
    ]
    return (*sure, *perhaps)


def _is_generic(word: Word) -> bool:
    return word.folded in GENERIC or len(word.folded) < (3 if ARABIC.search(word.written) else 4)


def _starts(pattern: _Pattern, first: dict[str, list[int]]) -> list[int]:
    return first.get(_alike(pattern.words[0].folded), [])


def _matches(pattern: _Pattern, words: Sequence[Word]) -> bool:
    if len(words) < len(pattern.words) or any(word.broken for word in words[1:]):
        return False
    for place, (wanted, word) in enumerate(zip(pattern.words, words, strict=True)):
        readings = _readings(word.folded) if place == 0 else {_alike(word.folded)}
        if _alike(wanted.folded) not in readings and not _in_case(wanted, word):
            return False
    return _written_alike(pattern, words)


def _written_alike(pattern: _Pattern, words: Sequence[Word]) -> bool:
    """Return whether the capitals allow it: an acronym must be one, and a part that is a name must begin like one."""
    if len(pattern.words) > 1:
        return True
    wanted, word = pattern.words[0].written, words[0].written
    if wanted.isupper() and len(wanted) <= 6:
        return word.isupper()
    if not pattern.sure and wanted[0].isupper():
        return word[0].isupper()
    return True


def _alike(word: str) -> str:
    return "al" if word in ARTICLES else word


def _readings(word: str) -> set[str]:
    """Return what a word may be once particles written together with it are taken off."""
    found = {_alike(word)}
    if ARABIC.search(word):
        for prefix in _ARABIC_PREFIXES:
            if prefix and word.startswith(prefix) and len(word) > len(prefix) + 2:
                found.add(word[len(prefix) :])
        for prefix in ("لل", "ولل", "فلل"):
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                found.add(f"ال{word[len(prefix) :]}")
    return found


def _stems(word: str) -> set[str]:
    """Return the word without the short endings of case or number that it may have."""
    if ARABIC.search(word):
        return set()
    return {word[:-ending] for ending in (1, 2) if len(word) - ending >= STEM}


def _in_case(wanted: Word, word: Word) -> bool:
    """Return whether the word is the wanted one with a short ending of case or number."""
    return wanted.folded in _stems(word.folded)
