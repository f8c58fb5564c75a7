"""The model, and a head learned from a dozen decisions."""

import pytest

from broadsheet.standards.learning.learn import Start, learn
from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.model.learned import LearnedHead
from broadsheet.standards.senses import Senses
from tests.standards.learning.stories import BEGUN, newsroom


@pytest.fixture(scope="session")
def encoder(whole: Senses) -> Encoder:
    assert isinstance(whole.encoder, Encoder)
    return whole.encoder


@pytest.fixture(scope="session")
def dozen(encoder: Encoder) -> LearnedHead:
    """A head of six spoilers and six other comments."""
    return learn(newsroom(6), "SPOILER", encoder, start=Start(), made=BEGUN.date())
