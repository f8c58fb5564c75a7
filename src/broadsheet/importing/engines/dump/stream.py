"""The dump as one stream: its pieces and what was noticed of each."""

from dataclasses import dataclass

from broadsheet.importing.engines.dump.features import Features
from broadsheet.importing.engines.dump.paragraphs import Piece


@dataclass(slots=True)
class Stream:
    """The pieces in order, their features, and the language they are in."""

    pieces: list[Piece]
    features: list[Features]
    language: str | None
