"""Turns links to an article's number into links that follow the article wherever it moves."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

LINK = re.compile(r'href="article:(\d{10})"')
Finder = Callable[[Iterable[int]], Mapping[int, int]]


def with_page_links(blocks: list[dict[str, Any]], find: Finder) -> list[dict[str, Any]]:
    """Return the stream data with `href="article:<number>"` as Wagtail's link to that page, where there is one."""
    wanted = {int(number) for text in _texts(blocks) for number in LINK.findall(text)}
    if not wanted:
        return blocks
    known = find(wanted)

    def link(match: re.Match[str]) -> str:
        page = known.get(int(match.group(1)))
        return f'linktype="page" id="{page}"' if page else match.group(0)

    return [{**block, "value": _mapped(block["value"], link)} for block in blocks]


def _mapped(value: Any, link: Callable[[re.Match[str]], str]) -> Any:
    if isinstance(value, str):
        return LINK.sub(link, value)
    if isinstance(value, list):
        return [_mapped(part, link) for part in value]
    if isinstance(value, dict):
        return {key: _mapped(part, link) for key, part in value.items()}
    return value


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
