"""`comments:analyze` and `comments:suggestscore` of the Perspective API, answered by the judge.

Written after its public documentation: methods, attributes, limits and errors (the pages `2-api/methods.md`, `models.md` and
`limits.md` of conversationai/perspectiveapi) and the discovery document of commentanalyzer v1alpha1. Where this goes further
than the original (HTML, more attributes) or less far, docs/reference/judge-server.md says so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.standards.serving.judge_thread import JudgeThread
from broadsheet.standards.serving.languages import ATTRIBUTES, detected, primary
from broadsheet.standards.serving.markup import Plain, from_html, from_plain
from broadsheet.standards.serving.messages import message
from broadsheet.standards.serving.refusals import RefusedError, analyzer
from broadsheet.standards.serving.sentences import sentences, utf16
from broadsheet.standards.submission import Submission
from broadsheet.standards.verdict import Verdict

LONGEST = 20_480  # bytes of UTF-8, as the original: 20 KB
# Names of the original that ask for what another name here tells, beside NAME_EXPERIMENTAL for NAME.
ALIASES = {"TOXICITY_FAST": "TOXICITY", "OBSCENE": "PROFANITY"}
_NAME = re.compile(r"([A-Z_]+?)(?:_EXPERIMENTAL)?(?:@[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An attribute asked for: the name in the request, the judge's own, and the score below which it is left out."""

    name: str
    attribute: str
    least: float


async def analyze(body: bytes, judge: JudgeThread, edition: str) -> dict[str, Any]:
    """Return the answer to an AnalyzeCommentRequest. Raises `RefusedError`."""
    request = message(body, "AnalyzeCommentRequest")
    plain, source = _comment(request)
    told = judge.loaded.told
    wanted = _wanted(request)
    _check_context(request.get("context", {}))
    given, language, found = _languages(request, plain.text, edition)
    wanted = _supported(
        wanted, told, given or [found], drop=request.get("dropUnsupportedAttributes", False), asked=bool(given)
    )
    spans = sentences(plain.text) if request.get("spanAnnotations") else [(0, len(plain.text))]
    scores = {}
    if wanted:
        texts = [plain.text] if len(spans) == 1 else [plain.text, *(plain.text[start:end] for start, end in spans)]
        verdicts = await judge.judge([Submission(text, language, edition) for text in texts])
        _check_scored(verdicts)
        parts = verdicts[1:] or verdicts
        scores = _scores(wanted, verdicts[0], list(zip(_places(plain, spans, source), parts, strict=True)))
    answer = {"attributeScores": scores, "languages": request.get("languages") or [found]}
    if found:
        answer["detectedLanguages"] = [found]
    return {name: value for name, value in {**answer, **_token(request)}.items() if value}


def suggest(body: bytes, edition: str) -> dict[str, Any]:
    """Return the answer to a SuggestCommentScoreRequest; the suggestion is kept nowhere. Raises `RefusedError`."""
    request = message(body, "SuggestCommentScoreRequest")
    plain, _source = _comment(request)
    _check_context(request.get("context", {}))
    scores = request.get("attributeScores") or {}
    if not scores:
        raise analyzer("INVALID_REQUEST", "Missing attribute_scores")
    for name, score in scores.items():
        if not score.get("summaryScore") and not score.get("spanScores"):
            raise analyzer("INVALID_REQUEST", f"Missing scores for attribute: {name}")
    found = detected(plain.text, edition)
    answer = {"detectedLanguages": [found] if found else [], "requestedLanguages": request.get("languages")}
    return {name: value for name, value in {**answer, **_token(request)}.items() if value}


def _comment(request: Mapping[str, Any]) -> tuple[Plain, str]:
    """Return the comment to be judged and the text as it was sent."""
    entry = request.get("comment", {})
    text = entry.get("text", "")
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST:
        raise analyzer("COMMENT_TOO_LONG", "Comment text too long.")
    plain = from_html(text) if entry.get("type") == "HTML" else from_plain(text)
    if not plain.text.strip():
        raise analyzer("COMMENT_EMPTY", "Comment must be non-empty.")
    return plain, text


def _wanted(request: Mapping[str, Any]) -> list[_Wanted]:
    asked = request.get("requestedAttributes")
    if not asked:
        raise analyzer("NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes")
    wanted = []
    for name, options in asked.items():
        attribute = _attribute(name)
        if attribute not in ATTRIBUTES:
            raise analyzer("INVALID_REQUEST", f"Unknown requested attribute: {name}")
        kind = options.get("scoreType", "PROBABILITY")
        if kind not in {"PROBABILITY", "SCORE_TYPE_UNSPECIFIED"}:
            raise analyzer("INVALID_REQUEST", f"Requested score type {kind} is not supported by attribute {name}")
        wanted.append(_Wanted(name, attribute, options.get("scoreThreshold", 0.0)))
    return wanted


def _attribute(name: str) -> str:
    found = _NAME.fullmatch(name)
    return ALIASES.get(found[1], found[1]) if found else ""


def _check_context(context: Mapping[str, Any]) -> None:
    if context.get("entries") and context.get("articleAndParentComment"):
        raise analyzer(
            "INVALID_REQUEST",
            "Context can have either entries or article_and_parent_comment, but both fields were populated.",
        )


def _languages(request: Mapping[str, Any], text: str, edition: str) -> tuple[list[str], str, str]:
    """Return the languages given, the one to judge by, and the one told from the text, which may be none."""
    given = [primary(code) or code for code in request.get("languages", ())]
    found = detected(text, edition)
    if not given and not found:
        raise analyzer("LANGUAGE_DETECTION_FAILED", "Unable to detect language")
    return given, found if found in given or not given else given[0], found


def _supported(
    wanted: Sequence[_Wanted], told: Mapping[str, frozenset[str]], languages: Sequence[str], *, drop: bool, asked: bool
) -> list[_Wanted]:
    """Return the attributes that can be told in all the languages; refuse the first that can't, unless such are to be dropped."""
    kept = []
    for one in wanted:
        if all(one.attribute in told.get(language, ()) for language in languages):
            kept.append(one)
        elif not drop:
            named = "requestedLanguages" if asked else "detectedLanguages"
            raise analyzer(
                "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
                f"Attribute {one.name} does not support request languages: {', '.join(languages)}",
                languageNotSupportedByAttributeError={named: list(languages), "attribute": one.name},
            )
    return kept


def _check_scored(verdicts: Iterable[Verdict]) -> None:
    """Refuse where a detector failed: what it would have seen is not low, it is unknown."""
    failed = sorted({name for verdict in verdicts for name in verdict.not_scored})
    if failed:
        raise RefusedError(503, f"The comment is not scored: {', '.join(failed)} failed.")


def _places(plain: Plain, spans: Sequence[tuple[int, int]], source: str) -> list[tuple[int, int]]:
    """Return the spans in what was sent, in UTF-16 code units; the whole where there is but one."""
    if len(spans) == 1:
        return [(0, utf16(source, len(source)))]
    return [(utf16(source, start), utf16(source, end)) for start, end in (plain.span(*span) for span in spans)]


def _scores(
    wanted: Sequence[_Wanted], whole: Verdict, parts: Sequence[tuple[tuple[int, int], Verdict]]
) -> dict[str, Any]:
    return {
        one.name: {
            "spanScores": [
                {"begin": begin, "end": end, "score": _score(part, one.attribute)} for (begin, end), part in parts
            ],
            "summaryScore": _score(whole, one.attribute),
        }
        for one in wanted
        if whole.attributes.get(one.attribute, 0.0) >= one.least
    }


def _score(verdict: Verdict, attribute: str) -> dict[str, Any]:
    """Return the score; 0 where the judge, which did read the text, found no word in it."""
    return {"value": round(verdict.attributes.get(attribute, 0.0), 6), "type": "PROBABILITY"}


def _token(request: Mapping[str, Any]) -> dict[str, Any]:
    return {"clientToken": request.get("clientToken")}
