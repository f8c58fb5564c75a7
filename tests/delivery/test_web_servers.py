"""A real nginx and a real Caddy serve what is stored without Python, as the process itself would."""

import gzip
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from broadsheet.delivery.queries.server_files import filled
from tests.delivery import serving
from tests.delivery.conftest import until
from tests.delivery.serving import ROOT, ask

pytestmark = pytest.mark.row("OPS-02")
HOP = {"date", "server", "connection", "accept-ranges", "transfer-encoding", "content-length", "alt-svc", "etag"}


def server_file(name: str, folder: Path, upstream: int, port: int) -> str:
    """Return the shipped file for this folder and these ports."""
    text = filled((ROOT / "deploy" / name).read_text(), upstream=f"127.0.0.1:{upstream}", listen=f"127.0.0.1:{port}")
    text = text.replace(f"{settings.PUBLIC_URL} {{", f"http://localhost:{port}, http://127.0.0.1:{port} {{")
    return text.replace(str(settings.DATA), str(folder)).replace(settings.PUBLIC_URL, serving.PUBLIC_URL)


class Site:
    """The product, and a web server before it."""

    def __init__(self, name: str, folder: Path, inner: int, port: int) -> None:
        self.name, self.folder, self.inner, self.port = name, folder, inner, port

    def stored(self, path: str) -> Path:
        return self.folder / "pages" / "www" / path.strip("/") / "index.html"


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def site(request: pytest.FixtureRequest, shared_paper: tuple[Path, int]) -> Iterator[Site]:
    folder, inner = shared_paper
    if shutil.which(request.param) is None and not Path(f"/usr/sbin/{request.param}").exists():
        pytest.skip(f"{request.param} is not installed")
    port = serving.free_port()
    if request.param == "nginx":
        process = serving.nginx(folder, server_file("nginx.conf", folder, inner, port), port)
    else:
        process = serving.caddy(folder, server_file("Caddyfile", folder, inner, port), port)
    (folder / "static").mkdir(exist_ok=True)
    (folder / "static" / "a.0123456789ab.css").write_text("body{}")
    yield Site(request.param, folder, inner, port)
    process.kill()


def test_stored_page_needs_no_python(site: Site) -> None:
    ask(site.port, "/change/21/", "POST", b"once")
    assert until(lambda: b"once" in ask(site.port, "/n/21/").body and site.stored("/n/21/").exists())
    file = site.stored("/n/21/")
    marked = file.read_bytes().replace(b"once", b"from the file")
    file.with_suffix(".html.gz").unlink()
    file.with_suffix(".html.br").unlink()
    file.write_bytes(marked)
    for path in ("/n/21/", "/n/21/?utm_source=letter&fbclid=9", "/n/21/?"):
        assert ask(site.port, path).body == marked
    assert ask(site.port, "/n/21/?other=1").body != marked
    head = ask(site.port, "/n/21/", "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(marked)))


def test_headers_are_those_of_the_process_itself(site: Site) -> None:
    for path in ("/who/", "/feeds/rss.xml"):
        ask(site.inner, path)
        assert until(lambda path=path: (site.folder / "pages" / "www" / path.strip("/")).exists())
        inner, outer = ask(site.inner, path), ask(site.port, path)
        assert outer.body == inner.body
        assert {k: v for k, v in outer.headers.items() if k not in HOP} == {
            k: v for k, v in inner.headers.items() if k not in HOP
        }
        if site.name == "nginx":
            assert outer.headers["etag"] == inner.headers["etag"]


def test_compressed_forms_and_unchanged_pages(site: Site) -> None:
    ask(site.port, "/change/22/", "POST", b"packed")
    assert until(lambda: b"packed" in ask(site.port, "/n/22/").body and site.stored("/n/22/").exists())
    plain = ask(site.port, "/n/22/")
    packed, zipped = (
        ask(site.port, "/n/22/", accept_encoding="gzip, br"),
        ask(site.port, "/n/22/", accept_encoding="gzip"),
    )
    assert (packed.headers["content-encoding"], zipped.headers["content-encoding"]) == ("br", "gzip")
    assert brotli.decompress(packed.body) == gzip.decompress(zipped.body) == plain.body

    def asked_again() -> tuple[int, bytes]:
        """Ask for the page, then for it again with its mark; it may have been stored anew between the two."""
        mark = ask(site.port, "/n/22/", accept_encoding="gzip, br").headers["etag"]
        again = ask(site.port, "/n/22/", accept_encoding="gzip, br", if_none_match=mark)
        return again.status, again.body

    assert until(lambda: asked_again() == (304, b""))


def test_changed_page_is_never_older_than_a_second(site: Site) -> None:
    ask(site.port, "/change/23/", "POST", b"word 0")
    late = []
    for step in range(1, 9):
        word = f"word {step}".encode()
        ask(site.port, "/change/23/", "POST", word)
        changed = time.monotonic()
        assert until(lambda word=word: word in ask(site.port, "/n/23/", accept_encoding="").body, 3)
        late.append(time.monotonic() - changed)
    assert max(late) < 1.0


def test_what_is_not_stored_is_answered_by_the_process(site: Site) -> None:
    assert ask(site.port, "/plain/?x=1", "POST", b"hello").body == b"POST 5 b'hello' x=1"
    assert ask(site.port, "/missing/").status == 404
    assert ask(site.port, "/moved/").status == 301
    assert ask(site.port, "/moved/").headers["location"].endswith("/who/")
    assert ask(site.port, "/broken/").status == 500


@pytest.mark.parametrize(
    "path",
    ["/secret.key", "/../secret.key", "/static/../secret.key", "/static/%2e%2e/secret.key", "/img/..%2fsecret.key",
     "/n/21/index.html", "/n/21/index.html.gz", "/n/21/index.html.br", "/state/index.sqlite3", "/broadsheet.sqlite3",
     "/pages/www/who/index.html", "/media/../broadsheet.sqlite3", "//secret.key", "/static/", "/img/", "/media/"],
)  # fmt: skip
def test_nothing_outside_and_nothing_behind_is_served(site: Site, path: str) -> None:
    assert ask(site.port, path).status in {400, 403, 404}


def test_static_files_and_pictures_never_change(site: Site) -> None:
    style = ask(site.port, "/static/a.0123456789ab.css")
    assert (style.status, style.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert style.headers["content-type"].startswith("text/css")
    drawn = site.folder / "img" / "100000" / "00" / "1000000001_0:0:9:9_9x9_72_abcdefghijklmnop.avif"
    drawn.parent.mkdir(parents=True, exist_ok=True)
    drawn.write_bytes(b"drawn")
    shown = ask(site.port, "/img/100000/00/1000000001_0:0:9:9_9x9_72_abcdefghijklmnop.avif")
    assert (shown.body, shown.headers["content-type"]) == (b"drawn", "image/avif")
    assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert shown.headers["cross-origin-resource-policy"] == "cross-origin"


def test_no_cookie_is_ever_set_on_a_page(site: Site) -> None:
    for path in ("/who/", "/n/21/", "/cookie/", "/missing/", "/feeds/rss.xml"):
        answer = ask(site.port, path, cookie="broadsheet_session=stolen; csrftoken=x")
        if path != "/cookie/":
            assert "set-cookie" not in answer.headers
        assert b"stolen" not in answer.body


def test_stored_pages_are_served_while_the_process_is_away(migrated: Path, tmp_path: Path) -> None:
    if not Path("/usr/sbin/nginx").exists():
        pytest.skip("nginx is not installed")
    folder = tmp_path / "data"
    shutil.copytree(migrated, folder)
    inner, port = serving.free_port(), serving.free_port()
    process = serving.serve(folder, inner)
    outer = serving.nginx(folder, server_file("nginx.conf", folder, inner, port), port)
    try:
        assert ask(port, "/who/").status == 200
        process.kill()
        assert ask(port, "/who/").status == 200
        assert ask(port, "/plain/").status == 502
    finally:
        process.kill()
        outer.kill()
