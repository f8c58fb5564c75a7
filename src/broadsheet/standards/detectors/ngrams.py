"""What words and parts of words say of a text in a language that the encoder doesn't read, one head a clause."""

from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use, option_set
from broadsheet.standards.detectors.reading import language_of
from broadsheet.standards.model.encoder import ModelError
from broadsheet.standards.model.ngrams import Reading, Tables
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen


def reading_of(seen: Seen, submission: Submission, tables: Tables) -> Reading | None:
    """Return the reading of a text by its language's table, made once; none where its language has no table."""
    language = language_of(seen, submission)
    table = tables.by_language.get(language)
    return seen.keep(("ngrams", language), lambda: table.read(seen)) if table else None


def heads_of(seen: Seen, submission: Submission, tables: Tables | ModelError | None) -> Mapping[str, float]:
    """Return the score of every head of the text's language; nothing where it has no table, or the text no word."""
    if not isinstance(tables, Tables) or not seen.words:
        return {}
    reading = reading_of(seen, submission, tables)
    return reading.scores if reading else {}


class Ngrams:
    """Asks one head of the n-grams of the text's language; a language without that head is not covered by the use.

    Options: `head`, which: toxicity, hate or insult, as far as a language has it. `languages`, if only for some: their
    thresholds differ.
    """

    name, cost = "ngrams", 3
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {}

    def __init__(self, tables: Tables | ModelError) -> None:
        self._tables = tables
        self.version = 0 if isinstance(tables, ModelError) else tables.version
        self.languages = frozenset() if isinstance(tables, ModelError) else frozenset(tables.by_language)

    def covered(self, use: Use) -> frozenset[str]:
        """Return the languages that have the head, of those that the use names."""
        head, named = "".join(option_set(use, "head")), option_set(use, "languages")
        there = {} if isinstance(self._tables, ModelError) else self._tables.by_language
        return frozenset(name for name, table in there.items() if head in table.heads and (not named or name in named))

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield the head's score, from the threshold on with the words that speak most for it.

        Raises for every text that isn't English where a file is damaged, and for a head that no language has.
        """
        language = language_of(seen, submission)
        if isinstance(self._tables, ModelError):
            if language != "en":
                raise self._tables
            return
        if language not in self._tables.by_language or not seen.words:
            return
        covered = self.covered(use)
        head = "".join(option_set(use, "head"))
        if not covered:
            raise ValueError(f"ngrams: there is no head {head!r} in any language that the use names")
        reading = reading_of(seen, submission, self._tables) if language in covered else None
        if reading:
            yield Sighting(reading.scores[head], reading.spans(head) if reading.scores[head] >= use.threshold else ())
