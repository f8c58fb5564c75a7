"""What the encoder says of an English text, one head a clause."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from broadsheet.standards.detectors.contract import Sighting, Use, option_set
from broadsheet.standards.detectors.reading import TOLD, likely_languages
from broadsheet.standards.model.encoder import Encoder, ModelError, Reading
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

ENGLISH = frozenset({"en"})
TOGETHER = 4_000  # signs; a longer text is read by itself, so that its failure is its own
SURE, SURE_WORDS = 0.95, 6  # from where on a text of an English edition counts as one of another language


def reading_of(seen: Seen, encoder: Encoder | ModelError) -> Reading:
    """Return the encoder's reading of a text, made once. Raises where there is no encoder or the text is too long."""
    if isinstance(encoder, ModelError):
        raise encoder
    return seen.keep("reading", lambda: encoder.read([seen])[0])


def is_english(seen: Seen, submission: Submission) -> bool:
    """Say whether the encoder is to read the text: known or likely to be English, or short in an English edition."""
    if submission.language:
        return submission.language == "en"

    def read() -> bool:
        likely = likely_languages(seen, TOLD)
        best = max(likely, key=lambda name: likely[name], default="")
        if submission.edition_language == "en":
            return not (best and best != "en" and likely[best] >= SURE and len(seen.words) >= SURE_WORDS)
        return best == "en" and likely[best] >= SURE

    return seen.keep("english", read)


def read_together(texts: Sequence[Seen], encoder: Encoder) -> None:
    """Let the encoder read all texts that it can, those of like length at once; each keeps its own reading."""
    short = [seen for seen in texts if seen.words and len(seen.folded) <= TOGETHER]
    for seen, reading in zip(short, encoder.read(short) if short else (), strict=True):
        seen.keep("reading", partial(_itself, reading))


def _itself(reading: Reading) -> Reading:
    return reading


def heads_of(seen: Seen, submission: Submission, encoder: Encoder | ModelError | None) -> Mapping[str, float]:
    """Return the score of every head; nothing where the encoder doesn't read the text."""
    if not isinstance(encoder, Encoder) or not seen.words or not is_english(seen, submission):
        return {}
    return reading_of(seen, encoder).scores


class Heads:
    """Asks one head of the encoder.

    Option: `head`, which: toxicity, hate, insult, threat, profanity, sexual, spam, promotion, self_harm, drugs,
    extremism, minors or cruelty.
    """

    name, cost = "encoder", 4
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {}
    languages = ENGLISH

    def __init__(self, encoder: Encoder | ModelError) -> None:
        self._encoder = encoder
        self.version = 0 if isinstance(encoder, ModelError) else encoder.version

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield the head's score, from the threshold on with the words that speak most for it."""
        if not is_english(seen, submission) or not seen.words:
            return
        reading = reading_of(seen, self._encoder)
        head = "".join(option_set(use, "head"))
        if head not in reading.scores:
            raise ValueError(f"encoder: there is no head {head!r}")
        score = reading.scores[head]
        yield Sighting(score, reading.spans(head) if score >= use.threshold else ())
