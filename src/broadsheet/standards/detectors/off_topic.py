"""Whether a comment is about what its article is about, or what it answers: by meaning in English, else by common words."""

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from broadsheet.standards.detectors.contract import Sighting, Use
from broadsheet.standards.detectors.encoder import is_english, reading_of
from broadsheet.standards.model.encoder import Encoder, Floats
from broadsheet.standards.submission import Article, Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.folding import folded

LEAST_WORDS = 8
STEM = 5  # words that begin with the same five letters are taken for one
SCORES = (0.85, 0.7, 0.5)  # nothing in common, one word, two
# The chance that a comment is off topic that is nearer to its article, or parent, than to other subjects by so many times
# their spread: a logistic curve, its middle and its width fitted on one half of the set `off_topic`. The spread makes the
# measure outlast a newly trained encoder.
MIDDLE, WIDTH = 0.95, 0.61
SETTLED = 0.3  # the article alone says that a comment so likely belongs; what it answers need not be read
SUBJECTS = Path(__file__).parent / "lists" / "subjects.list"
READ = 1000  # signs of a title with its standfirst, or of a parent
EMPTY = frozenset(
    ["about", "after", "again", "also", "always", "another", "because", "been", "before", "being", "better", "could", "didn't", "doesn't", "don't", "down", "even", "every", "from", "good", "have", "here", "into", "just", "know", "like", "make", "many", "more", "most", "much", "never", "only", "other", "over", "people", "please", "really", "right", "same", "should", "some", "still", "such", "than", "thank", "thanks", "that", "that's", "their", "them", "then", "there", "these", "they", "thing", "things", "think", "this", "those", "very", "want", "well", "were", "what", "when", "where", "which", "while", "will", "with", "without", "would", "your", "avec", "alors", "aussi", "autre", "avant", "avoir", "beaucoup", "bien", "cela", "cette", "chaque", "chez", "comme", "contre", "dans", "depuis", "donc", "elle", "elles", "encore", "entre", "etre", "faire", "faut", "leur", "leurs", "mais", "meme", "moins", "nous", "parce", "pour", "pourquoi", "quand", "quel", "quelle", "sans", "sera", "sont", "sous", "tout", "tous", "toute", "toutes", "tres", "trop", "vous", "votre", "aber", "alle", "alles", "also", "andere", "auch", "beim", "dann", "dass", "denn", "diese", "dieser", "doch", "durch", "eine", "einem", "einen", "einer", "eines", "etwas", "ganz", "haben", "hatte", "hier", "immer", "jetzt", "kann", "kein", "keine", "mehr", "mich", "muss", "nach", "nicht", "nichts", "noch", "oder", "ohne", "schon", "sehr", "sein", "seine", "sich", "sind", "soll", "uber", "unter", "viel", "wenn", "werden", "wieder", "wird", "wurde", "zwischen", "هذا", "هذه", "ذلك", "التي", "الذي", "الذين", "كان", "كانت", "لكن", "ليس", "عندما", "حيث", "هناك", "ايضا"]
)  # fmt: skip


def stems(words: tuple[str, ...]) -> frozenset[str]:
    """Return the beginnings of the words that carry meaning."""
    return frozenset(word[:STEM] for word in words if len(word) >= 4 and word not in EMPTY)


@lru_cache(maxsize=512)
def _article(article: Article) -> frozenset[str]:
    return stems(Seen(f"{article.title}\n{article.standfirst}\n{article.body[:20_000]}").words)


@lru_cache(maxsize=512)
def _parent(text: str) -> frozenset[str]:
    return stems(tuple(folded(text[:5000]).split()))


class OffTopic:
    """Tells how far a comment is from title and standfirst, and from what it answers. It orders a queue and never decides.

    With an encoder English texts are compared by their meaning; others, and all without one, by the words they share.
    Comments of few words, and those in another language than the article, are left alone. No options.
    """

    name, version, cost = "off_topic", 2, 5
    needs: tuple[str, ...] = ("article",)
    clauses: Mapping[str, Mapping[str, object]] = {"OFFTOPIC": {}}
    languages: frozenset[str] = frozenset()

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._meaning = _Meaning(encoder) if encoder else None

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield how likely the comment is about something else."""
        article = submission.article
        if article is None or (submission.language and article.language and submission.language != article.language):
            return
        if self._meaning and article.language in {"", "en"} and is_english(seen, submission):
            if len(seen.words) >= LEAST_WORDS:
                yield Sighting(self._meaning.distance(seen, article, submission.parent))
            return
        own = stems(seen.words)
        if len(own) < LEAST_WORDS:
            return
        common = len(own & _article(article)) + (len(own & _parent(submission.parent)) if submission.parent else 0)
        if common < len(SCORES):
            yield Sighting(SCORES[common])


class _Meaning:
    """Compares by the encoder's embeddings; those of articles and parents are kept for a while."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._place = lru_cache(maxsize=512)(lambda text: reading_of(Seen(text), encoder).embedding)
        self._others: Floats | None = None

    def distance(self, seen: Seen, article: Article, parent: str | None) -> float:
        """Return the chance by the nearer of article and parent; a parent is read only where it can change something."""
        own = reading_of(seen, self._encoder).embedding
        near = self._subjects() @ own
        middle, spread = float(near.mean()), float(near.std()) or 1.0
        far = _chance((float(own @ self._place(f"{article.title}. {article.standfirst}"[:READ])) - middle) / spread)
        if far > SETTLED and parent:
            far = min(far, _chance((float(own @ self._place(parent[:READ])) - middle) / spread))
        return far

    def _subjects(self) -> Floats:
        if self._others is None:
            lines = SUBJECTS.read_text(encoding="utf-8").splitlines()
            self._others = np.stack([self._place(line) for line in lines if not line.startswith("#")])
        return self._others


def _chance(nearer: float) -> float:
    return 1 / (1 + math.exp((nearer - MIDDLE) / WIDTH))
