"""A rulebook of the tests' own: every clause with the detectors that serve it, at one threshold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from broadsheet.standards.submission import Submission
from broadsheet.standards.verdict import Verdict


@dataclass(frozen=True)
class Use:
    name: str
    threshold: float = 0.6
    options: Mapping[str, object] = field(default_factory=dict)
    handling: str = "hold"


@dataclass(frozen=True)
class Clause:
    detectors: tuple[Use, ...]
    handling: str = "hold"
    on: bool = True
    care: bool = False


@dataclass(frozen=True)
class Book:
    clauses: Mapping[str, Clause]


SERVED = {
    "HATE": ("context_words",), "INSULT": ("words", "threats"), "PROFANITY": ("words",), "PRIVACY": ("personal_data",),
    "MALWARE": ("links",), "PROMOTION": ("links",), "COMMERCE": ("commerce", "links"), "SPAM": ("spam", "links", "copies"),
    "FORM": ("capitals",), "LANGUAGE": ("language",), "FLASHMOB": ("copies",), "FLOOD": ("flood", "gibberish", "copies"),
    "OFFTOPIC": ("off_topic",), "EXTREMISM": ("organisations", "how_to"), "SUICIDE": ("danger",), "DRUGS": ("how_to",),
    "MINORS": ("minors",), "CRUELTY": ("context_words",),
}  # fmt: skip


def book(**changed: Clause) -> Book:
    """Return the whole rulebook, with some clauses changed or added."""
    clauses = {code: Clause(tuple(Use(name) for name in names)) for code, names in SERVED.items()}
    return Book({**clauses, **changed})


def broken(verdict: Verdict) -> set[str]:
    """Return the codes of the clauses that a verdict finds broken."""
    return {finding.clause for finding in verdict.findings}


def saying(text: str, **more: object) -> Submission:
    """Return the text as a submission."""
    return Submission(text, **more)  # type: ignore[arg-type]
