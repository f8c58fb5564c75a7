"""What makes a letter whole, and who may answer it (MOD-05)."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal
from broadsheet.moderation.conf import LONGEST_REASON
from broadsheet.moderation.rules.decisions import Actor


class Asks(StrEnum):
    """What a letter asks for: its subject."""

    RESTORE_ACCOUNT = "restore_account"
    UNLOCK_ACCESS = "unlock_access"
    COMMENT = "comment"


class Part(StrEnum):
    """A part of a letter that can be missing."""

    SUBJECT = "subject"
    USER_ID = "user_id"
    EXPLANATION = "explanation"


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in a mail: what it asks for, the User IDs it may name, and the text in the writer's own words."""

    asks: Asks | None
    user_ids: tuple[str, ...]
    text: str

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter at all, and no other message: it has one of the subjects, or names a User ID."""
        return self.asks is not None or bool(self.user_ids)

    @property
    def missing(self) -> tuple[Part, ...]:
        """Which parts it lacks."""
        lacks = (
            (Part.SUBJECT, self.asks is None),
            (Part.USER_ID, not self.user_ids),
            (Part.EXPLANATION, not explains(self.text)),
        )
        return tuple(part for part, missing in lacks if missing)


_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 10
_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|wg|fw|fwd|sv|tr|rep|ref|antw|رد|اعاده توجيه|توجيه|اجابه)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+"
)
_RESTORE = (
    r"restor\w*|reinstat\w*|reactivat\w*|restaur\w*|retabli\w*|reactiv\w*|recuper\w*|استعاد\w*|استرجاع|استرداد|اعاده"
)
_UNLOCK = r"unlock\w*|unblock\w*|unban\w*|debloc\w*|debloq\w*|deverrouill\w*|(?:ال)?فتح|فك|رفع|الغاء"
_BARRED = r"block\w*|bann\w*|locked|suspend\w*|bloqu\w*|verrouill\w*|bannis?\w*|(?:ال)?محظور|(?:ال)?حظر|(?:ال)?مغلق|(?:ال)?موقوف"
_ACCOUNT = r"accounts?|comptes?|(?:ال)?حساب\w*"
_ACCESS = r"access|acces|(?:ال)?وصول|(?:ال)?دخول|(?:ال)?حظر|(?:ال)?قفل"
_GONE = r"delet\w*|clos\w*|supprim\w*|ferme\w*|(?:ال)?محذوف|حذف"
_COMMENT = r"comments?|commentaires?|(?:ال)?تعليق\w*"
_FILLERS = frozenset(
    [
        "my",
        "the",
        "a",
        "an",
        "of",
        "about",
        "on",
        "your",
        "his",
        "her",
        "it",
        "is",
        "was",
        "on",
        "for",
        "please",
        "request",
        "mon",
        "ma",
        "mes",
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "d",
        "des",
        "un",
        "une",
        "sur",
        "svp",
        "demande",
        "deleted",
        "removed",
        "hidden",
        "held",
        "wrongly",
        "supprime",
        "retire",
        "masque",
        "efface",
        "طلب",
        "حول",
        "بشان",
        "عن",
        "حذف",
        "المحذوف",
    ]
)
_LABEL = r"(?:user[\s_-]*id|user|identifiant(?:\s+(?:d['’ ]\s*)?utilisat\w+)?|id\b|معرف(?:\s+المستخدم)?|رقم\s+المستخدم)"
_LABELLED = re.compile(
    rf"{_LABEL}\W{{0,12}}(?:(?:is|est|هو)\W{{1,4}})?((?:[^\W_][\W_]{{0,2}}){{9}}[^\W_])(?![^\W_])", re.IGNORECASE
)
_BARE = re.compile(rf"(?<![^\W_])([{_ALPHABET}]{{10}}|(?=[a-z]*\d)[{_ALPHABET.lower()}]{{10}})(?![^\W_])")
_GROUPED = re.compile(
    rf"(?<![^\W_])(?=[{_ALPHABET} .·–-]{{0,24}}\d)[{_ALPHABET}]{{2,5}}(?:[ .·–-]{{1,2}}[{_ALPHABET}]{{2,5}}){{1,4}}(?![^\W_])"
)
_SUBJECT_LINE = re.compile(r"^\s*(?:subject|objet|sujet|الموضوع)\s*[:：]\s*(.+)$", re.IGNORECASE | re.MULTILINE)


def plain(text: str) -> str:
    """Return the text in small letters without marks: accents, and in Arabic the forms of one letter."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign) and sign != "ـ")
    return bare.translate(str.maketrans("أإآٱىة", "اااايه"))


def asked_for(subject: str, *, strict: bool = False) -> Asks | None:
    """Return what a subject asks for, however it is written in English, French or Arabic; None where for none of the three.

    `strict` is for a mail that names no User ID: there the word for comments must stand nearly alone, since other
    messages speak of comments, too.
    """
    words = " ".join(re.findall(r"\w+", _PREFIX.sub("", plain(subject)[:1000])))

    def has(*patterns: str) -> bool:
        return all(re.search(rf"\b(?:{pattern})\b", words) for pattern in patterns)

    if has(_RESTORE, _ACCOUNT):
        return Asks.RESTORE_ACCOUNT
    if has(f"{_UNLOCK}|{_RESTORE}", f"{_ACCESS}|{_ACCOUNT}") or has(_BARRED, f"{_ACCOUNT}|{_ACCESS}"):
        return Asks.UNLOCK_ACCESS
    if has(_GONE, _ACCOUNT) and not strict:
        return Asks.RESTORE_ACCOUNT
    rest = [word for word in words.split() if word not in _FILLERS]
    if rest and all(re.fullmatch(_COMMENT, word) for word in rest):
        return Asks.COMMENT
    return Asks.COMMENT if not strict and has(r"comments?|commentaires|(?:ال)?تعليق\w*") else None


def user_ids_in(text: str) -> tuple[str, ...]:
    """Return what may be a User ID in the text, the likeliest first: after its name, then whatever looks like one."""
    read = "".join(_digit(sign) for sign in unicodedata.normalize("NFKC", text))
    named = [match.group(1) for match in _LABELLED.finditer(plain_keeping_case(read))]
    bare = [match.group(1) for match in _BARE.finditer(read)]
    grouped = [match.group(0) for match in _GROUPED.finditer(read)]
    found = (re.sub(r"[\W_]", "", one).upper() for one in (*named, *bare, *grouped))
    return tuple(dict.fromkeys(one for one in found if len(one) == _LENGTH and set(one) <= set(_ALPHABET)))[:5]


def plain_keeping_case(text: str) -> str:
    """Return the text without marks, its letters as they are, so that names of fields are found."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _digit(sign: str) -> str:
    return str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign


def explains(text: str) -> bool:
    """Return whether the text says something besides naming the User ID and the subject: three words at least."""
    rest = plain_keeping_case(text)
    for found in (_SUBJECT_LINE, _LABELLED, _BARE, _GROUPED):
        rest = found.sub(" ", rest)
    words = [word for word in re.findall(r"[^\W\d_]+", rest) if len(word) > 1]
    return len(words) >= 3


def read_letter(subject: str, own: str, whole: str) -> Read:
    """Return what a mail says: `own` are the writer's own words, `whole` has what they quoted, too."""
    ids = tuple(dict.fromkeys((*user_ids_in(f"{subject}\n{own}"), *user_ids_in(whole))))[:5]
    lines = [match.group(1) for match in _SUBJECT_LINE.finditer(own[:2000])][:3]
    asks = next((found for line in (subject, *lines) if (found := asked_for(line, strict=not ids))), None)
    return Read(asks, ids, own)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a letter stands, as far as answering it asks: whose it is, and who decided what it is about."""

    state: str
    reader_id: int | None
    deciders: Collection[int]


def refuse_answering(letter: Standing | None, by: Actor, reason: str) -> Refusal | None:
    """Say why this person can't answer the letter: it isn't open, they decided first, or they give no reason (MOD-05)."""
    what = _("The letter wasn't answered.")
    if letter is None or letter.state != "open":
        why = _("There is no such letter, its sender isn't known yet, or it was answered before.")
        return Refusal("no-open-letter", what, why, _("Look at the letter again."))
    if by.reader_id in letter.deciders:
        why = _("A letter is decided by somebody other than the one who decided first.")
        return Refusal("first-decider", what, why, _("Leave it to a colleague."))
    if not reason.strip() or len(reason) > LONGEST_REASON:
        why = _("It has no reason, or one that is too long.")
        return Refusal("no-reason", what, why, _("Tell the reader in some sentences why."))
    return None


def is_overdue(due_at: datetime, now: datetime) -> bool:
    """Return whether the time is over in which the letter was to be answered."""
    return due_at <= now


def in_order(parts: Sequence[str]) -> list[str]:
    """Return the parts in the order in which they are named."""
    return [str(part) for part in Part if part in parts]


_COMMON = {
    "fr": frozenset(
        [
            "je",
            "le",
            "la",
            "les",
            "mon",
            "ma",
            "mes",
            "est",
            "et",
            "que",
            "pas",
            "vous",
            "une",
            "des",
            "du",
            "compte",
            "bonjour",
            "merci",
            "objet",
        ]
    ),
    "en": frozenset(
        ["the", "my", "is", "and", "was", "i", "you", "to", "of", "not", "account", "hello", "please", "comment"]
    ),
}


def likely_language(text: str) -> str:
    """Return which of the three languages the text is in, as far as its letters and commonest words tell; else empty."""
    read = plain(text[:2000])
    if sum("\u0600" <= sign <= "\u06ff" for sign in read) * 3 > sum(sign.isalpha() for sign in read):
        return "ar"
    words = re.findall(r"[a-z]+", read)
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > min(counts.values()) else ""
