"""Draws the paper's icons from its mark: `python tools/icons.py`. Needs Chromium."""

from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path(__file__).resolve().parent.parent / "src/broadsheet/web/static/icons"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]
SQUARE = '<body style="margin:0;background:{back};display:grid;place-items:center;height:100vh">{mark}</body>'


def main() -> None:
    """Write icon-192.png and icon-512.png (full bleed, so that they may be masked) and share.png."""
    mark = (ICONS / "mark.svg").read_text(encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, width, height, share in (
            ("icon-192", 192, 192, 0.8),
            ("icon-512", 512, 512, 0.8),
            ("share", 1200, 675, 0.5),
        ):
            page = browser.new_page(viewport={"width": width, "height": height})
            size = round(height * share)
            sized = mark.replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
            page.set_content(SQUARE.format(back="#fdfcf9", mark=sized))
            page.screenshot(path=str(ICONS / f"{name}.png"))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
