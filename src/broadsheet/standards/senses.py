"""What a judge notices with: loaded once, shared by all that judge in a process, changed by nobody."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from broadsheet.standards.detectors import Detector, by_name
from broadsheet.standards.detectors.copies import Copies
from broadsheet.standards.detectors.domains import Domains
from broadsheet.standards.detectors.encoder import Heads
from broadsheet.standards.detectors.fingerprinting import Fingerprinting
from broadsheet.standards.detectors.learned import Learned
from broadsheet.standards.detectors.lexicon import Lexicon
from broadsheet.standards.detectors.ngrams import Ngrams
from broadsheet.standards.detectors.off_topic import OffTopic
from broadsheet.standards.model.encoder import SHIPPED, Encoder, ModelError
from broadsheet.standards.model.learned import HeadError, LearnedHead
from broadsheet.standards.model.ngrams import FOLDER, Tables
from broadsheet.standards.submission import Article, Earlier, Submission
from broadsheet.standards.text import Seen

LIMIT = 2.0
Model = TypeVar("Model")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Senses:
    """Detectors by name. A rulebook may name others: where those serve a clause alone, it is not covered.

    `limit` is the processor time, in seconds, that one detector may take for one text before its answer counts as none.
    """

    detectors: Mapping[str, Detector]
    limit: float = LIMIT
    encoder: Encoder | ModelError | None = None  # None: judged by rules and lists alone
    fingerprinting: Fingerprinting = field(default_factory=Fingerprinting, repr=False)
    ngrams: Tables | ModelError | None = None  # as above, for languages that the encoder does not read
    plans: dict[int, Any] = field(default_factory=dict, repr=False)  # the judge's own notes

    @classmethod
    def load(cls, model: Path | None = SHIPPED) -> "Senses":
        """Return all that is shipped; without a `model` (None), what works by rules and lists.

        Raises where a list is missing or damaged. Where a file of the model is, nothing English is scored; where
        one of the n-grams is, nothing but English: their detector fails for every text, so that people read it.
        """
        lexicon = Lexicon.shipped()
        lexicon.prepare_masks(frozenset({"words.profanity"}))
        detectors = dict(by_name(lexicon, Domains.shipped()))
        encoder = ngrams = None
        if model is not None:
            encoder, ngrams = _loaded(Encoder.load, model), _loaded(Tables.load, model / FOLDER)
            detectors[Heads.name], detectors[Ngrams.name] = Heads(encoder), Ngrams(ngrams)
            detectors[Learned.name] = Learned(encoder, {})
        fingerprinting = Fingerprinting(encoder)
        detectors[Copies.name] = Copies(fingerprinting)
        if isinstance(encoder, Encoder):
            detectors[OffTopic.name] = OffTopic(encoder)
        senses = cls(detectors, encoder=encoder, ngrams=ngrams, fingerprinting=fingerprinting)
        senses.wake()
        return senses

    def with_heads(self, heads: Iterable[LearnedHead], *, trial: bool = False) -> "Senses":
        """Return the same senses with a newsroom's learned heads, those there were before replaced.

        Raises `HeadError` for two heads of one clause, without a model, and for a head that was not switched on after a
        back-test, unless it is on `trial`: for back-tests and shadow mode.
        """
        by_clause: dict[str, LearnedHead] = {}
        for head in heads:
            if head.clause in by_clause:
                raise HeadError(f"There are two learned heads of {head.clause}.")
            if head.switched_on is None and not trial:
                raise HeadError(
                    f"The learned head of {head.clause} was not switched on: back-test it first, with --switch-on."
                )
            by_clause[head.clause] = head
        if self.encoder is None:
            raise HeadError("Learned heads stand on the model, and it was not loaded.")
        return replace(self, detectors={**self.detectors, Learned.name: Learned(self.encoder, by_clause)}, plans={})

    def wake(self) -> None:
        """Let every detector look once, so that tables which are read at the first look are there before a comment."""
        for language in ("en", "fr", "de", "ar"):
            sample = replace(_SAMPLE, edition_language=language)
            for detector in self.detectors.values():
                for options in detector.clauses.values():
                    list(detector.look(Seen(sample.text), sample, _Sample(detector.name, options=options)))


def _loaded(load: Callable[[Path], Model], folder: Path) -> Model | ModelError:
    try:
        return load(folder)
    except ModelError as error:
        logger.error("%s", error)
        return error


@dataclass(frozen=True, slots=True)
class _Sample:
    name: str
    threshold: float = 1
    options: Mapping[str, object] = field(default_factory=dict)
    handling: str = "human"


_SAMPLE = Submission(
    "Ask fоr it: 020 7946 0958, 4012888888881881 or https://broadsheet.invalid/ask?n=1 whenever you like.",
    article=Article("A sample"),
    author="a",
    neighbours=(Earlier("Another sample of some words for the same place", datetime(2026, 1, 1, tzinfo=UTC), "", "b"),),
)
