"""Personal data: ways to reach a person, numbers that identify one, where one lives, and private letters."""

import re
from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use, option_set
from broadsheet.standards.detectors.lexicon import Lexicon
from broadsheet.standards.detectors.personal_data.addresses import addresses
from broadsheet.standards.detectors.personal_data.letters import emails, letters
from broadsheet.standards.detectors.personal_data.numbers import numbers
from broadsheet.standards.detectors.personal_data.phones import phones, phones_in_words
from broadsheet.standards.detectors.personal_data.plates import plates
from broadsheet.standards.detectors.personal_data.surroundings import Found, Surroundings
from broadsheet.standards.detectors.reading import groups, language_of
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.folding import folded

KINDS = frozenset({"phones", "emails", "numbers", "addresses", "letters", "plates"})
LEAST_DIGITS = 6
_SIGNS = re.compile(r"[^a-z0-9@]")


class PersonalData:
    """Finds personal data by form, checksum and the words beside it.

    Options: `kinds`, of phones, emails, numbers (cards, accounts, national ids), addresses, letters, plates (all by default);
    `regions`, countries whose national phone numbers are known beside those of the comment's language; `allow`, what is
    public: whole e-mail addresses, domains, phone numbers, postal addresses.
    """

    name, version, cost = "personal_data", 2, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"PRIVACY": {}}
    languages: frozenset[str] = frozenset()

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield each item once; public ones are left out."""
        kinds = option_set(use, "kinds") or KINDS
        allowed = frozenset(_bare(item) for item in option_set(use, "allow"))
        taken: list[tuple[int, int]] = []
        for found in self._all(seen, submission, kinds, tuple(sorted(option_set(use, "regions")))):
            text = folded(seen.original[found.start : found.end])
            if _is_allowed(text, allowed) or any(found.start < end and start < found.end for start, end in taken):
                continue
            taken.append((found.start, found.end))
            yield Sighting(found.score, ((found.start, found.end),))

    def _all(
        self, seen: Seen, submission: Submission, kinds: frozenset[str], regions: tuple[str, ...]
    ) -> Iterator[Found]:
        near = Surroundings(seen, groups(seen, submission, self._lexicon))
        if "letters" in kinds:
            yield from letters(seen)
        if "emails" in kinds:
            yield from emails(seen)
        if "plates" in kinds:
            yield from plates(seen, near)
        if "phones" in kinds:
            yield from phones_in_words(seen, near, regions)
        if sum(map(seen.folded.count, "0123456789")) >= LEAST_DIGITS:
            if "numbers" in kinds:
                yield from numbers(seen, near)
            if "phones" in kinds:
                yield from phones(seen, near, language_of(seen, submission), regions)
        if "addresses" in kinds:
            yield from addresses(seen, near)


def _bare(text: str) -> str:
    return _SIGNS.sub("", folded(text))


def _is_allowed(text: str, allowed: frozenset[str]) -> bool:
    if not allowed:
        return False
    bare = _bare(text)
    return bare in allowed or ("@" in bare and bare.partition("@")[2] in allowed)
