"""Where the shared data come from: origin, licence and attribution of every source, for the model card."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "sources.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """A source of texts; `doubt` says what about its licence a person should still look up, `note` what else to know."""

    name: str
    what: str
    origin: str
    licence: str
    attribution: str
    note: str = ""
    doubt: str = ""


def sources(file: Path = FILE) -> list[Source]:
    """Return the sources in their order in the file."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return [Source(name, **fields) for name, fields in tables.items()]
