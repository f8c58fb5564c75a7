"""Lines joined into the pieces a person sees: hard-wrapped paragraphs become one piece each."""

import re
from dataclasses import dataclass
from itertools import pairwise

from broadsheet.importing.engines.dump.fragments import is_fragmented, joined_lines
from broadsheet.importing.engines.dump.lines import Line, Source, plain
from broadsheet.importing.engines.dump.tongues import unspaced_words
from broadsheet.importing.engines.dump.vocabulary import has_label

_TERMINAL = re.compile(r"[.!?…。؟۔:;][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"[^\W\d_]{2}-$")
_PICTURE_FILE = re.compile(r"\[[\w.,%-]+\.(?:jpe?g|png|gif|webp|svg|avif)\b[^\[\]]{0,300}\]", re.IGNORECASE)
_OPENING = re.compile(r"^[\"'“„«‘(\[]*[^\W\d_]")


@dataclass(slots=True)
class Piece:
    """A paragraph, heading, label or other separate piece of the dump."""

    text: str
    first: int
    lines: tuple[Line, ...]
    after_blank: bool = False
    before_blank: bool = False
    words: int = 0
    whole_link: bool = False
    links: int = 0

    @property
    def line(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def bullet(self) -> str | None:
        """The sign or number that the piece begins with as an item of a list."""
        return self.lines[0].bullet

    @property
    def indent(self) -> int:
        """How far its first line stands from the margin."""
        return self.lines[0].indent


@dataclass(frozen=True, slots=True)
class Wrap:
    """How the dump breaks lines: the width, or None where each paragraph is one line."""

    width: int | None
    double_spaced: bool = False


def pieces_of(source: Source) -> list[Piece]:
    """The dump's pieces in order."""
    wrap = find_wrap(source.lines, browser=len(source.references) >= 5)
    joined = joined_lines(source.lines) if wrap.width is None and is_fragmented(source.lines) else set[int]()
    pieces: list[Piece] = []
    current: list[Line] = []
    start, blank, blank_before = 0, True, True
    for number, line in enumerate(source.lines):
        if not line.text:
            if line.raw.strip() == "" or not current:
                blank = True
            continue
        if current and number not in joined and not _goes_on(current, line, wrap, blank=blank):
            pieces.append(_piece(current, start, after_blank=blank_before))
            pieces[-1].before_blank = blank
            current = []
        if not current:
            start, blank_before = number, blank
        current.append(line)
        blank = False
    if current:
        pieces.append(_piece(current, start, after_blank=blank_before))
        pieces[-1].before_blank = True
    return pieces


def find_wrap(lines: list[Line], *, browser: bool = False) -> Wrap:
    """Whether and where the dump wraps its lines, from the lines that break off inside a sentence."""
    lengths = sorted(_broken_off(lines))
    long = sum(1 for line in lines if len(line.text) >= 40)
    best, width = 0, 0
    first = 0
    for last, length in enumerate(lengths):
        while lengths[first] < length - 14:
            first += 1
        if last - first + 1 >= best and 45 <= length <= 132:
            best, width = last - first + 1, length
    over = sum(1 for line in lines if len(line.raw.rstrip()) > width + 3 and line.text.count(" ") > 4)
    strict = over > long * 0.03 + 1
    if browser and best >= 3 and 66 <= width <= 132:
        return Wrap(width, double_spaced=False)
    if best < 3 or best < len(lengths) * (0.6 if strict else 0.35) or (strict and best < long * 0.12):
        return Wrap(None)
    if over > 1 and _has_no_capitals(lines):
        return Wrap(None)
    return Wrap(width, double_spaced=_is_double_spaced(lines, width))


def _has_no_capitals(lines: list[Line]) -> bool:
    """True where the script has no small letters, which would tell a broken line from the next paragraph."""
    first = [letter for line in lines if (letter := next((sign for sign in line.text[:4] if sign.isalpha()), ""))]
    return sum(1 for letter in first if not letter.isupper() and not letter.islower()) * 2 > len(first)


def _broken_off(lines: list[Line]) -> list[int]:
    """How long the lines are that end inside a sentence which goes on in small letters on the next."""
    texts = [line for line in lines if line.text]
    return [
        len(line.raw.rstrip())
        for line, following in pairwise(texts)
        if len(line.text) >= 40
        and line.text.count(" ") >= 5
        and not _TERMINAL.search(line.text)
        and _continues(following.text)
        and not following.bullet
    ]


def _continues(text: str) -> bool:
    """True where a line can be the middle of a sentence."""
    letter = next((sign for sign in text[:4] if sign.isalpha()), "")
    return bool(letter) and not letter.isupper()


def _is_double_spaced(lines: list[Line], width: int) -> bool:
    """True where even the lines of one paragraph have a blank line between them."""
    inside, apart = 0, 0
    for line, following in pairwise(lines):
        if line.text and len(line.raw.rstrip()) >= width - 14 and not _TERMINAL.search(line.text):
            if not following.text:
                apart += 1
            elif _continues(following.text):
                inside += 1
    return apart > 3 * inside


def _goes_on(current: list[Line], line: Line, wrap: Wrap, *, blank: bool) -> bool:
    """True where the line belongs to the paragraph that is being gathered."""
    if len(current) == 1 and current[0].text.endswith((",", ":")) and has_label(current[0].text, "caption"):
        return True
    if wrap.width is None or (blank and not wrap.double_spaced):
        return False
    last = current[-1]
    if len(last.raw.rstrip()) > wrap.width + 3 or _stands_alone(last.text, line.text):
        return False
    if line.bullet or line.level or "\t" in line.text or _looks_columned(line) or _looks_columned(last):
        return False
    hang = line.indent - current[0].indent
    if hang and not (current[0].bullet and 0 < hang <= 6) and abs(hang) > 1 and len(current) == 1:
        return False
    if len(current) > 1 and abs(line.indent - last.indent) > 1:
        return False
    first_word = line.raw.strip().split(" ", 1)[0]
    would_fit = len(last.raw.rstrip()) + 1 + len(first_word) <= wrap.width - 1
    if not would_fit:
        return not (wrap.double_spaced and _TERMINAL.search(last.text) and len(last.raw) < wrap.width - 10)
    ragged = len(last.raw.rstrip()) >= wrap.width * 0.6 and not _TERMINAL.search(last.text)
    return ragged and _continues(line.text) and _OPENING.match(line.text) is not None


def _stands_alone(text: str, following: str) -> bool:
    """True for a path of links or a line that the next one repeats, however long it is."""
    if len(following) >= 12 and following in text:
        return True
    head = re.split(r"\s*[>»›→]\s*|\s+/\s+", text, maxsplit=1)
    return len(head) == 2 and has_label(head[0], "home")


def _looks_columned(line: Line) -> bool:
    """True for a line set in columns by runs of spaces."""
    return len([cell for cell in line.text.split("  ") if cell.strip()]) >= 3


def _piece(lines: list[Line], first: int, *, after_blank: bool) -> Piece:
    """The gathered lines as one piece."""
    if len(lines) == 1:
        text = lines[0].text
    else:
        text = lines[0].text
        for line in lines[1:]:
            text += line.text if line.text[0] in ",.;:!?)»”" else " " + line.text
        text = plain(text)
    if "[" in text:
        text = plain(_PICTURE_FILE.sub(" ", text)) or text
    links = sum(len(line.links) for line in lines)
    whole = lines[0].whole_link and links == 1
    words = len(text.split())
    if not text.isascii():
        words += unspaced_words(text)
    return Piece(
        text=text,
        first=first,
        lines=tuple(lines),
        after_blank=after_blank,
        words=words,
        whole_link=whole,
        links=links,
    )
