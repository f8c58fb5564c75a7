"""Addresses are fetched only from the open internet and within limits; a real server answers on this machine."""

import gzip
import ipaddress
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from broadsheet.kernel.fetching import FetchFailedError, FetchRefusedError, Limits, fetch, is_public

pytestmark = pytest.mark.row("ART-16", "ACC-05")

PAGE = b"<html><body><p>Hello from the server.</p></body></html>"
BOMB = gzip.compress(b"<p>bomb</p>" * 3_000_000)


ANSWERS: dict[str, tuple[bytes, dict[str, str], int]] = {
    "/page": (PAGE, {}, 200),
    "/packed": (gzip.compress(PAGE), {"Content-Encoding": "gzip"}, 200),
    "/bomb": (BOMB, {"Content-Encoding": "gzip"}, 200),
    "/damaged": (zlib.compress(PAGE)[:10] + b"xxxxxxxx", {"Content-Encoding": "gzip"}, 200),
    "/brotli": (PAGE, {"Content-Encoding": "br"}, 200),
    "/picture": (b"\x89PNG", {"Content-Type": "image/png"}, 200),
    "/missing": (b"no", {}, 404),
    "/loop": (b"", {"Location": "/loop"}, 302),
    "/to-file": (b"", {"Location": "file:///etc/passwd"}, 302),
    "/to-metadata": (b"", {"Location": "http://169.254.169.254/latest/"}, 302),
    "/announced": (b"x" * 10, {"Content-Length": "99999999999"}, 200),
}


class Handler(BaseHTTPRequestHandler):
    """Answers as the path asks."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path in ANSWERS:
            content, headers, status = ANSWERS[path]
            self.reply(content, headers, status=status)
        elif path.startswith("/hop/"):
            left = int(path.rsplit("/", 1)[1])
            self.reply(b"", {"Location": f"/hop/{left - 1}" if left else "/page"}, status=301)
        elif path == "/slow-head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            self.drip(b"X-A: b\r\n", pause=0.1)
        elif path == "/silent":
            time.sleep(5)
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            self.drip(b"x" * 65536, pause=0 if path == "/endless" else 0.2)

    def drip(self, piece: bytes, *, pause: float) -> None:
        try:
            for _ in range(1000):
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            return

    def reply(self, content: bytes, headers: dict[str, str] | None = None, *, status: int = 200) -> None:
        given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content)), **(headers or {})}
        self.send_response(status)
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            return

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def test_a_page_is_fetched_with_its_type(site: str) -> None:
    found = fetch(f"{site}/page?a=1", allow_private=True)
    assert found.content == PAGE
    assert found.declared_type == "text/html; charset=utf-8"
    assert fetch(f"{site}/packed", allow_private=True).content == PAGE


def test_redirects_are_followed_five_times(site: str) -> None:
    assert fetch(f"{site}/hop/4", allow_private=True).url == f"{site}/page"
    for path in ("/hop/5", "/loop"):
        with pytest.raises(FetchFailedError, match="redirects more than 5"):
            fetch(f"{site}{path}", allow_private=True)


def test_this_machine_is_not_asked(site: str) -> None:
    port = site.rsplit(":", 1)[1]
    for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0x7f.1"):
        with pytest.raises((FetchRefusedError, FetchFailedError)) as refused:
            fetch(f"http://{host}:{port}/page")
        assert str(refused.value).startswith("Nothing was fetched")


def test_a_redirect_into_the_inner_network_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FetchRefusedError, match="only http and https"):
        fetch(f"{site}/to-file", allow_private=True)
    # The first address counts as public here; where it redirects to is judged as it is.
    first = site.split("//")[1].split(":", maxsplit=1)[0]
    monkeypatch.setattr(
        "broadsheet.kernel.fetching.is_public", lambda address: str(address) == first or is_public(address)
    )
    assert fetch(f"{site}/page").content == PAGE
    with pytest.raises(FetchRefusedError, match=r"169\.254\.169\.254"):
        fetch(f"{site}/to-metadata")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://gull.example/x",
        "gopher://gull.example/",
        "javascript:alert(1)",
        "//gull.example/x",
        "http://",
        "http://user:secret@gull.example/",
        "http://gull.example/a b",
        "http://gull.example:99999/",
        "http://[::1",
    ],
)
def test_only_plain_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(FetchRefusedError):
        fetch(url)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/bomb", "larger than"),
        ("/announced", "larger than"),
        ("/endless", "larger than"),
        ("/damaged", "damaged"),
        ("/brotli", "not asked for"),
        ("/picture", "image/png"),
        ("/missing", "status 404"),
    ],
)
def test_an_answer_that_is_no_page_is_refused_in_words(site: str, path: str, words: str) -> None:
    with pytest.raises(FetchFailedError, match=words):
        fetch(f"{site}{path}", allow_private=True)


@pytest.mark.parametrize("path", ["/slow", "/slow-head", "/silent"])
def test_a_slow_answer_ends_at_the_limit(site: str, path: str) -> None:
    start = time.monotonic()
    with pytest.raises(FetchFailedError):
        fetch(f"{site}{path}", allow_private=True, limits=Limits(total_seconds=1.0, read_seconds=0.7))
    assert time.monotonic() - start < 3


def test_nobody_at_the_address_is_said_so(site: str) -> None:
    with pytest.raises(FetchFailedError, match=r"failed|not answer"):
        fetch("http://127.0.0.1:9/", allow_private=True, limits=Limits(total_seconds=2, read_seconds=1))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("127.0.0.2", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("::10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
    ],
)
def test_inner_networks_are_told_from_the_open_internet(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public
