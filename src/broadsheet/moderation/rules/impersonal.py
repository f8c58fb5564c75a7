"""Takes what names or quotes a person from words that go to a public database (DSA art. 24(5): no personal data)."""

import re
from collections.abc import Iterable

GAP = "[…]"
RUN = 4  # words in a row that are the comment's own
_ADDRESS = re.compile(r"[^\s@<>()\[\]“”«»\"]+@[^\s@<>()\[\]“”«»\"]+\.[^\W\d_]{2,}")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PERMALINK = re.compile(r"\S*/comment/\d+\S*")
_HANDLE = re.compile(r"(?<![\w/])@[\w.-]{2,}")
_NUMBER = re.compile(r"(?<![\w/])(?:\+|00?)\d[\d \u00a0().-]{6,}\d")
_USER_ID = re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{10}\b")
_QUOTED = re.compile(r"“[^”]*”?|„[^“”]*[“”]?|«[^»]*»?|‹[^›]*›?|\"[^\"]*\"?|‘[^’]*’?|「[^」]*」?")
_WORD = re.compile(r"\w+")
_GAPS = re.compile(rf"{re.escape(GAP)}(?:[\s,;:–-]*{re.escape(GAP)})+")


def impersonal(text: str, *, comment: str = "", names: Iterable[str] = ()) -> str:
    """Return the text without addresses, links, handles, numbers, quotations, these names and the comment's own words.

    Each leaves a gap that is seen; empty where nothing but gaps is left.
    """
    for pattern in (_QUOTED, _LINK):
        text = pattern.sub(GAP, text)
    text = nameless(_without_words_of(comment, text), names=names)
    return text if _WORD.search(text) else ""


def nameless(text: str, *, names: Iterable[str] = ()) -> str:
    """Return the text without addresses of mail, handles, numbers of accounts and phones, permalinks and these names.

    Quotations and other links stay: for the names of laws and the words of clauses.
    """
    for pattern in (_PERMALINK, _ADDRESS, _HANDLE, _NUMBER, _USER_ID):
        text = pattern.sub(GAP, text)
    for name in sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", GAP, text, flags=re.IGNORECASE)
    return _GAPS.sub(GAP, text).strip()


def _without_words_of(comment: str, text: str) -> str:
    """Return the text without runs of words that the comment has, too."""
    theirs = [word.casefold() for word in _WORD.findall(comment)]
    known = {tuple(theirs[at : at + RUN]) for at in range(len(theirs) - RUN + 1)}
    words = list(_WORD.finditer(text))
    said = [word.group().casefold() for word in words]
    hit: set[int] = set()
    for at in range(len(said) - RUN + 1):
        if tuple(said[at : at + RUN]) in known:
            hit.update(range(at, at + RUN))
    pieces, end, before = [], 0, -2
    for at in sorted(hit):
        begin = words[at].start()
        if at != before + 1:
            pieces += [text[end:begin], GAP]
        end, before = words[at].end(), at
    return "".join([*pieces, text[end:]])
