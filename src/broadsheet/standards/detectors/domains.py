"""Lists of domains: shorteners, shops, adverts, known names that others imitate, and what is known to do harm."""

from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "lists" / "domains.list"


@dataclass(frozen=True, slots=True)
class Domains:
    """Registered domains by kind."""

    shorteners: frozenset[str]
    shops: frozenset[str]
    adverts: frozenset[str]
    known: frozenset[str]
    malware: frozenset[str]

    @classmethod
    def shipped(cls) -> "Domains":
        """Return the lists that come with this version."""
        kinds: dict[str, set[str]] = {}
        kind = ""
        for raw in FILE.read_text(encoding="utf-8").splitlines():
            line = raw.partition("#")[0].strip()
            if line.startswith("["):
                kind = line.strip("[]")
            elif line:
                kinds.setdefault(kind, set()).update(line.split())
        return cls(**{name: frozenset(kinds.get(name, ())) for name in cls.__slots__})
