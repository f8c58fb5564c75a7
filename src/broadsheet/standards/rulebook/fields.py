"""Takes fields out of a table one by one, and refuses what is missing, of the wrong type, or not asked for."""

import difflib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Never, TypeVar

from broadsheet.standards.rulebook.errors import RulebookError
from broadsheet.standards.rulebook.files import Layered, Where

Choice = TypeVar("Choice", bound=StrEnum)
NAMES: dict[type, str] = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2027-01-31",
}
ABSENT = object()


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint at what was probably meant, else what there is."""
    known = sorted(known)
    for meant in (word, word.casefold(), word.upper()):
        close = difflib.get_close_matches(meant, known, n=1, cutoff=0.5 if len(word) > 3 else 0.6)
        if close:
            return f"did you mean {close[0]!r}?"
    return f"known: {', '.join(known)}"


class Fields:
    """The fields of one table. Take each, then `close`: what is left over was misspelt or does not belong here."""

    def __init__(self, source: Layered, where: Where = (), table: Mapping[str, object] | None = None) -> None:
        self.source = source
        self.where = where
        self.table = source.table if table is None else table
        self.asked: set[str] = set()

    def error(self, key: str | int | None, what: str) -> RulebookError:
        """Return the error about one field, or about the table itself."""
        return self.source.error(self.where if key is None else (*self.where, key), what)

    def value(self, key: str, default: object = ABSENT) -> object:
        """Return a field as it stands."""
        self.asked.add(key)
        found = self.table.get(key, default)
        if found is ABSENT:
            self.missing(key)
        return found

    def missing(self, key: str) -> Never:
        """Raise for a field that is not there, naming one that was perhaps meant to be it."""
        close = difflib.get_close_matches(key, set(self.table) - self.asked, n=1)
        hint = f"; is {close[0]!r} misspelt?" if close else ""
        raise self.error(close[0] if close else None, f"{key!r} is missing{hint}")

    def text(self, key: str, default: object = ABSENT, *, blank: bool = False) -> str:
        """Return a text; an empty one only where `blank` says so."""
        found = self.value(key, default)
        if not isinstance(found, str):
            raise self.error(key, f"must be {NAMES[str]}, is {found!r}")
        if not blank and not found.strip():
            raise self.error(key, "is empty")
        return found

    def whole(self, key: str, *, least: int) -> int:
        """Return a whole number of at least `least`."""
        found = self.value(key)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self.error(key, f"must be {NAMES[int]}, is {found!r}")
        if found < least:
            raise self.error(key, f"must be at least {least}, is {found}")
        return found

    def share(self, key: str) -> float:
        """Return a number from 0 to 1."""
        found = self.value(key)
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 1:
            raise self.error(key, f"must be a number from 0 to 1, is {found!r}")
        return float(found)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        found = self.value(key, default)
        if not isinstance(found, bool):
            raise self.error(key, f"must be {NAMES[bool]}, is {found!r}")
        return found

    def day(self, key: str) -> date:
        """Return a date without a time."""
        found = self.value(key)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise self.error(key, f"must be {NAMES[date]}, is {found!r}")
        return found

    def choice(self, key: str, kind: type[Choice], default: object = ABSENT) -> Choice:
        """Return one of the words of `kind`."""
        return kind(self.word(key, [member.value for member in kind], default))

    def word(self, key: str, known: Iterable[str], default: object = ABSENT) -> str:
        """Return a text that is one of `known`."""
        known = list(known)
        found = self.text(key, default)
        if found not in known:
            raise self.error(key, f"is {found!r}; {nearest(found, known)}")
        return found

    def words(self, key: str, known: Iterable[str] | None = None) -> tuple[str, ...]:
        """Return a list of different texts, each one of `known` where that is given."""
        found = self.value(key)
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise self.error(key, f"must be a list of texts, is {found!r}")
        for item in found:
            if known is not None and item not in known:
                raise self.error(key, f"names {item!r}; {nearest(item, known)}")
        if len(set(found)) < len(found):
            raise self.error(key, "names something twice")
        return tuple(found)

    def inner(self, key: str, *, optional: bool = False) -> "Fields":
        """Return the fields of a table inside this one; of an empty one where it may be absent."""
        found = self.value(key, {} if optional else ABSENT)
        if not isinstance(found, dict):
            raise self.error(key, f"must be a table, is {found!r}")
        return Fields(self.source, (*self.where, key), found)

    def per_language(self, key: str, needed: Iterable[str], known: Iterable[str]) -> dict[str, str]:
        """Return a text for each language that is needed, refusing languages that are not known."""
        table = self.inner(key)
        found = {language: table.text(language).strip() for language in needed}
        table.close(known)
        return found

    def close(self, known: Iterable[str] = ()) -> None:
        """Raise for the first field that was not asked for and is not among `known`."""
        expected = self.asked | set(known)
        for key in self.table:
            if key not in expected:
                raise self.error(key, f"is not a field of this table; {nearest(key, expected)}")
