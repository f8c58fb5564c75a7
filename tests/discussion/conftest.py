"""An article that readers talk about."""

import pytest
from django.core.cache import cache

from broadsheet.newsroom.models import ArticlePage
from tests.factories.newsroom import make_article, make_edition, make_section


@pytest.fixture(autouse=True)
def _no_limit_reached_before() -> None:
    """Forget limits that other tests reached."""
    cache.clear()


@pytest.fixture
def article(db: None) -> ArticlePage:
    """A public article of the English edition."""
    edition = make_edition(name="The Estuary", moderators_address="moderators@estuary.example")
    section = make_section(edition)
    return make_article(section, headline="Council votes on the harbour wall")
