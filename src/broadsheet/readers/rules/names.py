"""Which display names are taken, and which of them look like another's: values in, a refusal or nothing out.

Names need not be unique; they may not imitate the staff or hide what they are (UTS 39 sections 3, 4 and 5.1-5.2).
"""

import unicodedata
from collections.abc import Iterable
from functools import cache

import regex
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal
from broadsheet.standards.text.folding import folded
from broadsheet.standards.text.lookalikes import latin

LONGEST = 40  # graphemes
MOST_CODE_POINTS = 160  # what the column holds
_MOST_MARKS = 3  # on one letter: Vietnamese and pointed Hebrew need as many
_PUNCTUATION = frozenset(" '’ʼ`´-‐‑.·,&_()״׳")
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Cc}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]")
_GRAPHEME = regex.compile(r"\X")
_SCRIPTS = {
    name: regex.compile(rf"\p{{Script={name}}}")
    for name in ("Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Han", "Hiragana", "Katakana", "Hangul", "Bopomofo",
                 "Armenian", "Georgian", "Devanagari", "Thai", "Cherokee", "Ethiopic", "Bengali", "Tamil")
}  # fmt: skip
_NEUTRAL = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]")
# UTS 39, "highly restrictive": scripts that one word may be written in together.
_TOGETHER = tuple(
    frozenset(group)
    for group in (
        ("Latin", "Han", "Hiragana", "Katakana"), ("Latin", "Han", "Hangul"), ("Latin", "Han", "Bopomofo"),
    )
)  # fmt: skip
_CONFUSED = frozenset(("Latin", "Cyrillic", "Greek", "Armenian", "Cherokee"))
# Words by which staff present itself, in the languages that ship; a paper's own names are given by the caller.
STAFF_WORDS = (
    "moderator", "moderators", "moderation", "admin", "admins", "administrator", "administration", "editor", "editors",
    "editorial", "newsroom", "newsdesk", "staff", "official", "support", "webmaster",
    "modérateur", "modérateurs", "modératrice", "modération", "administrateur", "administratrice", "rédaction",
    "rédacteur", "rédactrice", "officiel", "officielle", "moderatorin", "redaktion", "redakteur",
    "مشرف", "المشرف", "المشرفون", "إدارة", "الإدارة", "مدير", "المدير", "محرر", "المحرر", "التحرير",
)  # fmt: skip
RESERVED = ("anonymous", "deleted", "everyone", "nobody", "null", "undefined", "anonyme", "supprimé", "مجهول", "محذوف")
_TELLING = 8  # letters from which a staff word is recognised inside another word


def normal_name(name: str) -> str:
    """Return the name as it is kept: compatibility form, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


def skeleton(name: str) -> tuple[str, ...]:
    """Return what the words look like: names with the same skeleton can be taken for one another."""
    return tuple(_merged(word) for word in _words(name))


def joined(name: str) -> str:
    """Return what the name looks like written as one word."""
    return _merged("".join(_words(name)))


def _words(name: str) -> list[str]:
    signs = "".join(latin(sign) for sign in folded(normal_name(name)))
    return [word for word in regex.split(r"[^\p{L}\p{N}\p{M}]+", signs) if word]


def _merged(word: str) -> str:
    """Return the word with letters as one that look like one."""
    return word.replace("rn", "m").replace("vv", "w").replace("i", "l")


def refuse_name(name: str, reserved: Iterable[str] = ()) -> Refusal | None:
    """Say why the name isn't taken; `reserved` are the names of the paper, its editions and its staff."""
    kept = normal_name(name)
    return _refuse_signs(name, kept) or _refuse_scripts(kept) or _refuse_imitation(kept, reserved)


def _refuse_signs(name: str, kept: str) -> Refusal | None:
    graphemes = _GRAPHEME.findall(kept)
    if not any(unicodedata.category(sign)[0] in "LN" for sign in kept):
        return _refusal("name-empty", _("It has no letter or digit."), _("Write a name that can be read aloud."))
    if len(graphemes) > LONGEST or len(kept) > MOST_CODE_POINTS:
        return _refusal("name-long", _("It has more than 40 characters."), _("Shorten it."))
    if _INVISIBLE.search(name) or any(unicodedata.category(sign) == "Cc" for sign in name):
        return _refusal(
            "name-invisible", _("It has characters that nobody sees, or that turn the direction of writing."),
            _("Type it anew instead of pasting it."),
        )  # fmt: skip
    marks = max(sum(unicodedata.combining(sign) > 0 for sign in unicodedata.normalize("NFD", g)) for g in graphemes)
    if marks > _MOST_MARKS or any(not _may_stand(sign) for sign in kept):
        return _refusal(
            "name-signs", _("It has characters that aren't letters, digits or the punctuation of names."),
            _("Leave them out."),
        )  # fmt: skip
    return None


def _may_stand(sign: str) -> bool:
    return sign in _PUNCTUATION or unicodedata.category(sign) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"}


def _refuse_scripts(kept: str) -> Refusal | None:
    words = [_scripts(word) for word in kept.split()]
    everywhere = frozenset().union(*words) if words else frozenset()
    mixed = any(len(found) > 1 and not any(found <= group for group in _TOGETHER) for found in words)
    if mixed or len(everywhere & _CONFUSED) > 1:
        return _refusal(
            "name-mixed", _("It mixes letters of several scripts that look alike."), _("Write it in one script.")
        )
    return None


def _scripts(word: str) -> frozenset[str]:
    found = set()
    for sign in word:
        if not _NEUTRAL.match(sign):
            found.add(next((name for name, script in _SCRIPTS.items() if script.match(sign)), "another"))
    return frozenset(found)


def _refuse_imitation(kept: str, reserved: Iterable[str]) -> Refusal | None:
    words, together = skeleton(kept), joined(kept)
    alone, telling = _staff_skeletons()
    if together in alone or any(word in alone for word in words) or any(word in together for word in telling):
        return _imitates()
    for name in reserved:
        theirs = joined(name)
        if len(theirs) >= 2 and (together == theirs or _stands_in(skeleton(name), words)):
            return _imitates()
    return None


@cache
def _staff_skeletons() -> tuple[frozenset[str], tuple[str, ...]]:
    alone = frozenset(joined(word) for word in (*STAFF_WORDS, *RESERVED))
    return alone, tuple(joined(word) for word in STAFF_WORDS if len(word) >= _TELLING)


def _stands_in(theirs: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Return whether a name of several words, or one long one, stands as a whole inside."""
    size = len(theirs)
    if sum(map(len, theirs)) < 6:
        return False
    return any(words[at : at + size] == theirs for at in range(len(words) - size + 1))


def _imitates() -> Refusal:
    return _refusal(
        "name-imitates",
        _("It could be taken for that of the paper, its newsroom or its moderators."),
        _("Choose a name of your own."),
    )


def _refusal(code: str, why: str, remedy: str) -> Refusal:
    return Refusal(code, _("This display name can't be used."), why, remedy)
