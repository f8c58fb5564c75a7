"""The values a rulebook is made of. All are frozen: another rulebook is another version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a clause asks: a duty of everyone, a ground on which a comment may be deleted, or one on which it is."""

    DUTY = "duty"
    DISCRETIONARY = "discretionary"
    GROUND = "ground"


class Handling(StrEnum):
    """The most a machine's finding may do; `human` leaves the clause to people alone."""

    FLAG = "flag"
    SLOW = "slow"
    WARN = "warn"
    HOLD = "hold"
    HUMAN = "human"


class Priority(StrEnum):
    """Where a case of this clause stands in the queue."""

    NORMAL = "normal"
    TOP = "top"


@dataclass(frozen=True, slots=True)
class Use:
    """A detector that serves a clause: from `threshold` on its finding counts, and leads to `handling`."""

    name: str
    threshold: float
    options: Mapping[str, object] = field(default_factory=dict)
    handling: Handling = Handling.FLAG


@dataclass(frozen=True, slots=True)
class Story:
    """The article an example stands under."""

    title: str
    standfirst: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One comment of a sequence, `seconds` after its beginning."""

    author: str
    seconds: int
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A comment, or a sequence of comments in `steps`; with the article and the comment it answers where they matter."""

    text: str = ""
    steps: tuple[Step, ...] = ()
    article: Story | None = None
    parent: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every comment of the example."""
        return tuple(step.text for step in self.steps) if self.steps else (self.text,)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement of reasons under this clause says in the EU Transparency Database, if nothing else is chosen."""

    category: str
    keywords: tuple[str, ...]
    ground: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause in one version. Examples stand in pairs: the n-th permitted one is the n-th forbidden one's neighbour."""

    code: str
    kind: Kind
    on: bool
    handling: Handling
    priority: Priority
    version: int
    title: Mapping[str, str]
    text: Mapping[str, str]
    permitted: Mapping[str, tuple[Example, ...]]
    forbidden: Mapping[str, tuple[Example, ...]]
    detectors: tuple[Use, ...]
    statement: Statement
    care: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A part of the standards beside the clauses, such as how a blocked reader asks to be let in again."""

    code: str
    title: Mapping[str, str]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The standards as a whole: `before` and `after` are the texts around the clauses, in the order they are read.

    `variables` hold what a newsroom fills in, per language; `headings` the words of the document itself.
    """

    version: int
    effective: date
    languages: tuple[str, ...]
    clauses: Mapping[str, Clause]
    before: tuple[Text, ...]
    after: tuple[Text, ...]
    variables: Mapping[str, Mapping[str, str]] = field(repr=False)
    headings: Mapping[str, Mapping[str, str]] = field(repr=False)

    @property
    def publisher(self) -> Mapping[str, str]:
        """The publisher's name per language."""
        return self.variables["publisher"]

    @property
    def texts(self) -> tuple[Text, ...]:
        """All texts beside the clauses."""
        return self.before + self.after
