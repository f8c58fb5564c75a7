"""What a person names is read whole or refused in words."""

import gzip
from pathlib import Path

import pytest

from broadsheet.importing.engines.read_source import read_source
from broadsheet.importing.errors import FetchRefusedError, ImportRefusedError

pytestmark = pytest.mark.row("ART-16")


def test_a_file_and_a_packed_file_are_read(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<p>Hello</p>")
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(b"<p>Hello</p>"))
    assert read_source(str(tmp_path / "page.html")).content == b"<p>Hello</p>"
    assert read_source(str(tmp_path / "page.html.gz")).content == b"<p>Hello</p>"


def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    large = tmp_path / "large.html"
    with large.open("wb") as opened:
        opened.truncate(50 * 1024 * 1024)
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(b"x" * 20_000_000))
    damaged = tmp_path / "damaged.gz"
    damaged.write_bytes(b"no gzip at all")
    for place, status in (
        (tmp_path / "missing.html", 66),
        (tmp_path, 66),
        ("a\x00b", 66),
        (large, 65),
        (bomb, 65),
        (damaged, 65),
    ):
        with pytest.raises(ImportRefusedError) as refused:
            read_source(str(place))
        assert refused.value.message.startswith("Nothing was imported")
        assert refused.value.exit_status == status


def test_addresses_of_other_kinds_are_refused() -> None:
    for place in ("file:///etc/passwd", "ftp://gull.example/a", "http://127.0.0.1/"):
        with pytest.raises(FetchRefusedError):
            read_source(place)
