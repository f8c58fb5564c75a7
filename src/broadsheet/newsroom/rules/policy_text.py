"""The text of a policy: names filled in, cut into headings, list items and paragraphs.

It is written as people write plain mail: `#` before a heading, `-` before an item, an empty line between paragraphs,
`**weight**`, `[words](address)`, and names of the publisher as variables such as `{brand}`.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Style = Literal["h2", "h3", "h4", "item", "paragraph"]
VARIABLE = re.compile(r"\{([a-z_]+)\}")
_MARK = re.compile(r"(#{1,4}|-) +(.*)", re.DOTALL)
_STYLES: dict[str, Style] = {"#": "h2", "##": "h2", "###": "h3", "####": "h4", "-": "item"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, an item of a list or a paragraph."""

    style: Style
    text: str


def fill(text: str, names: Mapping[str, str]) -> str:
    """Return the text with its variables filled in; a line that names one without a value is left out."""
    lines = (line for line in text.splitlines() if all(names.get(name) for name in VARIABLE.findall(line)))
    filled = (VARIABLE.sub(lambda found: names[found[1]], line).rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(filled)).strip() + "\n"


def unknown_variables(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the variables of the text that don't exist, in its order."""
    return [name for name in dict.fromkeys(VARIABLE.findall(text)) if name not in known]


def unfilled_variables(text: str, names: Mapping[str, str]) -> list[str]:
    """Return the variables of the text that have no value, in its order."""
    return [name for name in dict.fromkeys(VARIABLE.findall(text)) if not names.get(name)]


def digest(words: str) -> str:
    """Return the SHA-256 of the very words, in hexadecimal."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def passages(words: str) -> list[Passage]:
    """Return the passages of a filled text in their order; lines of one paragraph are one."""
    found: list[Passage] = []
    for block in re.split(r"\n\s*\n", words.strip()):
        gathered: list[str] = []
        for line in block.splitlines():
            if marked := _MARK.fullmatch(line):
                _end(gathered, found)
                if rest := marked[2].strip():
                    found.append(Passage(_STYLES[marked[1]], rest))
            else:
                gathered.append(line.strip())
        _end(gathered, found)
    return found


def _end(gathered: list[str], found: list[Passage]) -> None:
    text = " ".join(line for line in gathered if line)
    if text:
        found.append(Passage("paragraph", text))
    gathered.clear()
