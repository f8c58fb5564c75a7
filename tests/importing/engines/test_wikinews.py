"""Real articles, saved from eight kinds of site, come back with headline, byline, licence, day and text."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.importing.engines.read_page import read_page
from tests.importing.wikinews_pages import TEMPLATES, Story, stories

pytestmark = pytest.mark.row("ART-16")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
def test_articles_come_back(shared: Path, template: Callable[[Story], str]) -> None:
    found = list(stories(shared))
    assert len(found) == 43
    for story in found:
        result = read_page(template(story).encode())
        assert result.headline == story.title
        assert result.published_on == story.day.isoformat(), story.name
        assert result.authors == (story.byline,)
        assert result.licence == story.licence
        assert result.language == "en"
        assert result.canonical_url == story.url
        got = {text for block in result.body for text in (block.text or "", *(block.items or ()))}
        wanted = [text for text in story.body if len(text) > 60]
        missing = [text for text in wanted if text not in got]
        assert len(missing) <= max(1, len(wanted) * 0.05), (story.name, missing[:2])
        extra = len(words(" ".join(got))) - len(words(" ".join(story.body)))
        assert extra <= 30, story.name
        captions = [text for kind, text in story.blocks if kind == "caption"]
        assert len(result.images) == len(captions), story.name
        assert {block.type for block in result.body} <= {"paragraph", "heading", "list", "image", "gallery"}
        assert result.dropped
