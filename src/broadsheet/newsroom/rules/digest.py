"""When a published text has really changed (ART-09)."""

import hashlib
import json
import re
from typing import Any

_KEY = re.compile(r' data-block-key="[^"]*"')
_SAME = (
    (re.compile(r"<(/?)em>"), r"<\1i>"),
    (re.compile(r"<(/?)strong>"), r"<\1b>"),
    (re.compile(r"<(br|hr) ?/>"), r"<\1>"),
)


def content_digest(headline: str, standfirst: str, body: list[Any]) -> str:
    """Return a digest of what readers would call the text; block ids and empty edges don't count."""
    text = json.dumps([headline.strip(), standfirst.strip(), _bare(body)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_update(*, before: str, after: str, minor: bool) -> bool:
    """Return whether the time “updated” moves: the text changed, and not only by a spelling mistake."""
    return bool(before) and before != after and not minor


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items() if key != "id"}
    if isinstance(value, list | tuple):
        return [_bare(part) for part in value]
    return _plainly(value) if isinstance(value, str) and "<" in value else value


def _plainly(markup: str) -> str:
    """Return the markup as it would be written by hand, the editor's own keys left out."""
    markup = _KEY.sub("", markup)
    for pattern, plain in _SAME:
        markup = pattern.sub(plain, markup)
    return markup
