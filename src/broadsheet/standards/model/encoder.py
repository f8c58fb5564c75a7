"""The encoder: one small network that reads English, with a score per head and the place of the text among others."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from broadsheet.standards.model.marked import marked
from broadsheet.standards.model.reading_form import reading_form
from broadsheet.standards.text import Form, Seen

SHIPPED = Path(__file__).parent / "files"
NETWORK, WORDS, MANIFEST = "encoder.onnx", "tokenizer.json", "manifest.json"
BATCH = 16  # windows of like length that are read together
LONGEST, MOST = 32_000, 128  # signs and windows of one text; a longer text is read by people
Floats = NDArray[np.float32]
# What joins words and says nothing by itself: named as what speaks for a score only where nothing else does.
JOINING = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "him",
        "his",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "me",
        "more",
        "most",
        "my",
        "no",
        "nor",
        "not",
        "of",
        "on",
        "or",
        "our",
        "out",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


class ModelError(RuntimeError):
    """A file of the model is missing, damaged or of another version; the message says which."""


class TooLongError(ValueError):
    """A text of more windows than are read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder makes of a text: a calibrated score (0 to 1) per head; `embedding` has length 1."""

    scores: Mapping[str, float]
    embedding: Floats
    # head → words that speak for it: start, end, how much, whether it is a word that only joins others
    weights: Mapping[str, tuple[tuple[int, int, float, bool], ...]]

    def spans(self, head: str) -> tuple[tuple[int, int], ...]:
        """Return the words of the original that speak most for the head's score, in order."""
        weights = self.weights.get(head, ())
        saying = [one for one in weights if not one[3]] or weights
        return marked((start, end, weight) for start, end, weight, _joins in saying)


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of a text that is read at once: which text, and its tokens with their places in the form."""

    text: int
    tokens: list[int]
    places: list[tuple[int, int]]


class Encoder:
    """Reads texts. Loaded once; `read` may be called from several threads."""

    def __init__(self, session: Any, tokenizer: Any, manifest: Mapping[str, Any]) -> None:
        self._session, self._tokenizer = session, tokenizer
        self._window = int(manifest["window"])
        self.version = int(manifest["version"])
        self.heads: tuple[str, ...] = tuple(manifest["order"])
        self.fingerprint = _fingerprint(manifest)
        self._scale = np.array([manifest["heads"][head]["scale"] for head in self.heads], np.float32)
        self._shift = np.array([manifest["heads"][head]["shift"] for head in self.heads], np.float32)
        self._first, self._last = (tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
        self._vocabulary = frozenset(tokenizer.get_vocab())

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> "Encoder":
        """Return the encoder of a folder, or raise `ModelError` where a file is missing or is not what the manifest says."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            network, words = (checked(folder / name, manifest["sha256"][name]) for name in (NETWORK, WORDS))
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"The model in {folder} can't be loaded: {type(error).__name__} {error}") from None
        return cls(_session(network), _tokenizer(words), manifest)

    def read(self, texts: Sequence[Seen]) -> list[Reading]:
        """Return a reading of each text, in order. Raises `TooLongError` where one is too long."""
        forms = [reading_form(seen, self._vocabulary.__contains__) for seen in texts]
        windows = [window for at, form in enumerate(forms) for window in self._windows(at, form)]
        answers: dict[int, list[tuple[_Window, Floats, Floats, Floats]]] = {at: [] for at in range(len(texts))}
        for batch in _batches(windows):
            for window, logits, weights, embedding in zip(batch, *self._run(batch), strict=True):
                answers[window.text].append((window, logits, weights, embedding))
        return [self._reading(forms[at], answers[at]) for at in range(len(texts))]

    def _windows(self, at: int, form: Form) -> Iterable[_Window]:
        if len(form.text) > LONGEST:
            raise TooLongError("The text is longer than is read.")
        encoded = self._tokenizer.encode(form.text, add_special_tokens=False)
        tokens, places = encoded.ids, encoded.offsets
        size = self._window - 2
        parts = max(1, -(-len(tokens) // size))
        if parts > MOST:
            raise TooLongError("The text is longer than is read.")
        length = -(-len(tokens) // parts) or 1
        for start in range(0, max(1, len(tokens)), length):
            yield _Window(at, tokens[start : start + length], places[start : start + length])

    def _run(self, batch: Sequence[_Window]) -> tuple[Floats, Floats, Floats]:
        """Return logits (windows, heads), contributions (windows, tokens, heads) and embeddings (windows, size)."""
        longest = max(len(window.tokens) for window in batch) + 2
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, window in enumerate(batch):
            tokens = [self._first, *window.tokens, self._last]
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        logits, weights, embedding = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return logits, weights, embedding

    def _reading(self, form: Form, answers: Sequence[tuple[_Window, Floats, Floats, Floats]]) -> Reading:
        logits = np.stack([logits for _window, logits, _weights, _embedding in answers]).max(axis=0)
        scores = 1 / (1 + np.exp(-(logits * self._scale + self._shift)))
        sizes = np.array([len(window.tokens) or 1 for window, *_ in answers], np.float32)
        embedding = (np.stack([embedding for *_, embedding in answers]) * sizes[:, None]).sum(axis=0)
        embedding /= np.linalg.norm(embedding) or 1.0
        return Reading(
            dict(zip(self.heads, map(float, scores), strict=True)), embedding, _Weights(self.heads, form, answers)
        )


class _Weights(Mapping[str, tuple[tuple[int, int, float, bool], ...]]):
    """The words that speak for each head, counted when somebody asks: few texts have findings."""

    def __init__(
        self, heads: Sequence[str], form: Form, answers: Sequence[tuple[_Window, Floats, Floats, Floats]]
    ) -> None:
        self._heads, self._form, self._answers = heads, form, answers

    def __getitem__(self, head: str) -> tuple[tuple[int, int, float, bool], ...]:
        which = self._heads.index(head) if head in self._heads else -1
        if which < 0:
            raise KeyError(head)
        best = max(self._answers, key=lambda answer: float(answer[1][which]))
        words: list[list[Any]] = []
        for (start, end), weight in zip(best[0].places, best[2][1:, which], strict=False):
            if start >= end or not any(sign.isalnum() for sign in self._form.text[start:end]):
                continue
            if words and words[-1][1] == start:  # a further piece of the same word
                words[-1][1], words[-1][2] = end, words[-1][2] + float(weight)
            else:
                words.append([start, end, float(weight)])
        return tuple(
            (*self._form.span(start, end), weight, self._form.text[start:end] in JOINING)
            for start, end, weight in words
            if weight > 0
        )

    def __iter__(self) -> Any:
        return iter(self._heads)

    def __len__(self) -> int:
        return len(self._heads)


def _batches(windows: Iterable[_Window]) -> Iterable[list[_Window]]:
    """Yield windows of like length together: padding costs as much as words."""
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda one: len(one.tokens)):
        if batch and (len(batch) == BATCH or len(window.tokens) > len(batch[0].tokens) * 1.25 + 4):
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _fingerprint(manifest: Mapping[str, Any]) -> str:
    """Return what differs as soon as a text may be read otherwise: files, window, or how scores are calibrated."""
    read = {name: manifest[name] for name in ("version", "window", "sha256", "heads")}
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


def checked(path: Path, expected: str) -> bytes:
    """Return what is in the file, or raise `ValueError` where it has not the expected sha256."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != expected:
        raise ValueError(f"{path.name} is not the file that the manifest names")
    return content


def _session(network: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # several texts at once: several processes
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def _tokenizer(words: bytes) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(words.decode())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
