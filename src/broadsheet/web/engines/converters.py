"""The words of public addresses."""

from broadsheet.newsroom.queries.editions import EditionView, edition_by_code
from broadsheet.newsroom.queries.policies import KINDS


class EditionConverter:
    """An edition's code; unknown codes, and that of the edition at the root, match nothing."""

    regex = "[a-z]{2,3}(?:-[a-z0-9]{2,8})*"

    def to_python(self, value: str) -> EditionView:
        """Return the edition."""
        edition = edition_by_code(value)
        if edition is None or edition.at_root:
            raise ValueError(value)
        return edition

    def to_url(self, value: EditionView) -> str:
        """Return the code."""
        return value.code


class PageNumberConverter:
    """The second and further pages of a list; the first is the list's own address."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        """Return the number, from 2 on."""
        number = int(value)
        if number < 2:
            raise ValueError(value)
        return number

    def to_url(self, value: int) -> str:
        """Return the digits."""
        return str(value)


class PolicyConverter:
    """The kind of a policy: privacy, terms or standards."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        """Return the kind."""
        return value

    def to_url(self, value: str) -> str:
        """Return the kind."""
        return value


class VersionConverter(PageNumberConverter):
    """The number of a policy's version, from 1 on."""

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)


class YearConverter(PageNumberConverter):
    """A year of four digits."""

    regex = "[12][0-9]{3}"


class TwoDigitConverter:
    """A month or a day, as 07."""

    regex = "[0-3][0-9]"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return two digits."""
        return f"{value:02d}"


class NumberConverter:
    """The number of a page or a comment in the database."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the digits."""
        return str(value)
