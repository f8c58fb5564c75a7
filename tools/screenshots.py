"""Takes the pictures of docs/pictures with a real Chromium: `make pictures`.

Without `--url` the demo paper is made in a folder of its own (or in that of `--data`, where it stays), and served on a
free port. With `--url` a paper that runs already is taken, without its desk, which needs a link to log in.
"""

import argparse
import contextlib
import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
BROADSHEET = Path(sys.executable).with_name("broadsheet")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
HEIGHTS = {360: 1900, 768: 1800, 1440: 1800}  # more of a page than this is cut off
SCHEMES = ("light", "dark")
LARGEST, ALL_TOGETHER = 120_000, 7_000_000
# name → address, in English and in Arabic; articles are found by their numbers.
PUBLIC = {
    "": {
        "front": "/", "section": "/climate/", "article": "/orrel/202611201000000301", "search": "/search/?q=barrier",
        "live": "/climate/202611201000000306", "register": "/accounts/register/", "listen": "/listen/",
        "accountability": "/accountability/", "push": "/accounts/push/", "newsletter": "/n/1/",
        "subscribe": "/accounts/subscribe/",
    },
    "-ar": {
        "front": "/ar/", "section": "/ar/climate/", "article": "/ar/orrel/202611201000000401",
        "search": "/ar/search/?q=البحر", "live": "/ar/climate/202611201000000406", "register": "/ar/accounts/register/",
        "newsletter": "/ar/n/3/", "subscribe": "/ar/accounts/subscribe/",
    },
}  # fmt: skip
# What is seen after logging in, by whom: name → address, with what is to be shown of it and the link to follow there.
TALKED_OF = "/orrel/202611201000000302"
QUEUE = "/editor/moderation/"
SIGNED_IN: dict[str, dict[str, tuple[str, str, str]]] = {
    "reader": {
        "discussion": (TALKED_OF, "#discussion", ""),
        "moderation-file": ("/accounts/moderation-file/", "", ""),
        "letter": ("/accounts/letter/", "", ""),
        "profile": ("/accounts/profile/", "", ""),
    },
    "moderator": {
        "moderation-queue": (QUEUE, "", ""),
        "moderation-case": (QUEUE, "", "main a[href*='/moderation/cases/']"),
    },
    "chief": {
        "newsletter-written": ("/editor/newsletters/issues/2/", "", ""),
        "newsletter-result": ("/editor/newsletters/issues/1/", "", ""),
        "newsletter-mail": ("/editor/newsletters/issues/1/preview/light/", "", ""),
    }
    | {
        f"moderation-{name}": (f"{QUEUE}{name}/", "", "") for name in ("standards", "modes", "roster", "accountability")
    },
}
DESK_PAGES = (
    "import django; django.setup(); from broadsheet.newsroom.models import ArticlePage, EditionPage; "
    "print(ArticlePage.objects.get(public_id=1000000301).pk, EditionPage.objects.get(code='en').pk)"
)


@dataclass(frozen=True)
class Shown:
    """A picture taken: its name and the screen's pixels."""

    name: str
    png: bytes


@contextlib.contextmanager
def demo(kept: str | None) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """The demo paper, served; gives its address, links to log in by role, and the desk's pages by name."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-pictures-") as folder, socket.create_server(("", 0)) as free:
        port = str(free.getsockname()[1])
        free.close()
        environ = {key: value for key, value in os.environ.items() if not key.startswith("BROADSHEET_")}
        environ |= {
            "BROADSHEET_DATA": kept or folder,
            "PORT": port,
            "DJANGO_SETTINGS_MODULE": "broadsheet.config.settings",
        }
        made = subprocess.run(
            [BROADSHEET, "demo", "--no-serve"], env=environ, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True
        )
        if made.returncode:
            raise SystemExit("The demo paper could not be made: see above.")
        links = dict(re.findall(r"(chief|moderator|reader)\s*(http://\S+?/accounts/link/[\w-]+/)", made.stdout))
        ids = subprocess.run(
            [sys.executable, "-c", DESK_PAGES], env=environ, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.split()
        server = subprocess.Popen([BROADSHEET, "serve"], env=environ, cwd=ROOT)
        address = f"http://localhost:{port}"
        try:
            wait_for(address)
            pages = {"desk-article": f"/editor/pages/{ids[0]}/edit/", "desk-layout": f"/editor/pages/{ids[1]}/edit/"}
            yield address, links, pages
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str) -> None:
    """Return when the paper answers."""
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=20):
            return
        time.sleep(0.2)
    raise SystemExit(f"{address} doesn't answer. Try `broadsheet serve` by hand to see why.")


def look(page: Any, address: str, width: int, part: str = "", follow: str = "") -> bytes:
    """Return what stands at the address, or at the first link of it that is to be followed, with fonts and pictures there.

    `part` is what alone is to be shown of it.
    """
    answer = page.goto(address, wait_until="load")
    if follow:
        address = page.locator(follow).first.evaluate("link => link.href")
        answer = page.goto(address, wait_until="load")
    if answer.status != 200:
        raise SystemExit(f"{address} was answered with {answer.status}.")
    height = min(page.evaluate("document.documentElement.scrollHeight"), HEIGHTS[width])
    page.set_viewport_size({"width": width, "height": height})
    if part:
        page.locator(part).scroll_into_view_if_needed()
    page.evaluate(
        """async () => {
          await document.fonts.ready;
          const seen = [...document.images].filter(i => i.getBoundingClientRect().top < innerHeight);
          await Promise.all(seen.map(i => i.complete ? 0 : new Promise(done => { i.onload = i.onerror = done; })));
        }"""
    )
    page.wait_for_timeout(400)
    if part:
        return cut(page.locator(part).screenshot(), HEIGHTS[width])
    shot: bytes = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height})
    return shot


def cut(png: bytes, height: int) -> bytes:
    """Return the picture, no higher than that."""
    image, out = Image.open(io.BytesIO(png)), io.BytesIO()
    image.crop((0, 0, image.width, min(image.height, height))).save(out, "PNG")
    return out.getvalue()


def public(browser: Any, address: str, names: list[str]) -> Iterator[Shown]:
    """Take the pages that readers see."""
    for mark, pages in PUBLIC.items():
        for scheme in SCHEMES:
            for width in HEIGHTS:
                context = browser.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce",
                    locale="ar" if mark else "en-GB",
                )  # fmt: skip
                page = context.new_page()
                for name, path in pages.items():
                    if not names or name in names:
                        yield Shown(f"{name}-{width}-{scheme}{mark}", look(page, address + path, width))
                context.close()


def entered(browser: Any, link: str) -> Any:
    """Return a page that is logged in by the link that works once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.goto(link)
    page.locator("form button, form input[type=submit]").first.click()
    page.wait_for_url(lambda address: "/accounts/link/" not in address)
    return page


def signed_in(
    browser: Any, address: str, links: dict[str, str], pages: dict[str, str], names: list[str]
) -> Iterator[Shown]:
    """Take what readers, moderators and chiefs see once they have logged in."""
    everything = {
        **SIGNED_IN,
        "chief": {**SIGNED_IN["chief"], **{name: (path, "", "") for name, path in pages.items()}},
    }
    for who, views in everything.items():
        wanted = {name: view for name, view in views.items() if not names or name in names}
        if not wanted:
            continue
        page = entered(browser, links[who])
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for width in HEIGHTS:
                for name, (path, part, follow) in wanted.items():
                    page.set_viewport_size({"width": width, "height": 900})
                    yield Shown(f"{name}-{width}-{scheme}", look(page, address + path, width, part, follow))
        page.context.close()


def packed(png: bytes, largest: int) -> bytes:
    """Return the picture as WebP of at most so many bytes."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    data = b""
    for quality in (82, 72, 62, 52, 42, 32, 22, 12):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=4)
        data = out.getvalue()
        if len(data) <= largest:
            break
    return data


def write(shown: list[Shown]) -> None:
    """Write the pictures, each and all together small enough."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    files: dict[str, bytes] = {}
    for largest in (LARGEST, 90_000, 70_000, 55_000, 45_000):
        for each in shown:
            if len(files.get(each.name, b"x" * (largest + 1))) > largest:
                files[each.name] = packed(each.png, largest)
        if sum(map(len, files.values())) <= ALL_TOGETHER:
            break
    for name, data in files.items():
        (PICTURES / f"{name}.webp").write_bytes(data)
    print(f"{len(files)} pictures, {sum(map(len, files.values())) / 1e6:.1f} MB, in {PICTURES.relative_to(ROOT)}")


def main() -> int:
    """Take the pictures."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument("--url", help="a paper that runs already, such as http://localhost:8000")
    parser.add_argument("--data", help="a folder that holds the demo paper already, or is to keep it")
    parser.add_argument("--only", nargs="*", default=[], help="names, such as front or moderation-case")
    chosen = parser.parse_args()
    shown: list[Shown] = []
    with contextlib.ExitStack() as stack:
        address, links, pages = (
            (chosen.url.rstrip("/"), {}, {}) if chosen.url else stack.enter_context(demo(chosen.data))
        )
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        shown += public(browser, address, chosen.only)
        if links:
            shown += signed_in(browser, address, links, pages, chosen.only)
        browser.close()
    write(shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
