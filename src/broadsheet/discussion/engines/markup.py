"""What readers write: cleaned of what deceives or breaks a page, and made into markup once.

A comment is plain text with paragraphs, `>` quotes, `*emphasis*`, `**strong**` and bare web addresses; nothing else is
markup. What is stored as HTML was escaped here and cleaned by nh3 as well (ASVS 5.0 1.2.1, 1.3.1, 1.3.5).
"""

import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import nh3
import regex

Span = tuple[int, int]
BLACKED = "█████"  # always as long: the length of what stood there tells something, too
QUOTED_DEEP = 3
MOST_MARKS = 4  # that every script shares, upon one letter: more are towers; pointed and vowelled scripts use three
MOST_OWN_MARKS = 8  # of a script of its own: Tibetan and Burmese stack them

_BREAKS = regex.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Controls, lone surrogates, private and non-characters, overrides, embeddings and isolates, and what is not seen at all;
# joiners, variation selectors and the three marks of direction stay: scripts and emoji need them.
_DROPPED = regex.compile(
    r"[\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
    r"|(?![\n\t])\p{Cc}"
    r"|(?![\u200c-\u200f\u061c\ufe00-\ufe0f\U000e0100-\U000e01ef])\p{Default_Ignorable_Code_Point}"
)
_JOINER = r"[\u200c-\u200f\u061c]"
_SHARED_MARK = rf"(?:(?=\p{{Script=Inherited}})\p{{M}}|{_JOINER})"
_ANY_MARK = rf"(?:\p{{M}}|{_JOINER})"
_TOWERS = (
    regex.compile(rf"({_SHARED_MARK}{{{MOST_MARKS}}}){_SHARED_MARK}+"),
    regex.compile(rf"({_ANY_MARK}{{{MOST_OWN_MARKS}}}){_ANY_MARK}+"),
)
_SPACES = regex.compile(r"[\t\p{Zs}]{2,}|\t")
_LINE_ENDS = regex.compile(r"[\p{Zs}]*\n[\p{Zs}]*")
_MANY_LINES = regex.compile(r"\n{3,}")
_SEEN = regex.compile(r"(?![\u2800])[\p{L}\p{N}\p{P}\p{S}]")
_URL = regex.compile(r"(?<![\w@/.])https?://[^\s<>\"'`|\\^{}\ue000-\uf8ff]{3,1800}", regex.IGNORECASE)
_STRONG = regex.compile(r"(?<![\w*])\*\*(?=[^\s*])((?:[^*\n]|\*(?!\*))+)(?<=\S)\*\*(?![\w*])")
_EM = regex.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])")
_QUOTE = regex.compile(r"^(?:> ?)+")
_QUOTES = regex.compile(_QUOTE.pattern, regex.MULTILINE)
_HELD_BACK = regex.compile(r"[\ue000\ue001]")
_HIDDEN, _LINKED = "\ue000", "\ue001"  # no comment holds these: private ones are dropped
_CLEANER = nh3.Cleaner(
    tags={"p", "br", "blockquote", "em", "strong", "a", "span"},
    attributes={"p": {"dir"}, "a": {"href", "dir"}},
    allowed_classes={"span": {"redacted"}},
    url_schemes={"http", "https"},
    link_rel="nofollow ugc noopener",
)


def clean_text(raw: str) -> str:
    """Return the text as it is kept: composed (NFC), without what is not seen or turns others' words around.

    Cleaning it once more changes nothing. Empty where nothing of it could be seen.
    """
    text = _DROPPED.sub("", _BREAKS.sub("\n", raw))
    text = unicodedata.normalize("NFC", _without_towers(text))
    text = _without_towers(text)  # composing takes some letters apart
    text = _LINE_ENDS.sub("\n", _SPACES.sub(" ", text))
    text = _MANY_LINES.sub("\n\n", text).strip()
    return text if _SEEN.search(_QUOTES.sub("", text)) else ""


def to_html(text: str, redactions: Sequence[Span] = ()) -> str:
    """Return the markup of a cleaned text, the redacted parts blacked out; safe to be put into a page as it is."""
    links: list[str] = []
    blocks = _blocks(_linked(_blacked(_HELD_BACK.sub("", text), redactions, _HIDDEN), links))
    html = "".join(blocks)
    for link in links:
        html = html.replace(_LINKED, link, 1)
    return _CLEANER.clean(html.replace(_HIDDEN, f'<span class="redacted">{BLACKED}</span>'))


def to_shown_text(text: str, redactions: Sequence[Span] = ()) -> str:
    """Return the text as others may read it where there is no markup."""
    return _blacked(text, redactions, BLACKED)


def _without_towers(text: str) -> str:
    for tower in _TOWERS:
        text = tower.sub(r"\1", text)
    return text


def _blacked(text: str, redactions: Iterable[Span], mark: str) -> str:
    for start, end in sorted(redactions, reverse=True):
        text = text[:start] + mark + text[end:]
    return text


def _linked(text: str, links: list[str]) -> str:
    """Return the text with a sign in place of each web address, whose markup is added to `links`."""

    def link(found: "regex.Match[str]") -> str:
        address = _without_end(found.group())
        if not _is_address(address):
            return found.group()
        shown = _escaped(address)
        links.append(f'<a href="{shown}" dir="ltr">{shown}</a>')
        return _LINKED + found.group()[len(address) :]

    return _URL.sub(link, text)


def _without_end(address: str) -> str:
    """Return the address without what belongs to the sentence: closing marks, and brackets that open before it."""
    pairs = {")": "(", "]": "["}
    while address:
        last = address[-1]
        if last in ".,;:!?*_…»”’" or (last in pairs and address.count(last) > address.count(pairs[last])):
            address = address[:-1]
        else:
            break
    return address


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 1) > 0
    except ValueError:
        return False


def _blocks(text: str) -> list[str]:
    """Return paragraphs and quotes; lines of one paragraph are kept apart."""
    blocks: list[str] = []
    depth, lines = 0, list[str]()
    for line in [*text.split("\n"), ""]:
        mark = _QUOTE.match(line)
        level = min(mark.group().count(">"), QUOTED_DEEP) if mark else 0
        rest = line[mark.end() :] if mark else line
        if (level != depth or not rest.strip()) and lines:
            blocks.append(f'<p dir="auto">{"<br>".join(lines)}</p>')
            lines = []
        if level != depth and rest.strip():
            blocks.append("<blockquote>" * (level - depth) + "</blockquote>" * (depth - level))
            depth = level
        if rest.strip():
            lines.append(_inline(rest))
    return [*blocks, "</blockquote>" * depth]


def _inline(line: str) -> str:
    parts, at = [], 0
    for found in _STRONG.finditer(line):
        parts += [_emphasised(line[at : found.start()]), f"<strong>{_emphasised(found.group(1))}</strong>"]
        at = found.end()
    return "".join([*parts, _emphasised(line[at:])])


def _emphasised(line: str) -> str:
    parts, at = [], 0
    for found in _EM.finditer(line):
        parts += [_escaped(line[at : found.start()]), f"<em>{_escaped(found.group(1))}</em>"]
        at = found.end()
    return "".join([*parts, _escaped(line[at:])])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
