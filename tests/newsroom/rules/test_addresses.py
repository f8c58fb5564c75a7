"""Public paths of articles."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.rules.addresses import ARTICLE, address_slug, article_path, paged

pytestmark = pytest.mark.row("ART-01")


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("The barrier held", "the-barrier-held"),
        ("L'été à Besançon", "lete-a-besancon"),
        ("  --- ", "article"),
        ("🌊🌊", None),
        ("น้ำท่วมกรุงเทพ", None),
        ("سوق السمك", None),
        ("a" * 500, "a" * 100),
        ("word " * 100, None),
    ],
)
def test_slugs(headline, slug):
    made = address_slug(headline)
    assert 1 <= len(made) <= 100
    if slug:
        assert made == slug


@given(st.text(max_size=600))
def test_any_headline_has_an_address_that_reads_back(headline):
    slug = address_slug(headline)
    path = article_path(edition="fr", section="monde", day=date(2026, 11, 24), number=1_000_000_101, slug=slug)
    assert path.isascii()
    last = path.strip("/").rpartition("/")[2]
    match = ARTICLE.match(last)
    assert match is not None
    assert (match["day"], match["number"], match["slug"]) == ("20261124", "1000000101", slug)
    assert "--" not in slug


def test_paths():
    path = article_path(edition="", section="world", day=date(2026, 1, 2), number=1_000_000_101, slug="a-b")
    assert path == "/world/202601021000000101-a-b/"
    assert paged("/all-news/", 1) == "/all-news/"
    assert paged("/all-news/", 3) == "/all-news/3/"
