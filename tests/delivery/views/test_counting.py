"""Views and short links are counted without keeping anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from broadsheet.delivery.actions.counts import forget_days, record_counts, salt_of
from broadsheet.delivery.engines.counting import COUNTING
from broadsheet.delivery.handlers.counting import write_counts
from broadsheet.delivery.models import DaySalt, ViewKey
from broadsheet.delivery.queries.short_links import short_link
from broadsheet.delivery.queries.views import short_link_uses_of, views_of
from broadsheet.delivery.rules.visitors import view_key
from broadsheet.delivery.views import counting
from tests.factories.newsroom import make_article, make_draft

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(settings: object) -> None:
    settings.ROOT_URLCONF = "broadsheet.delivery.urls"
    COUNTING.take()
    counting._salt.cache_clear()


def look(article: object, address: str = "192.0.2.7", agent: str = AGENT, **headers: str) -> int:
    given = {"User-Agent": agent, **headers}
    return Client(REMOTE_ADDR=address).post(f"/views/{article.public_id}/", headers=given).status_code


@pytest.mark.row("ART-07")
def test_one_visitor_counts_once_a_day() -> None:
    article = make_article()
    assert [look(article), look(article), look(article, "198.51.100.9")] == [204, 204, 204]
    write_counts()
    look(article)
    write_counts()
    assert views_of(article.pk) == 2


@pytest.mark.row("ART-07")
def test_two_processes_count_one_visitor_once() -> None:
    article = make_article()
    for _process in range(2):
        COUNTING.view(
            datetime.now(UTC).date(), view_key(b"s" * 32, "192.0.2.7", AGENT, article.public_id), article.public_id
        )
        record_counts(batch=COUNTING.take())
    assert views_of(article.pk) == 1


@pytest.mark.row("ART-07")
@pytest.mark.parametrize(
    "headers",
    [
        {"agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
        {"agent": ""},
        {"agent": "curl/8.5.0 something"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_robots_prefetches_and_others_pages_do_not_count(headers: dict) -> None:
    article = make_article()
    assert look(article, **headers) == 204
    write_counts()
    assert views_of(article.pk) == 0


@pytest.mark.row("ART-07")
def test_nothing_of_the_visitor_is_kept(django_db_blocker: object) -> None:
    article = make_article()
    answer = Client(REMOTE_ADDR="192.0.2.7").post(f"/views/{article.public_id}/", headers={"User-Agent": AGENT})
    assert (answer.cookies, answer.content) == ({}, b"")
    write_counts()
    row = ViewKey.objects.get()
    assert len(bytes(row.key)) == 16
    today = datetime.now(UTC).date()
    assert salt_of(day=today) != salt_of(day=today - timedelta(days=1))
    assert forget_days(today=today + timedelta(days=1)) == 1
    assert DaySalt.objects.count() == 0
    assert views_of(article.pk) == 1


@pytest.mark.row("ART-07")
def test_neighbours_with_the_same_browser_are_one_visitor() -> None:
    salt = b"s" * 32
    assert view_key(salt, "192.0.2.7", AGENT, 1) == view_key(salt, "192.0.2.99", AGENT, 1)
    assert view_key(salt, "192.0.2.7", AGENT, 1) != view_key(salt, "192.0.3.7", AGENT, 1)
    assert view_key(salt, "2001:db8:1::1", AGENT, 1) == view_key(salt, "2001:db8:1:2::9", AGENT, 1)
    assert view_key(salt, "192.0.2.7", AGENT, 1) != view_key(b"t" * 32, "192.0.2.7", AGENT, 1)


@pytest.mark.row("ART-07")
def test_views_that_could_not_be_written_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article()
    look(article)

    def fail(**_values: object) -> int:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("broadsheet.delivery.handlers.counting.record_counts", fail)
        with pytest.raises(OSError):  # noqa: PT011
            write_counts()
    write_counts()
    assert views_of(article.pk) == 1


@pytest.mark.row("ART-07")
def test_number_of_no_article_counts_nothing() -> None:
    assert Client().post("/views/1999999999/", headers={"User-Agent": AGENT}).status_code == 204
    assert write_counts() == 0
    assert Client().get("/views/1999999999/").status_code == 405


@pytest.mark.row("ART-06")
def test_short_link_leads_to_the_article_for_good_and_counts() -> None:
    article = make_article()
    address = short_link(article).removeprefix(settings.PUBLIC_URL)
    answer = Client().get(address, headers={"User-Agent": AGENT})
    assert (answer.status_code, answer["Location"]) == (301, article.public_path())
    write_counts()
    assert short_link_uses_of(article.pk) == 1
    told = Client().get(f"/s/new/{article.public_id}/", headers={"Accept": "application/json"})
    assert told.json() == {"url": short_link(article)}
    plain = Client().get(f"/s/new/{article.public_id}/", headers={"Accept": "text/html"})
    assert plain.content.decode().strip() == short_link(article)


@pytest.mark.row("ART-06")
def test_short_link_of_a_draft_or_of_nothing_is_missing() -> None:
    draft = make_draft()
    for path in (
        short_link(draft).removeprefix(settings.PUBLIC_URL),
        "/s/zzzzzz",
        "/s/1",
        f"/s/new/{draft.public_id}/",
    ):
        assert Client().get(path).status_code == 404
