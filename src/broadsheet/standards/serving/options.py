"""How a server is set up."""

from dataclasses import dataclass, field
from pathlib import Path

from broadsheet.standards.model.encoder import SHIPPED


@dataclass(frozen=True, slots=True)
class Options:
    """Where to listen, what to judge by, who may ask, and what is too much. Keys and secrets appear in no `repr`.

    No `keys`: any key will do, also none. No `secrets`: Coral's phase is closed. No `languages`: all that the models tell.
    `queue` counts texts that wait in a process; `seconds` is the longest until an answer, `read_seconds` until a request has
    come whole.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 1
    rulebook: Path | None = None
    model: Path = SHIPPED
    edition: str = "en"
    languages: frozenset[str] = frozenset()
    keys: tuple[bytes, ...] = field(default=(), repr=False)
    secrets: tuple[bytes, ...] = field(default=(), repr=False)
    queue: int = 512
    seconds: float = 5.0
    read_seconds: float = 10.0
