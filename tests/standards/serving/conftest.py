"""Servers that several tests ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standards.serving.served import Served

SECRETS = ("a-secret-of-last-year", "a-secret-of-this-year")
KEYS = ("first-key", "second-key")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """As it starts without options, but as patient as a busy machine needs."""
    server = Served(tmp_path_factory.mktemp("served"), "--timeout", "90", "--queue", "2000").loaded()
    yield server
    server.end()


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """With keys, Coral's secrets, and little patience for slow clients."""
    folder: Path = tmp_path_factory.mktemp("strict")
    (folder / "keys").write_text("# who may ask\n" + "\n".join(KEYS) + "\n", encoding="utf-8")
    (folder / "secrets").write_text("\n".join(SECRETS) + "\n", encoding="utf-8")
    server = Served(
        folder, "--key-file", str(folder / "keys"), "--coral-secret-file", str(folder / "secrets"),
        "--read-timeout", "1", "--timeout", "90",
    ).loaded()  # fmt: skip
    yield server
    server.end()
