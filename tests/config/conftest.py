"""Papers of a test's own, to be spoilt and looked at."""

import shutil
from pathlib import Path

import pytest

from tests.papers import copy_of_new


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new paper, as `broadsheet new` makes it."""
    return copy_of_new(tmp_path_factory.mktemp("paper") / "mine")


@pytest.fixture
def paper(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(made, tmp_path / "mine"))
