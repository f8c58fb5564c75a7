"""Every page of the desk, as a browser takes it (ART-13)."""

import re
from urllib.parse import urlsplit

import pytest

from broadsheet.newsroom.actions.live import put_live_post
from tests.browser.desk import Seat
from tests.factories import newsroom as make
from tests.web.conftest import add_kind

pytestmark = [pytest.mark.browser, pytest.mark.row("ART-13")]
# Leaves the desk, answers with a file, or is nothing without the rows that its list's script adds.
NO_PAGES = re.compile(
    r"/logout/|/accounts/|/editor/bulk/|export=|/editor/sprite/|/jsi18n/|/preview|/view_draft/|/revisions/\d+/view/"
)


def shape(path: str) -> str:
    """Return what kind of page an address is: the same for any number in it."""
    return re.sub(r"\d+", "N", urlsplit(path).path)


def links(page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    return [f"{urlsplit(href).path}?{urlsplit(href).query}".rstrip("?") for href in found
            if urlsplit(href).path.startswith("/editor/") and not NO_PAGES.search(href)]  # fmt: skip


def walk(seat: Seat, start: str = "/editor/") -> list[str]:
    """Open one page of every kind that can be reached by links; return their addresses."""
    waiting, seen, opened = [start], set(), []
    while waiting:
        path = waiting.pop(0)
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        page = seat.open(path)
        page.wait_for_load_state("networkidle")
        opened.append(path)
        waiting += [link for link in links(page) if shape(link) not in seen]
    return opened


@pytest.mark.slow
def test_no_page_of_the_desk_makes_a_browser_complain(seat, served):
    add_kind(served, "live")
    put_live_post(article=served.articles["live"], key="first", html="<p>First.</p>", headline="First")
    make.make_notice(served.edition)
    make.make_media()
    editor = seat()
    opened = walk(editor)
    for page in (served.articles["news"], served.world, served.edition, make.make_info_page(served.edition)):
        editor.open(f"/editor/pages/{page.pk}/edit/").wait_for_load_state("networkidle")
    kinds = {shape(path) for path in opened}
    for needed in ("/editor/", "/editor/pages/N/edit/", "/editor/images/N/", "/editor/desk/pictures/N/crops/",
                   "/editor/images/multiple/add/", "/editor/users/", "/editor/reports/workflow/",
                   "/editor/snippets/newsroom/legalnotice/edit/N/"):  # fmt: skip
        assert needed in kinds
