"""A paper whose readers are decided about."""

from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.newsroom.models import ArticlePage
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader
from tests.factories.newsroom import make_article, make_edition, make_section
from tests.notifications.conftest import post

__all__ = ["post"]


class Clock:
    """A clock that stands, and is put forward."""

    def __init__(self) -> None:
        self.base, self.ahead = clock.now(), timedelta(0)

    def pass_(self, **span: float) -> None:
        """Let that much time pass."""
        self.ahead += timedelta(**span)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that tests put forward."""
    hands = Clock()
    monkeypatch.setattr(clock, "now", lambda: hands.base + hands.ahead)
    return hands


@pytest.fixture
def article(db: None) -> ArticlePage:
    """A public article of the English edition."""
    edition = make_edition(name="The Estuary", moderators_address="moderators@estuary.example")
    return make_article(make_section(edition), headline="Council votes on the harbour wall")


@pytest.fixture
def reader(db: None) -> Reader:
    """A reader in good standing."""
    return make_reader("ines@mail.example")
