"""The shared moderation data: which rows are learned from, which chosen by, and which only measured on.

Training and measuring read this one rule, so that nothing learned is measured.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from broadsheet.standards.evaluation.labelled import NAMES, Labelled, SetError
from broadsheet.standards.submission import Submission

Part = Literal["train", "dev", "test"]
NEWS = "toxic_spans_civil"  # comments of news sites: thresholds are chosen on them
UNSEEN = frozenset({"surge_toxicity"})  # a source that is only measured on
LEFT_OUT = frozenset({"youtube_spam"})  # licence unconfirmed
MEASURED = frozenset(
    {"wiki_context"}
)  # share-alike: never learned from; its clean comments are measured on, not passed on
_BY_WORDS = frozenset(
    {"profanity", "sexual"}
)  # derived from a word list for most rows: alone they make no text unclean


def is_learnable(licence: str, source: str) -> bool:
    """Say whether rows of a source may be learned from: no share-alike texts, no unconfirmed licence."""
    return "SA" not in licence and source not in LEFT_OUT


def part(id_: str, source: str, dev: bool, language: str = "en") -> Part:
    """Return where a row belongs: `dev` rows are for stopping, calibration and thresholds, `test` rows are measured once.

    In English, the data's own development rows are kept apart, more of the news comments, and whole sources; in other
    languages there are too few of those, and a fifth of all rows is measured on.
    """
    number = int(hashlib.sha256(id_.encode()).hexdigest()[:8], 16)
    if source in UNSEEN:
        return "test"
    if language != "en":
        return "train" if number % 5 else "test"
    if dev or (source == NEWS and number % 5 == 0):
        return "dev" if (number // 5) % 2 else "test"
    return "train"


def read(data: Path, wanted: Part) -> list[Labelled]:
    """Return the rows of one part, a set for each source and language. Raises `SetError` where they can't be read."""
    files = sorted(data.glob("train*.parquet"))
    if not files:
        raise SetError("holds no train*.parquet", str(data))
    return [row for file in files for raw in _raw(file) if (row := row_of(raw, wanted))]


def row_of(raw: Mapping[str, Any], wanted: Part) -> Labelled | None:
    """Return a row of the shared data as a labelled text; None where it is of another part or not to be used."""
    source, language = raw["source"], raw.get("lang") or "en"
    learnable = is_learnable(raw["licence"], source)
    if part(raw["id"], source, bool(raw["dev"]), language) != wanted or not (learnable or source in MEASURED):
        return None
    labels = {name: raw[name] == 1 for name in sorted(NAMES) if raw.get(name) is not None}
    clean = labels.get("toxicity") is False and not any(labels.get(name) for name in NAMES - _BY_WORDS)
    if not labels or not (learnable or clean):
        return None
    return Labelled(
        raw["id"], source if language == "en" else f"{source}.{language}", (Submission(raw["text"], edition_language=language),), labels, clean, language,
        weak=frozenset((raw["weak"] or "").replace(";", " ").replace(",", " ").split()), quotable=False,
    )  # fmt: skip


def _raw(file: Path) -> Iterator[Mapping[str, Any]]:
    try:
        from pyarrow import ArrowInvalid, parquet
    except ImportError:
        raise SetError("is read by pyarrow, which is not installed: pip install pyarrow", str(file)) from None
    try:
        table = parquet.read_table(file)
    except (OSError, ArrowInvalid) as error:
        raise SetError(f"can't be read: {str(error).splitlines()[0]}", str(file)) from None
    missing = {"id", "source", "licence", "text", "weak", "dev"} - set(table.column_names)
    if missing:
        raise SetError(f"lacks the columns {', '.join(sorted(missing))}", str(file))
    yield from table.to_pylist()
