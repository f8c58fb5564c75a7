"""What a comment leaves behind so that copies of it are found: no text, 516 bytes; and how like two of them are."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from broadsheet.standards.text import Seen
from broadsheet.standards.text.shingles import SIZE, signature

FORM: Final = 1
MEANING: Final = 384  # numbers of an embedding, a byte each
LEAST_WORDS: Final = 8  # shorter ones are slogans, greetings and wishes that many have
ALIKE: Final = 0.4  # from where on two are copies
# Copies by meaning: the cosine and so many times the likeness in letters are together at least the cut. Both were chosen
# on the campaigns that tests/standards/campaigns.py names for it, with `python -m bench.judge_copies --choose`; measure
# again after training the encoder anew.
LETTERS_COUNT, CUT = 1.6, 0.9
# Against chaining: of the likest copies of a comment (so many at most), how many another must be a copy of to be with them.
CORE, OF_CORE = 64, 0.4
_HEAD = struct.Struct("<BBH")
_LETTERS = 2 * SIZE
_COLUMNS = ("_words", "_letters", "_models", "_meanings", "_lengths")
Numbers = NDArray[np.float32]
Rows = NDArray[np.intp]
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The MinHash signature of a text and, where an encoder read it, its meaning; equal ones are of one writing.

    `words` are counted up to 255; `model` is the version of the encoder, 0 where none read the text: meanings by different
    versions are not compared.
    """

    words: int
    letters: bytes
    model: int = 0
    meaning: bytes = b""

    @classmethod
    def of(cls, seen: Seen, meaning: Numbers | None = None, model: int = 0) -> "Fingerprint":
        """Return the fingerprint of a text; its meaning is kept as whole numbers from -127 to 127."""
        letters = signature(seen.original).astype("<u2").tobytes()
        words = min(255, len(seen.words))
        if meaning is None:
            return cls(words, letters)
        if meaning.shape != (MEANING,) or not 0 < model < 1 << 16:
            raise ValueError(f"a meaning is to have {MEANING} numbers, and its encoder a version from 1 to 65535")
        whole = np.rint(meaning / (float(np.abs(meaning).max()) or 1.0) * 127).astype(np.int8)
        return cls(words, letters, model, whole.tobytes())

    def to_bytes(self) -> bytes:
        """Return 516 bytes, 132 without a meaning, to be stored with a comment."""
        return _HEAD.pack(FORM, self.words, self.model) + self.letters + self.meaning

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Fingerprint":
        """Return the fingerprint that was stored. Raises `ValueError` where the bytes are none."""
        size = len(stored) - _HEAD.size - _LETTERS
        if size not in {0, MEANING}:
            raise ValueError(f"a fingerprint doesn't have {len(stored)} bytes")
        form, words, model = _HEAD.unpack_from(stored)
        if form != FORM or bool(model) != bool(size):
            raise ValueError("these bytes are no fingerprint of the form that is read here")
        body = stored[_HEAD.size :]
        return cls(words, body[:_LETTERS], model, body[_LETTERS:])


class Fingerprints:
    """Fingerprints side by side, so that one is compared with all of them at once. What is too short is like nothing."""

    def __init__(self) -> None:
        self._count = 0
        self._words = np.zeros(0, np.uint8)
        self._letters = np.zeros((0, SIZE), np.uint16)
        self._models = np.zeros(0, np.uint16)
        # Whole numbers as floats: 384 products of two stay below 2²⁴, so that sums are exact in whatever order.
        self._meanings = np.zeros((0, MEANING), np.float32)
        self._lengths = np.zeros(0, np.float32)

    def __len__(self) -> int:
        return self._count

    @classmethod
    def of(cls, several: Sequence[Fingerprint]) -> "Fingerprints":
        """Return these, in order."""
        made = cls()
        made._count = len(several)
        made._words = np.array([one.words for one in several], np.uint8)
        made._models = np.array([one.model for one in several], np.uint16)
        letters = b"".join(one.letters for one in several)
        made._letters = np.frombuffer(letters, "<u2").reshape(-1, SIZE).astype(np.uint16)
        meanings = b"".join(one.meaning if one.model else bytes(MEANING) for one in several)
        made._meanings = np.frombuffer(meanings, np.int8).reshape(-1, MEANING).astype(np.float32)
        made._lengths = np.linalg.norm(made._meanings, axis=1).astype(np.float32)
        made._lengths[made._lengths == 0] = 1.0
        return made

    def append(self, one: Fingerprint) -> None:
        """Put one more at the end."""
        at = self._count
        if at == len(self._words):
            for name in _COLUMNS:
                setattr(self, name, with_room(getattr(self, name), at + 1))
        self._words[at], self._models[at] = one.words, one.model
        self._letters[at] = np.frombuffer(one.letters, "<u2")
        self._meanings[at] = np.frombuffer(one.meaning, np.int8) if one.model else 0
        self._lengths[at] = float(np.linalg.norm(self._meanings[at])) or 1.0
        self._count += 1

    def keep(self, rows: Rows) -> None:
        """Keep these rows alone, in this order."""
        for name in _COLUMNS:
            setattr(self, name, getattr(self, name)[rows])
        self._count = len(rows)

    def alike(self, one: Fingerprint) -> Numbers:
        """Return how like each row is: 0 nothing in common, from `ALIKE` on copies, 1 the same."""
        other = Fingerprints()
        other.append(one)
        return self.like(0, other)

    def among(self, rows: Rows) -> Numbers:
        """Return how like each of these rows is to each of them, as `like` does for one."""
        meanings, models = self._meanings[rows], self._models[rows]
        same = np.zeros((len(rows), len(rows)), np.uint8)
        for column in np.ascontiguousarray(self._letters[rows].T):
            same += column[:, None] == column[None, :]
        found: Numbers = np.divide(same, SIZE, dtype=np.float32)
        lengths, long_enough = self._lengths[rows], self._words[rows] >= LEAST_WORDS
        both = _by_meaning(meanings @ meanings.T / (lengths[:, None] * lengths[None, :]), found)
        read = (models[:, None] == models[None, :]) & (models[:, None] != 0)
        found = np.where(read, np.maximum(found, both), found)
        return np.where(long_enough[:, None] & long_enough[None, :], found, np.float32(0))

    def like(self, row: int, of: "Fingerprints | None" = None, since: int = 0) -> Numbers:
        """Return how like each row, from `since` on, is to one row of these or of others; `alike` says what it means."""
        one = of or self
        rows = slice(since, self._count)
        found = (self._letters[rows] == one._letters[row]).sum(axis=1, dtype=np.uint8) / np.float32(SIZE)
        if one._models[row]:
            cosine = self._meanings[rows] @ one._meanings[row] / (self._lengths[rows] * one._lengths[row])
            same = self._models[rows] == one._models[row]
            found = np.where(same, np.maximum(found, _by_meaning(cosine, found)), found)
        long_enough = (self._words[rows] >= LEAST_WORDS) & (one._words[row] >= LEAST_WORDS)
        return np.where(long_enough, found, np.float32(0))


def _by_meaning(cosine: Numbers, letters: Numbers) -> Numbers:
    """Return how like two are whose meanings have this cosine and whose letters are so much alike."""
    beyond = (cosine + np.float32(LETTERS_COUNT) * letters - np.float32(CUT)) / np.float32(1 + LETTERS_COUNT - CUT)
    found: Numbers = np.clip(ALIKE + (1 - ALIKE) * beyond, 0, 1).astype(np.float32)
    return found


def with_room(column: NDArray[Number], rows: int) -> NDArray[Number]:
    """Return the column with zeros behind it, room for at least so many rows and for twice as many as before."""
    more = max(64, 2 * len(column), rows) - len(column)
    return np.concatenate([column, np.zeros((more, *column.shape[1:]), column.dtype)])
