"""Credits as dumps show them: the shared forms, and a name with the agency in brackets behind a caption."""

import re

from broadsheet.importing.rules.credits import AGENCIES, FoundCredit, find_credits, read_credit, split_trailing_credit
from broadsheet.importing.rules.page_result import Credit

_HINT = re.compile(
    r"©|\(c\)|ⓒ|&copy;|photo|foto|фото|image|picture|credit|crédit|bild|imagen|صور|تصوير|getty|/|\(\w|^\s*CC",
    re.IGNORECASE,
)
_NAME_AND_AGENCY = re.compile(
    r"(?:^|(?<=[.!?…”»\"])\s+|\s+[|·–—-]\s+)(?P<author>[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:[A-ZÀ-Þ][\w'’.-]*|de|del|la|van|von|der|al))"
    r"{1,4})\s+\((?P<agency>[A-Z][\w .&-]{1,28})\)\s*$"
)
_LABEL_IN_BRACKETS = re.compile(
    r"\((?:photo|foto|ph\.?|fotos?|bild|fotografia)\s+(?:by\s+|di\s+|de\s+|von\s+)?(?P<credit>[^()\d]{2,40})\)\s*$",
    re.IGNORECASE,
)
_AGENCY_IN_BRACKETS = re.compile(r"\s\((?P<agency>[^()\d]{2,30})\)\s*$")
_ARABIC_AGENCIES = (
    "الفرنسية",
    "رويترز",
    "الأناضول",
    "أسوشيتد برس",
    "الأوروبية",
    "غيتي",
    "غيتي إيميجز",
    "سبوتنيك",
    "شينخوا",
)
_KNOWN = frozenset(name.casefold() for name in (*AGENCIES, *_ARABIC_AGENCIES))
_MOST_CAPTION = 45


def credits_in(text: str) -> tuple[FoundCredit, ...]:
    """Every credit in a piece of the dump, in order."""
    if not _HINT.search(text):
        return ()
    found = find_credits(text[:6000])
    if found or len(text) > 600 or len(text.split()) > _MOST_CAPTION:
        return found
    return _in_brackets(text) if text.endswith(")") else _behind(text)


def _in_brackets(text: str) -> tuple[FoundCredit, ...]:
    """The credit that a caption ends with in brackets."""
    if match := _NAME_AND_AGENCY.search(text):
        if not _is_agency(match.group("agency"), match.group("author")):
            return ()
        credit = Credit(agency=match.group("agency"), year=None, author=match.group("author"), pool=False)
        return (FoundCredit(credit, match.start("author"), match.end()),)
    if match := _LABEL_IN_BRACKETS.search(text):
        labelled = read_credit(match.group("credit"))
        return (FoundCredit(labelled, match.start(), match.end()),) if labelled else ()
    match = _AGENCY_IN_BRACKETS.search(text)
    if match and match.group("agency").casefold() in _KNOWN:
        return (FoundCredit(Credit(agency=match.group("agency")), match.start(), match.end()),)
    return ()


def _behind(text: str) -> tuple[FoundCredit, ...]:
    """The credit `NAME / AGENCY` that a caption ends with and no sign announces."""
    caption, credit = split_trailing_credit(text)
    return (FoundCredit(credit, len(caption), len(text)),) if credit and caption else ()


def _is_agency(agency: str, author: str) -> bool:
    """True for a known agency, or initials behind a name in capitals."""
    return agency.casefold() in _KNOWN or (author.isupper() and (agency.isupper() or len(agency.split()) <= 3))
