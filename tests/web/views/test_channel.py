"""A discussion elsewhere: offered in words, fetched only on demand, shown clean, counted nowhere (DIS-07)."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.discussion.engines.channels import ADAPTERS, fediverse
from broadsheet.discussion.engines.channels.fediverse import Fediverse
from broadsheet.newsroom.actions.drafts import update_article
from broadsheet.newsroom.actions.editions import update_page
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.queries.channels import Elsewhere
from broadsheet.newsroom.queries.editions import forget_editions

pytestmark = [pytest.mark.row("DIS-07"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def channel(paper, kind="page", network="Talk", address="https://talk.example/embed?url={url}"):
    update_page(page=paper.edition, channel_kind=kind, channel_name=network, channel_address=address)
    forget_editions()


def post(paper, address):
    update_article(article=paper.articles["news"], channel_post=address)
    publish_article(article=paper.articles["news"])


def number(paper):
    return f"{paper.articles['news'].public_id:010d}"


def test_the_tab_is_there_only_where_the_edition_set_a_network(read, paper):
    assert read(paper.path()).all(".channels") == []
    channel(paper)
    page = read(paper.path())
    tabs = [link.get_text() for link in page.all(".channels a")]
    assert tabs == ["Comment via The Tide Press", "Comment via Talk"]
    assert "Nothing is loaded from there until you ask for it; then talk.example learns your address" in page.words(
        ".channel-offer"
    )
    assert page.all("iframe") == []
    assert "0 comments" in page.words(".discussion-count")
    assert read(paper.path("fr")).all(".channels") == []


def test_only_the_page_that_was_asked_for_lets_the_one_host_in(read, client, paper):
    channel(paper)
    offer = read(f"/channel/{number(paper)}/")
    assert offer.one("[data-channel-load]")["href"] == f"/channel/{number(paper)}/show/"
    assert "talk.example" not in offer.response.get("Content-Security-Policy", "")
    shown = read(f"/channel/{number(paper)}/show/")
    frame = shown.one("iframe")
    assert frame["src"].startswith("https://talk.example/embed?url=http")
    assert "%2Fworld%2F" in frame["src"]
    assert "allow-top-navigation" not in frame["sandbox"]
    rules = dict(rule.split(" ", 1) for rule in shown.response["Content-Security-Policy"].split("; "))
    assert rules["frame-src"] == "'self' https://talk.example"
    assert rules["img-src"] == "'self'"
    assert shown.response["Referrer-Policy"] == "same-origin"
    assert "talk.example" not in read(paper.path()).response.get("Content-Security-Policy", "")


def test_there_is_nothing_where_nothing_was_set_or_nothing_is_public(read, paper):
    for place in ("", "show/"):
        read(f"/channel/{number(paper)}/{place}", status=404)
    channel(paper)
    for wrong in ("1999999999", "9999999999"):
        read(f"/channel/{wrong}/show/", status=404)
    read(f"/fr/channel/{number(paper)}/show/", status=404)
    channel(paper, "fediverse", "Mastodon", "")
    read(f"/channel/{number(paper)}/show/", status=404)


class Instance(BaseHTTPRequestHandler):
    """A host of the fediverse; `told` is what it answers, `asked` what it was asked."""

    told: object = {}
    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        body = json.dumps(self.told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def instance(monkeypatch, paper):
    handler = type("Handler", (Instance,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setitem(ADAPTERS, "fediverse", Fediverse(scheme="http", allow_private=True))
    channel(paper, "fediverse", "Mastodon", "")
    post(paper, f"https://127.0.0.1:{server.server_port}/@tide/113")
    handler.host = f"127.0.0.1:{server.server_port}"
    yield handler
    server.shutdown()


def status(number, content, *, to="113", **more):
    return {
        "id": number, "in_reply_to_id": to, "visibility": "public", "created_at": "2026-11-20T12:00:00.000Z",
        "content": content, "url": f"https://far.example/@ines/{number}", "sensitive": False, "spoiler_text": "",
        "account": {"acct": "ines@far.example", "display_name": "Ines <b>"}, **more,
    }  # fmt: skip


def test_public_replies_are_fetched_by_the_paper_and_shown_clean(read, client, paper, instance):
    bad = '<p onclick="x()">Well <script>alert(1)</script>said <img src="https://spy.example/1.gif"><a href="javascript:alert(1)">a</a> <a href="https://ok.example/" class="u">b</a></p>'
    instance.told = {
        "ancestors": [],
        "descendants": [
            status("1", bad),
            status("3", "<p>Third</p>"),
            status("2", "<p>Below the first</p>", to="1", sensitive=True, spoiler_text="The end is told"),
            status("4", "<p>Between us</p>", visibility="private"),
            status("5", "<p>To a private one</p>", to="4", account={"acct": "local", "display_name": ""}),
        ],
    }
    assert instance.asked == [], "the stored page asks nobody"
    page = read(f"/channel/{number(paper)}/show/")
    assert instance.asked == ["/api/v1/statuses/113/context"]
    assert [" ".join(e.get_text().split()) for e in page.all(".comment-text")] == [
        "Well said a b", "Below the first", "Third", "To a private one"
    ]  # fmt: skip
    assert page.all("img, script[src*='spy'], [onclick], [href^='javascript']") == []
    link = page.one("a[href='https://ok.example/']")
    assert set(link["rel"].split()) == {"nofollow", "ugc", "noopener", "noreferrer"}
    assert page.all(".channel-depth-1 details summary")[0].get_text() == "The end is told"
    assert page.words(".channel-by").startswith("Ines <b> @ines@far.example")
    assert f"@local@{instance.host}" in page.words()
    assert "frame-src 'self';" in page.response["Content-Security-Policy"]
    read(f"/channel/{number(paper)}/show/")
    assert len(instance.asked) == 1, "kept for some minutes"
    assert "0 comments" in read(paper.path()).words(".discussion-count")


def test_a_host_that_tells_nonsense_is_named_and_not_asked_by_each_reader(read, paper, instance):
    instance.told = {"error": "Record not found"}
    for _ in range(2):
        page = read(f"/channel/{number(paper)}/show/")
        assert f"{instance.host} did not tell of the replies." in page.words("[role=alert]")
    assert len(instance.asked) == 1


def test_a_slow_host_holds_no_more_than_two_readers(read, paper, instance):
    for place in fediverse._places(instance.host):
        cache.add(place, 1)
    assert "is being asked right now" in read(f"/channel/{number(paper)}/show/").words("[role=alert]")
    assert instance.asked == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["id", "in_reply_to_id", "visibility", "content", "account", "acct", "url", "created_at", "descendants"]),
        inner, max_size=6,
    ),
    max_leaves=12,
)  # fmt: skip


@given(json_values, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_whatever_a_host_tells_is_shown_or_refused(told, pairs):
    place = Elsewhere("fediverse", "Mastodon", "far.example", "https://far.example/@m/1", "1")
    rows = [status(str(one), "<p>x</p>", to=str(other)) for one, other in pairs]
    shown = list(fediverse._in_order(rows, place))
    assert len(shown) <= len(rows), "a circle of answers ends"
    with contextlib.suppress(KeyError, TypeError, AttributeError, ValueError):  # `Fediverse` says one sentence for each
        list(fediverse._in_order(told, place))
