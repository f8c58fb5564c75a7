"""Parts of files are those that were asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.delivery.rules.ranges import byte_range
from broadsheet.delivery.rules.served_files import served_file
from broadsheet.delivery.rules.stored_paths import is_personal, only_tracking, stored_file

pytestmark = pytest.mark.row("OPS-01")


@given(st.text(max_size=40), st.integers(0, 10_000))
def test_any_header_gives_a_part_within_the_file_or_the_whole(header: str, size: int) -> None:
    try:
        part = byte_range(header, size)
    except ValueError:
        return
    assert part is None or 0 <= part[0] <= part[1] < size


@pytest.mark.parametrize(
    ("header", "part"),
    [("bytes=0-0", (0, 0)), ("bytes=5-", (5, 99)), ("bytes=-5", (95, 99)), ("bytes=90-500", (90, 99)),
     ("bytes=-500", (0, 99)), ("bytes=0-1,5-6", None), ("lines=1-2", None), ("bytes=9-3", None), ("", None)],
)  # fmt: skip
def test_part_of_a_hundred_bytes(header: str, part: tuple[int, int] | None) -> None:
    assert byte_range(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=-0", "bytes=200-300"])
def test_part_that_is_not_there_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match=r"asked|begins"):
        byte_range(header, 100)


@given(st.text(max_size=60).map(lambda text: f"/{text}"))
def test_no_path_leads_outside(path: str) -> None:
    for file in (stored_file(path), served_file(path)):
        assert file is None or (not file.startswith("/") and ".." not in file.split("/") and "\\" not in file)


@pytest.mark.parametrize("path", ["/../", "/a/../b/", "/a//b/", "/.hidden/", "/a/.b/", "/a", "/a/index.html", "/é/", "/a/%2e%2e/",
                                  "/a/" * 400, "/a b/", "/a/?b/", "/evil.xml", "/.well-known/x.txt"])  # fmt: skip
def test_path_that_is_not_canonical_is_never_stored(path: str) -> None:
    assert stored_file(path) is None


@pytest.mark.parametrize(("path", "file"), [("/", "index.html"), ("/fr/monde/", "fr/monde/index.html"),
                                            ("/fr/feeds/rss.xml", "fr/feeds/rss.xml"), ("/robots.txt", "robots.txt")])  # fmt: skip
def test_canonical_path_has_its_file(path: str, file: str) -> None:
    assert stored_file(path) == file


@pytest.mark.parametrize(("query", "only"), [("", True), ("utm_source=x&gclid=1", True), ("page=2", False),
                                             ("utm_source=x&page=2", False), ("&&", True), ("utm_x", True)])  # fmt: skip
def test_tracking_is_told_from_other_queries(query: str, only: bool) -> None:
    assert only_tracking(query) is only


@pytest.mark.parametrize("path", ["/accounts/login/", "/fr/accounts/login/", "/zh-hans/accounts/my-data/", "/me/",
                                  "/ar/me/", "/editor/", "/editor/pages/3/"])  # fmt: skip
def test_what_depends_on_who_asks_is_never_stored(path: str) -> None:
    assert is_personal(path)
    assert stored_file(path) is None


@pytest.mark.parametrize("path", ["/", "/fr/", "/world/", "/world/me/", "/tag/me/", "/tag/accounts/", "/fr/editor/x/",
                                  "/media/", "/mexico/", "/accounts", "/fr/tag/me/"])  # fmt: skip
def test_public_addresses_are_not_taken_for_personal_ones(path: str) -> None:
    assert not is_personal(path)
