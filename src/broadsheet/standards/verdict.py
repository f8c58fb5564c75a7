"""What a judge says: findings with clause, words and score, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Handling = Literal["flag", "slow", "warn", "hold", "human"]
Outcome = Literal["publish", "flag", "slow", "warn", "hold", "not_scored"]
# From mild to severe: the severest handling among the findings is the outcome.
ORDER: tuple[Outcome, ...] = ("publish", "flag", "slow", "warn", "hold", "not_scored")


@dataclass(frozen=True, slots=True)
class Finding:
    """One clause that a text seems to break: who noticed it, how surely (0 to 1), and which words say so.

    Spans are code points of the original text, the end exclusive; `words` are the text at those spans. A finding without
    spans is about the whole.
    """

    clause: str
    handling: Handling
    detector: str
    version: int
    score: float
    spans: tuple[tuple[int, int], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows for one submission. Nothing here deletes: a machine warns, holds, slows and flags.

    `scores` holds the highest score noticed per clause, also where it stayed below the clause's threshold; `attributes`
    how likely the text is toxic, an insult, a threat and so on, whatever the clauses; `not_covered` the clauses that nobody here can notice in this language; `not_scored` what failed, in which case that
    is the outcome; `care` asks to show the author where help is found.
    """

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    not_covered: tuple[str, ...] = ()
    not_scored: tuple[str, ...] = ()
    care: bool = False
    attributes: Mapping[str, float] = field(default_factory=dict)
