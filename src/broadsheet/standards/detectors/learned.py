"""What a newsroom's own decisions taught, one head a clause."""

from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use, option_set
from broadsheet.standards.detectors.encoder import ENGLISH, is_english, reading_of
from broadsheet.standards.model.encoder import Encoder, ModelError
from broadsheet.standards.model.learned import HeadError, LearnedHead
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen


class Learned:
    """Asks the head that was learned for the clause. Raises where there is none, or where it stands on another model.

    Option: `clause`, whose head, by default the clause's own.
    """

    name, cost = "learned", 4
    needs: tuple[str, ...] = ()
    languages = ENGLISH

    def __init__(self, encoder: Encoder | ModelError, heads: Mapping[str, LearnedHead]) -> None:
        self._encoder, self.heads = encoder, heads
        self.version = max((head.version for head in heads.values()), default=0)
        self.clauses: Mapping[str, Mapping[str, object]] = {code: {"clause": code} for code in heads}

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield the head's score; from the threshold on with the words that speak most for the score it corrects."""
        if not is_english(seen, submission) or not seen.words:
            return
        head = self.heads.get("".join(option_set(use, "clause")))
        if head is None:
            raise HeadError("A clause asks for a learned head, and there is none.")
        reading = reading_of(seen, self._encoder)
        refuse_stale(head, self._encoder)
        score = head.score(reading.embedding, reading.scores)
        yield Sighting(score, reading.spans(head.base) if head.base and score >= use.threshold else ())


def refuse_stale(head: LearnedHead, encoder: Encoder | ModelError) -> None:
    """Raise where the head was learned on another model than this one."""
    if isinstance(encoder, ModelError):
        raise encoder
    if head.model != encoder.fingerprint:
        raise HeadError(
            f"The learned head of {head.clause} stands on model {head.model_version} ({head.model[:8]}), and this is "
            f"model {encoder.version} ({encoder.fingerprint[:8]}): learn it again."
        )
