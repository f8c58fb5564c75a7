"""Readers at the entrance of a small paper."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from broadsheet.kernel import clock
from broadsheet.readers.engines.hashing import Argon2id
from tests.factories import newsroom as make


@pytest.fixture(autouse=True)
def _quick_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash with little work, but where the work itself is looked at."""
    if "slow" not in request.keywords:
        monkeypatch.setattr(Argon2id, "time_cost", 1)
        monkeypatch.setattr(Argon2id, "memory_cost", 64)


@pytest.fixture(autouse=True)
def _no_limit_reached_before() -> None:
    """Forget what allauth's own limits counted for other tests: numbers of accounts come again."""
    cache.clear()


@pytest.fixture
def paper(db: None) -> None:
    """Two editions: English at the root, French below it."""
    make.make_edition(name="The Estuary", brand="Estuary", account_domain="estuary.example",
                      moderators_address="moderators@estuary.example")  # fmt: skip
    make.make_edition("fr", name="La Marée", at_root=False)


class Clock:
    """The clock, to be put forward."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def pass_(self, **span: float) -> None:
        """Let that much time pass."""
        self.ahead += timedelta(**span)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that tests put forward."""
    hands, real = Clock(), clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + hands.ahead)
    return hands
