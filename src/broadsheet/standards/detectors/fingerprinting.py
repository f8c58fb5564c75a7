"""Makes the fingerprints of comments, each once."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from threading import Lock
from typing import NamedTuple

from broadsheet.standards.detectors.encoder import TOGETHER, is_english, read_together, reading_of
from broadsheet.standards.model.centre import centre
from broadsheet.standards.model.encoder import Encoder, Floats, ModelError
from broadsheet.standards.submission import Earlier, Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.fingerprint import LEAST_WORDS, Fingerprint

KEPT = 4096  # fingerprints of texts, 3 MB
AT_ONCE = 40_000  # signs of earlier texts that are read for one comment, below a second; the others count by letters


class _Key(NamedTuple):
    """A text by its hash, how its language is told, and whether the encoder is to read it."""

    text: bytes
    edition: str
    read: bool


_NO_KEY = _Key(b"", "", False)


class Fingerprinting:
    """Makes fingerprints; with an encoder, what English texts of up to 4,000 signs mean is in them.

    It keeps the latest by a hash of the text, and no text. It may be asked from several threads.
    """

    def __init__(self, encoder: Encoder | ModelError | None = None) -> None:
        self._encoder = encoder if isinstance(encoder, Encoder) else None
        self._centre: Floats | None = None
        self._kept: dict[_Key, Fingerprint] = {}
        self._lock = Lock()

    def of(self, seen: Seen, submission: Submission) -> Fingerprint:
        """Return the fingerprint of a comment, made from the encoder's reading that the judge uses, too."""
        return seen.keep("fingerprint", lambda: self._made(seen, reads=self._can_read(seen, submission)))

    def of_many(self, comments: Sequence[tuple[Seen, Submission]]) -> list[Fingerprint]:
        """Return the fingerprints of comments, in order; the encoder reads those of like length at once."""
        self._read([seen for seen, submission in comments if self._can_read(seen, submission)])
        return [self.of(seen, submission) for seen, submission in comments]

    def of_earlier(self, earlier: Sequence[Earlier], edition: str) -> list[Fingerprint]:
        """Return the fingerprints of earlier comments, in order: the one each brings, else one made from its text."""
        keys = _keys(earlier, edition)
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
        new: dict[_Key, Seen] = {}
        for one, key in zip(earlier, keys, strict=True):
            if not one.fingerprint and key not in known and key not in new:
                new[key] = Seen(one.text)
        readable = {
            key
            for key, seen in new.items()
            if key.read and self._can_read(seen, Submission("", edition_language=edition))
        }
        self._read([new[key] for key in readable])
        known |= {key: self._made(seen, reads=key in readable) for key, seen in new.items()}
        self._remember((key, known[key]) for key in new)
        return [one.fingerprint or known[key] for one, key in zip(earlier, keys, strict=True)]

    def _can_read(self, seen: Seen, submission: Submission) -> bool:
        return (
            self._encoder is not None
            and len(seen.folded) <= TOGETHER
            and len(seen.words) >= LEAST_WORDS
            and is_english(seen, submission)
        )

    def _read(self, texts: Sequence[Seen]) -> None:
        if self._encoder:
            read_together(texts, self._encoder)

    def _made(self, seen: Seen, *, reads: bool) -> Fingerprint:
        if not (reads and self._encoder):
            return Fingerprint.of(seen)
        if self._centre is None:
            self._centre = centre(self._encoder)
        return Fingerprint.of(seen, reading_of(seen, self._encoder).embedding - self._centre, self._encoder.version)

    def _remember(self, made: Iterable[tuple[_Key, Fingerprint]]) -> None:
        with self._lock:
            self._kept.update(made)
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]


def _keys(earlier: Sequence[Earlier], edition: str) -> list[_Key]:
    """Return what each is kept under; the newest texts are to be read, up to so many signs together."""
    left = AT_ONCE
    keys = [_NO_KEY] * len(earlier)
    for at in sorted(range(len(earlier)), key=lambda at: earlier[at].at, reverse=True):
        text = earlier[at].text
        if not earlier[at].fingerprint:
            left -= len(text)
            digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            keys[at] = _Key(digest, edition, left >= 0)
    return keys
