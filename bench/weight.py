"""PERF-11: what the page of an article weighs: HTML, styles, scripts and fonts as served with Brotli, no pictures.

A real Chromium says what the page loads; each of those addresses is then asked for once with `Accept-Encoding: br`,
and the bytes of the answers as they travel are added up.
"""

import http.client
import os
import re
import sys
from urllib.parse import urlsplit

from bench.cold import demo
from bench.frame import Figure, at_most, folder, get, report, serving

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
COUNTED = {
    "document": "HTML",
    "stylesheet": "CSS",
    "script": "JS",
    "font": "fonts",
    "fetch": "fragments",
    "xhr": "fragments",
}
EDITIONS = {"English": "/", "French": "/fr/", "Arabic": "/ar/"}
WIDTHS = (360, 1440)


def sent(port: int, path: str) -> int:
    """Return how many bytes the body of the answer has as it travels."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": f"localhost:{port}", "Accept-Encoding": "br, gzip"})
    body = connection.getresponse().read()
    connection.close()
    return len(body)


def articles(port: int, edition: str, count: int = 2) -> list[str]:
    """Return addresses of articles linked from the edition's front page: the first, and those most commented on."""
    front = get(port, edition)[1].decode()
    found = list(dict.fromkeys(re.findall(rf'href="({edition}[a-z0-9-]+/[0-9]{{18}}-[^"#?]*)"', front)))
    comments = {path: get(port, path)[1].count(b'id="comment-') for path in found}
    return list(dict.fromkeys([*found[:count], *sorted(found, key=lambda path: -comments[path])[:count]]))


def weigh(browser: object, port: int, path: str, width: int) -> dict[str, int]:
    """Return bytes by kind of what a first visit loads."""
    context = browser.new_context(viewport={"width": width, "height": 900})  # type: ignore[attr-defined]
    page = context.new_page()
    found: dict[str, str] = {}
    page.on("request", lambda request: found.setdefault(request.url, request.resource_type))
    page.goto(f"http://localhost:{port}{path}", wait_until="load")
    page.wait_for_timeout(800)
    if discussion := page.query_selector("#discussion"):  # and on to the comments, for what is only loaded there
        discussion.scroll_into_view_if_needed()
        page.wait_for_timeout(800)
    context.close()
    total: dict[str, int] = {}
    for address, kind in found.items():
        parts = urlsplit(address)
        if kind in COUNTED and parts.port == port:
            total[COUNTED[kind]] = total.get(COUNTED[kind], 0) + sent(
                port, parts.path + (f"?{parts.query}" if parts.query else "")
            )
    return total


def measure() -> list[Figure]:
    """Return the figures: the heaviest of some articles of each edition, those most discussed among them."""
    from playwright.sync_api import sync_playwright

    figures: list[Figure] = []
    with folder("demo") as data, sync_playwright() as playwright:
        demo(data)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serving(data) as (port, _process):
            for name, path in EDITIONS.items():
                found = [weigh(browser, port, article, width) for article in articles(port, path) for width in WIDTHS]
                heaviest = max(found, key=lambda kinds: sum(kinds.values()))
                parts = ", ".join(f"{kind} {size / 1024:.1f}" for kind, size in sorted(heaviest.items()))
                what = f"weight of an article, {name} ({parts})"
                figures.append(at_most("PERF-11", what, round(sum(heaviest.values()) / 1024, 1), 90, "KB"))
        browser.close()
    return figures


if __name__ == "__main__":
    sys.exit(report(measure()))
