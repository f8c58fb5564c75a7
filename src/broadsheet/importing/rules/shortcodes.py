"""WordPress content before it is read as markup: comments of its block editor, shortcodes, gaps between lines."""

import re
from html import escape, unescape

from broadsheet.importing.rules.entry import Drops

_BLOCK = re.compile(r"<!--\s*(/?)wp:([a-z0-9/-]+)\s*(\{.*?\})?\s*(/?)-->", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'\]]+))")
_CAPTION = re.compile(r"\[(?:wp_)?caption([^\]]*)\](.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_PAIRED = re.compile(r"\[(embed|video|audio|playlist|gallery)\b([^\]]*)\](?:([^\[]*)\[/\1\])?", re.DOTALL)
_OTHER = re.compile(r"\[(/?)([a-z][\w-]{2,40})(\s[^\[\]]*)?/?\](?!\()", re.IGNORECASE)
_WORDS = frozenset({"sic", "and", "the", "emphasis", "laughs", "laughter", "applause", "ed", "note", "pause"})
DYNAMIC = {
    "latest-posts": "a list of newest articles", "archives": "an archive list", "categories": "a list of categories",
    "calendar": "a calendar", "search": "a search field", "latest-comments": "a list of comments", "rss": "a feed",
    "tag-cloud": "a cloud of tags", "block": "a reusable block", "template-part": "a part of the theme",
    "query": "a list of articles", "shortcode": "a shortcode", "navigation": "navigation", "loginout": "a log-in link",
    "social-links": "links to networks", "contact-form": "a form",
}  # fmt: skip
SILENT = {"more", "nextpage", "separator", "spacer", "read-more"}


def is_block_editor(content: str) -> bool:
    """Return whether the content was written with the block editor, which writes paragraphs out."""
    return "<!-- wp:" in content


def prepared(content: str, drops: Drops) -> str:
    """Return the content as plain markup; what only the old site could draw is noted."""
    for match in _BLOCK.finditer(content):
        closing, name, _data, empty = match.groups()
        short = name.removeprefix("core/")
        if empty and not closing and short not in SILENT:
            drops.add(f"block “{short}”", f"The old site drew it: {DYNAMIC.get(short, 'a block of a plugin')}.")
    markup = _COMMENT.sub("", content)
    markup = _CAPTION.sub(_figure, markup)
    markup = _PAIRED.sub(_element, markup)
    return _OTHER.sub(lambda found: _unknown(found, drops), markup)


def attributes(text: str) -> dict[str, str]:
    """Return the attributes of a shortcode."""
    found = _ATTRIBUTE.findall(unescape(text).translate({ord(mark): '"' for mark in "“”″"}))
    return {name.lower(): double or single or bare for name, double, single, bare in found}


def _figure(match: re.Match[str]) -> str:
    inner = match[2]
    given = attributes(match[1]).get("caption", "")
    picture = re.search(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", inner, re.IGNORECASE)
    if picture is None:
        return inner
    caption = given or (inner[: picture.start()] + inner[picture.end() :]).strip()
    return f"\n\n<figure>{picture[0]}<figcaption>{caption}</figcaption></figure>\n\n"


def _element(match: re.Match[str]) -> str:
    kind, said, inner = match[1], attributes(match[2]), (match[3] or "").strip()
    if kind in {"gallery", "playlist"}:
        return f'\n\n<external-gallery data-ids="{escape(said.get("ids", said.get("include", "")))}"></external-gallery>\n\n'
    names = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "url")
    address = inner or next((said[name] for name in names if name in said), "")
    element = kind if kind in {"video", "audio"} else "external-embed"
    return f'\n\n<{element} src="{escape(address)}"></{element}>\n\n' if address else ""


def _unknown(match: re.Match[str], drops: Drops) -> str:
    """Drop a shortcode that isn't known; brackets that are words of the text stay."""
    closing, name, said = match[1], match[2], (match[3] or "").strip()
    if not closing and re.fullmatch(r"https?://[^\s<>\"']+", said):
        return f'\n\n<external-embed src="{escape(said)}"></external-embed>\n\n'
    looks_coded = bool(closing or _ATTRIBUTE.search(said)) or "_" in name or ("-" in name and not said)
    if not looks_coded or name.lower() in _WORDS:
        return match[0]
    if not closing:
        drops.add(f"[{name}]", "A shortcode of the old site; what stood between its marks is kept.")
    return ""
