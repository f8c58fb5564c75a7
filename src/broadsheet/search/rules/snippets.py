"""The part of a text that shows why it was found, with the words marked."""

from html import escape

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from broadsheet.search.conf import SNIPPET_WORDS
from broadsheet.search.rules.words import word_spans


def marked(text: str, text_stems: list[str], wanted: frozenset[str]) -> SafeString:
    """Return the whole text, escaped, with every wanted word in `<mark>`."""
    return _mark(text, _wanted_spans(word_spans(text), text_stems, wanted), 0, len(text))


def snippet(text: str, text_stems: list[str], wanted: frozenset[str]) -> SafeString:
    """Return the densest window of `SNIPPET_WORDS` words, escaped and marked, with `…` where text is left out."""
    first = _densest([stem in wanted for stem in text_stems])
    last = first + SNIPPET_WORDS
    spans = word_spans(text, last + 1)  # where the words after the window stand is not asked
    if len(spans) <= first:
        return conditional_escape(text[: spans[-1][1]] if spans else "")
    begin = spans[first][0] if first else 0
    end = spans[last - 1][1] if last < len(spans) else len(text)
    body = _mark(text, _wanted_spans(spans[first:last], text_stems[first:last], wanted), begin, end)
    return mark_safe(f"{'… ' if first else ''}{body}{' …' if last < len(spans) else ''}")


def _wanted_spans(spans: list[tuple[int, int]], stems: list[str], wanted: frozenset[str]) -> list[tuple[int, int]]:
    return [span for span, stem in zip(spans, stems, strict=False) if stem in wanted]


def _densest(hits: list[bool]) -> int:
    """Return where the window with the most hits begins; a hit stands a few words in, for context."""
    total = best = sum(hits[:SNIPPET_WORDS])
    where = 0
    for start in range(1, max(1, len(hits) - SNIPPET_WORDS + 1)):
        total += hits[start + SNIPPET_WORDS - 1] - hits[start - 1]
        if total > best:
            best, where = total, start
    if best and True in hits[where : where + SNIPPET_WORDS]:
        where = max(0, hits.index(True, where) - 6)
    return where


def _mark(text: str, spans: list[tuple[int, int]], begin: int, end: int) -> SafeString:
    """Return the text from `begin` to `end`, escaped, with what stands at the spans in `<mark>`."""
    pieces: list[str] = []
    at = begin
    for start, stop in spans:
        pieces += (escape(text[at:start]), "<mark>", escape(text[start:stop]), "</mark>")
        at = stop
    return mark_safe("".join([*pieces, escape(text[at:end])]))
