"""Plain-text dumps of news pages: what a person gets by copying a whole page, or from a text browser."""

from broadsheet.importing.engines.dump.reader import read_dump

__all__ = ["read_dump"]
