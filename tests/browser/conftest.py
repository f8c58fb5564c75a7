"""A real Chromium before a served paper."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.desk import seat
from tests.web.conftest import Paper, _rails_forgotten, every_kind, paper

__all__ = ["_rails_forgotten", "every_kind", "paper", "seat"]

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, for the whole run; skipped by name where it isn't installed."""
    import shutil

    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # a busy machine is no fault; what never comes fails all the same
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def served(transactional_db: None, paper: Paper, live_server: Any) -> Paper:
    """The small paper, served; `served.url` is its address."""
    paper.url = live_server.url
    return paper


@pytest.fixture
def visit(chromium: Any, served: Paper) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page; at the end, nothing may have gone wrong or asked for another host."""
    contexts, faults = [], []

    def open_page(path: str, *, width: int = 1280, height: int = 900, quiet: bool = True, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        if quiet:
            page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request", lambda request: faults.append(request.url) if not request.url.startswith(served.url) else None
        )
        page.goto(served.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
