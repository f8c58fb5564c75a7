"""In which language a comment is, where the client doesn't say; and what can be told in which language."""

import re
from collections.abc import Iterable, Mapping

from broadsheet.standards.attributes import HEADS, NOTICED
from broadsheet.standards.detectors.encoder import SURE, SURE_WORDS
from broadsheet.standards.detectors.reading import TOLD
from broadsheet.standards.judging import Rulebook, judge_many
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission
from broadsheet.standards.text.tongue import SCRIPT_OF, chances, script_of

# Languages whose attributes are looked up: those the judge tells from one another, and those the Perspective API knew.
WIDE = TOLD | frozenset("cs el fa he hi id ja ko sv th uk zh".split())  # noqa: SIM905
# The language of a text in a script: the first whose own letters it has, else the script's commonest.
_LETTERS = {
    "arabic": (("fa", re.compile("[پچژگ]")),),
    "cyrillic": (("uk", re.compile("[іїєґІЇЄҐ]")),),
    "east asian": (("ja", re.compile("[\u3040-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af]"))),
}
_COMMON = {"latin": "en", "arabic": "ar", "cyrillic": "ru", "east asian": "zh", "indic": "hi", "greek": "el",
           "hebrew": "he", "thai": "th"}  # fmt: skip
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
ATTRIBUTES = frozenset({*HEADS, *NOTICED.values(), "SEVERE_TOXICITY"})
_NEUTRAL = "1 2 3"  # words that no list knows: what comes back is the models' alone


def primary(code: str) -> str:
    """Return the language of an ISO 639-1 or BCP 47 code, such as en of en-GB; empty where it is none."""
    found = _CODE.fullmatch(code)
    return found[1].lower() if found else ""


def detected(text: str, edition: str) -> str:
    """Return the language of a text: the edition's unless it is surely another; empty where the text has no letters."""
    if not any(map(str.isalpha, text)):
        return ""
    script = script_of(text)
    if not script or script == SCRIPT_OF.get(edition, "latin") != "latin":
        return edition
    if script != "latin":
        own = (name for name, letters in _LETTERS.get(script, ()) if letters.search(text))
        return next(own, _COMMON[script])
    likely = chances(text, TOLD | {edition})
    best = max(likely, key=lambda name: likely[name], default="")
    if SCRIPT_OF.get(edition, "latin") != "latin":
        return best or _COMMON["latin"]
    sure = best and likely[best] >= SURE and len(text.split()) >= SURE_WORDS
    return best if sure else edition


def told(rulebook: Rulebook, senses: Senses, among: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return which attributes the judge tells in each language, found by asking it.

    Where it fails, all: that they can't be told now is then said of each comment, not of the language.
    """
    languages = sorted(among)
    verdicts = judge_many([Submission(_NEUTRAL, language=name) for name in languages], rulebook, senses)
    return {
        name: ATTRIBUTES if verdict.not_scored else frozenset(verdict.attributes)
        for name, verdict in zip(languages, verdicts, strict=True)
    }
