"""The bell: rung once, counted by one query, seen when its owner says so (NOT-03)."""

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.notifications.actions.mark_seen import mark_seen
from broadsheet.notifications.actions.ring import ring
from broadsheet.notifications.models import Notice
from broadsheet.notifications.queries.bell import notices_of, unread_count
from broadsheet.readers.models import Reader
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("NOT-03"), pytest.mark.django_db]
ADDRESS = "/accounts/notices/"


@pytest.fixture
def reader() -> Reader:
    make_edition(name="The Courier")
    return Reader.objects.create_user("ada@reader.example", display_name="Ada")


@pytest.fixture
def at_home(reader: Reader) -> Client:
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    client.force_login(reader)
    return client


def rung(reader: Reader, key: str = "one", path: str = "/world/x/", kind: str = "reply") -> bool:
    return ring(reader_id=reader.pk, kind=kind, key=key, values={"name": "Eve"}, path=path)


def test_a_bell_rings_once_a_key_and_reader(reader):
    other = Reader.objects.create_user("eve@reader.example")
    assert rung(reader)
    assert not rung(reader)
    assert rung(other)
    assert unread_count(reader.pk) == 1


def test_the_count_is_one_query_of_an_index(reader, django_assert_num_queries):
    rung(reader)
    with django_assert_num_queries(1) as asked:
        assert unread_count(reader.pk) == 1
    plan = Notice.objects.filter(reader_id=reader.pk, seen_at__isnull=True).explain()
    assert asked.captured_queries[0]["sql"].count("JOIN") == 0
    assert "notifications_unseen" in plan or "Seq Scan" in plan  # PostgreSQL reads a table of one row whole


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/", "/\\evil.example", "world/", "/a b", "/a\nb"]
)
def test_a_notice_leads_nowhere_else(reader, path):
    with pytest.raises(ValueError, match="begins with one slash"):
        rung(reader, path=path)


@pytest.mark.parametrize("kind", ["", "../../settings", "Reply", "a/b", "a b"])
def test_a_kind_is_a_word_and_no_path_to_another_template(reader, kind):
    with pytest.raises(ValueError, match="a kind is a word"):
        rung(reader, kind=kind)


def test_what_came_while_the_page_was_read_stays_unseen(reader):
    rung(reader, "one")
    newest = notices_of(reader.pk)[0].id
    rung(reader, "two")
    assert mark_seen(reader_id=reader.pk, up_to=newest) == 1
    assert [notice.seen for notice in notices_of(reader.pk)] == [False, True]
    assert unread_count(reader.pk) == 1


def test_nobody_sees_or_marks_the_notices_of_others(reader, at_home):
    other = Reader.objects.create_user("eve@reader.example")
    rung(other, path="/world/secret/")
    assert "/world/secret/" not in at_home.get(ADDRESS).content.decode()
    mark_seen(reader_id=reader.pk, up_to=10**9)
    assert unread_count(other.pk) == 1


def test_a_visitor_is_sent_to_log_in(reader):
    answer = Client(headers={"host": "localhost"}).get(ADDRESS)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_the_page_says_that_there_is_nothing(at_home):
    page = at_home.get(ADDRESS)
    assert page.status_code == 200
    assert "There is nothing new for you." in page.content.decode()
    assert "<form" not in page.content.decode().partition("<main ")[2].partition("</main>")[0]
    assert "no-store" in page["Cache-Control"]


def test_the_page_lists_notices_and_marks_them_without_a_script(reader, at_home):
    rung(reader)
    page = at_home.get(ADDRESS).content.decode()
    assert 'href="/world/x/"' in page
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    shown = page.partition('name="up_to" value="')[2].partition('"')[0]
    answer = at_home.post(ADDRESS, {"csrfmiddlewaretoken": token, "up_to": shown})
    assert answer["Location"] == ADDRESS
    assert unread_count(reader.pk) == 0
    assert "Mark all as read" not in at_home.get(ADDRESS).content.decode()


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 30, "٣"])
def test_a_strange_number_marks_nothing(reader, up_to):
    rung(reader)
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)
    assert client.post(ADDRESS, {"up_to": up_to}).status_code == 302
    assert unread_count(reader.pk) == 1


def test_marking_needs_the_token_of_the_form(reader, at_home):
    rung(reader)
    assert at_home.post(ADDRESS, {"up_to": "999999"}).status_code == 403
    assert unread_count(reader.pk) == 1
