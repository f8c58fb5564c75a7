"""What pages say of themselves to machines (ART-10)."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.rules.structured import Publisher, Story, story
from broadsheet.web.templatetags.paper import machine

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def make(**values):
    base = {
        "kind": "news", "url": "https://tide.example/world/x/", "headline": "A headline", "description": "In short.",
        "language": "en", "section": "World", "section_url": "https://tide.example/world/", "published_at": AT,
        "modified_at": AT, "words": 100, "publisher": Publisher("The Tide", "https://tide.example/", "https://tide.example/logo.png"),
    }  # fmt: skip
    return story(Story(**(base | values)))["@graph"][0]


@pytest.mark.row("ART-10")
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("news", "NewsArticle"),
        ("analysis", "AnalysisNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("live", "LiveBlogPosting"),
    ],
)
def test_each_kind_has_its_type(kind, name):
    assert make(kind=kind)["@type"] == name


@pytest.mark.row("ART-09")
def test_corrections_are_told():
    node = make(corrections=((AT, "It was 4.9 metres, not 5.2."),))
    assert node["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "It was 4.9 metres, not 5.2.",
            "datePublished": "2026-11-20T12:00:00+00:00",
        }
    ]


@pytest.mark.row("ART-12")
def test_a_live_blog_tells_its_posts():
    update = {"headline": "Gates shut", "at": AT, "text": "The gates are shut.", "anchor": "post-1"}
    node = make(kind="live", coverage=(AT, None), updates=(update,))
    assert node["coverageStartTime"] == AT.isoformat()
    assert "coverageEndTime" not in node
    assert node["liveBlogUpdate"][0]["url"] == "https://tide.example/world/x/#post-1"


@given(st.text(max_size=200))
def test_no_text_can_end_the_script_that_carries_it(text):
    written = machine({"headline": f"{text}</script><!--"})
    assert "<" not in written
    assert json.loads(written)["headline"] == f"{text}</script><!--"
