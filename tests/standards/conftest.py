"""What is loaded once for all tests of the judge."""

import pytest

from broadsheet.standards.senses import Senses


@pytest.fixture(scope="session")
def senses() -> Senses:
    """Rules and lists alone: what they notice doesn't change with the model."""
    return Senses.load(model=None)


@pytest.fixture(scope="session")
def whole() -> Senses:
    """All that is shipped, the model too."""
    return Senses.load()
