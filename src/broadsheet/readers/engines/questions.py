"""Questions in words that a form asks where no script runs: data, one file a language.

`<data folder>/questions/<language>.json` adds to the shipped ones, or brings a language of its own; the format is
that of `readers/questions/en.json`: a list of `question` and its accepted `answers`.
"""

import hashlib
import json
import logging
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

log = logging.getLogger("broadsheet.readers")
_SHIPPED = Path(__file__).resolve().parent.parent / "questions"
_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is taken for an answer; `key` names it in signed tokens."""

    key: str
    text: str
    answers: tuple[str, ...]


def draw(language: str) -> Question:
    """Return a question in the language, in English where there is none."""
    short = language.partition("-")[0]
    pool = _questions(language) or _questions(short) or _questions(_FALLBACK)
    return pool[secrets.randbelow(len(pool))]


def known(key: str) -> Question | None:
    """Return the question of that key."""
    language = key.partition(":")[0]
    if not language.replace("-", "").isalnum():
        return None
    return next((question for question in _questions(language) if question.key == key), None)


@cache
def _questions(language: str) -> tuple[Question, ...]:
    """Return the language's questions; read once a process."""
    found: list[Question] = []
    for folder in (_SHIPPED, settings.DATA / "questions"):
        file = folder / f"{language}.json"
        if file.is_file():
            found.extend(_read(file, language))
    return tuple(found)


def _read(file: Path, language: str) -> list[Question]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8-sig"))
        return [Question(_key(language, row["question"]), row["question"], tuple(row["answers"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        log.warning("%s holds no questions: it is a list of {question, answers: […]}.", file)
        return []


def _key(language: str, text: str) -> str:
    return f"{language}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
