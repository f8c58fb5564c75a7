"""Whether a comment is in the language of its edition."""

from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use, option_set
from broadsheet.standards.detectors.reading import TOLD, likely_languages
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.tongue import LEAST_LETTERS, SCRIPT_OF, script_of

FEW_WORDS, SURE_OF_FEW = 8, 0.75


class Language:
    """Asks whether it is the edition's language, not which it is; says nothing below about twelve letters.

    Options: `among`, the languages that are told from one another (a dozen by default); `accepted`, further
    languages that are welcome here.
    """

    name, version, cost = "language", 1, 3
    needs: tuple[str, ...] = ("edition_language",)
    clauses: Mapping[str, Mapping[str, object]] = {"LANGUAGE": {}}
    languages: frozenset[str] = frozenset()

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield how likely the comment is in none of the accepted languages."""
        accepted = option_set(use, "accepted") | {submission.edition_language}
        if submission.language:
            if submission.language not in accepted and sum(map(len, seen.words)) >= LEAST_LETTERS:
                yield Sighting(1.0)
            return
        among = (option_set(use, "among") or TOLD) | accepted
        likely = likely_languages(seen, among)
        if likely:
            score = 1 - sum(likely[name] for name in accepted)
        else:
            script = script_of(seen.original)
            letters = sum(sign.isalpha() for sign in seen.original[:4000])
            known = {SCRIPT_OF.get(name, "latin") for name in among}
            if not script or letters < LEAST_LETTERS or script in known:
                return
            score = 0.95
        if len(seen.words) < FEW_WORDS and script_of(seen.original) == SCRIPT_OF.get(
            submission.edition_language, "latin"
        ):
            score = min(score, SURE_OF_FEW)
        yield Sighting(max(0.0, min(1.0, score)))
