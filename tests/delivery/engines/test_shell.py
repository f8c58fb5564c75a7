"""One process serves stored pages, files and everything else, and takes no harm from what it is sent."""

import gzip
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from tests.delivery.conftest import until
from tests.delivery.serving import ask

pytestmark = pytest.mark.row("OPS-01")
Paper = tuple[Path, int]


def raw(port: int, data: bytes, *, wait: float = 1.0) -> bytes:
    """Return what comes back for these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        connection.sendall(data)
        found = b""
        try:
            while part := connection.recv(65536):
                found += part
        except TimeoutError:
            pass
        return found


def test_stored_page_is_served_compressed_and_unchanged_pages_are_not_sent_again(shared_paper: Paper) -> None:
    _folder, port = shared_paper
    ask(port, "/change/1/", "POST", b"one")
    assert until(lambda: "etag" in ask(port, "/n/1/").headers)  # stored as soon as the change was heard of
    plain = ask(port, "/n/1/")
    assert (plain.status, b"one" in plain.body) == (200, True)
    packed, zipped = ask(port, "/n/1/", accept_encoding="gzip, br"), ask(port, "/n/1/", accept_encoding="gzip")
    assert brotli.decompress(packed.body) == gzip.decompress(zipped.body) == plain.body
    assert (packed.headers["content-encoding"], zipped.headers["content-encoding"]) == ("br", "gzip")
    for answer, coding in ((plain, ""), (packed, "gzip, br"), (zipped, "gzip")):
        again = ask(port, "/n/1/", accept_encoding=coding, if_none_match=answer.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == answer.headers["etag"]
    assert ask(port, "/n/1/", if_modified_since=plain.headers["last-modified"]).status == 304
    assert ask(port, "/n/1/", if_none_match='"other"').status == 200


def test_short_way_and_long_way_give_the_same_headers(shared_paper: Paper) -> None:
    _folder, port = shared_paper
    ask(port, "/who/")
    short = ask(port, "/who/")
    long = ask(port, "/who/", if_none_match='"never"')
    short.headers.pop("date"), long.headers.pop("date")
    assert short.headers == long.headers
    assert short.body == long.body


def test_head_has_no_body_and_the_headers_of_get(shared_paper: Paper) -> None:
    _folder, port = shared_paper
    ask(port, "/who/")
    head, get = ask(port, "/who/", "HEAD"), ask(port, "/who/")
    assert head.body == b""
    assert {k: v for k, v in head.headers.items() if k != "date"} == {
        k: v for k, v in get.headers.items() if k != "date"
    }


def test_tracking_queries_are_served_from_the_store_and_others_by_the_application(shared_paper: Paper) -> None:
    folder, port = shared_paper
    ask(port, "/change/5/", "POST", b"five")
    file = folder / "pages" / "www" / "n" / "5" / "index.html"
    assert until(lambda: b"five" in ask(port, "/n/5/").body and file.exists())  # kept once the change is heard
    before = ask(port, "/count/").body
    for query in ("utm_source=a&utm_medium=b", "fbclid=x", "gclid=1&utm_campaign=%C3%A9"):
        assert b"five" in ask(port, f"/n/5/?{query}").body
    assert ask(port, "/count/").body == before
    ask(port, "/n/5/?page=2")
    assert int(ask(port, "/count/").body) == int(before) + 1


@pytest.mark.parametrize(
    ("method", "status"),
    [("POST", 405), ("PUT", 405), ("DELETE", 405), ("PATCH", 405), ("OPTIONS", 405), ("TRACE", 405), ("FROB", 400)],
)
def test_every_method_has_an_answer(shared_paper: Paper, method: str, status: int) -> None:
    assert ask(shared_paper[1], "/who/", method).status == status


@pytest.mark.parametrize(
    "path",
    ["/../secret.key", "/static/../secret.key", "/static/%2e%2e/secret.key", "/img/..%2f..%2fsecret.key", "/media/../../x",
     "/static/..\\secret.key", "//etc/passwd", "/static//etc/passwd", "/.env", "/.git/config", "/static/.build",
     "/pages/state/index.sqlite3", "/broadsheet.sqlite3", "/%00", "/who/%00/", "/who/../who/"],
)  # fmt: skip
def test_nothing_outside_is_served(shared_paper: Paper, path: str) -> None:
    answer = raw(shared_paper[1], f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert int(answer.split(b" ", 2)[1]) in {400, 404}


def test_long_address_is_refused(shared_paper: Paper) -> None:
    for address in ("/" + "a" * 10_000, "/who/?" + "utm_a=1&" * 2000, "/" + "a/" * 4000):
        assert ask(shared_paper[1], address).status == 414


def test_too_large_a_body_is_refused_and_a_right_one_arrives(shared_paper: Paper) -> None:
    _folder, port = shared_paper
    assert ask(port, "/plain/", "POST", b"x" * 900_000).body.startswith(b"POST 900000")
    assert ask(port, "/plain/", "POST", b"x" * 1_100_000).status == 413
    chunked = b"POST /plain/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    assert b"POST 5 b'hello'" in raw(port, chunked + b"5\r\nhello\r\n0\r\n\r\n")


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_request_in_pieces_and_several_at_once_are_answered_in_order(shared_paper: Paper, cut: int) -> None:
    _folder, port = shared_paper
    ask(port, "/who/")
    one = b"GET /who/ HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n"
    last = b"GET /count/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(one[:cut])
        time.sleep(0.02)
        connection.sendall(one[cut:] + one + last)
        found = b""
        while part := connection.recv(65536):
            found += part
    assert found.count(b"HTTP/1.1 200 OK") == 3


def test_body_that_looks_like_a_request_is_not_taken_for_one(shared_paper: Paper) -> None:
    _folder, port = shared_paper
    ask(port, "/who/")
    hidden = b"GET /who/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = f"POST /plain/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(hidden)}\r\nConnection: close\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(head)
        time.sleep(0.1)
        connection.sendall(hidden)
        found = b""
        while part := connection.recv(65536):
            found += part
    assert found.count(b"HTTP/1.1 ") == 1
    assert f"POST {len(hidden)}".encode() in found


def test_header_that_is_begun_and_not_ended_is_not_mixed_with_the_next(shared_paper: Paper) -> None:
    _folder, port = shared_paper
    ask(port, "/who/")
    with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        connection.sendall(b"GET /plain/ HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
        time.sleep(0.1)
        connection.sendall(b"GET /who/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        found = connection.recv(65536)
    assert found.count(b"HTTP/1.1 ") == 1
    assert b"GET 0" in found or b"400" in found


def test_two_hundred_at_once_after_a_purge_cause_one_rendering(shared_paper: Paper) -> None:
    _folder, port = shared_paper
    ask(port, "/change/7/", "POST", b"seven")
    assert until(lambda: b"seven" in ask(port, "/slow/7/").body)
    before = int(ask(port, "/count/").body)
    ask(port, "/change/7/", "POST", b"seven again")
    time.sleep(0.4)
    with ThreadPoolExecutor(100) as pool:
        found = set(pool.map(lambda _number: ask(port, "/slow/7/").body, range(200)))
    assert found == {b"<p>seven again</p>"}
    assert int(ask(port, "/count/").body) == before + 1


def test_part_of_a_file_is_served(shared_paper: Paper) -> None:
    folder, port = shared_paper
    file = folder / "media" / "recordings" / "siren.mp3"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(bytes(range(256)) * 8192)
    whole = ask(port, "/media/recordings/siren.mp3")
    assert (whole.status, len(whole.body), whole.headers["accept-ranges"]) == (200, 2_097_152, "bytes")
    part = ask(port, "/media/recordings/siren.mp3", range="bytes=256-511")
    assert (part.status, part.body) == (206, bytes(range(256)))
    assert part.headers["content-range"] == "bytes 256-511/2097152"
    assert ask(port, "/media/recordings/siren.mp3", range="bytes=-2").body == b"\xfe\xff"
    assert ask(port, "/media/recordings/siren.mp3", range="bytes=9999999-").status == 416
    assert ask(port, "/media/recordings/siren.mp3", range="bytes=0-1", if_range='"other"').status == 200
    assert "sandbox" in whole.headers["content-security-policy"]


def test_page_grown_old_is_renewed_behind_the_reader(shared_paper: Paper) -> None:
    _folder, port = shared_paper
    first = ask(port, "/ageing/").body
    time.sleep(1.2)
    assert ask(port, "/ageing/").body == first
    assert until(lambda: ask(port, "/ageing/").body != first, 3)
