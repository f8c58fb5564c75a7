"""Clocks that jump, disks that are full, threads as deep as anybody makes them: nothing is lost, doubled or half written."""

from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client

from broadsheet.discussion.actions.post_comment import post_comment
from broadsheet.discussion.actions.set_mode import put_mode_rule
from broadsheet.discussion.models import Comment, Thread
from broadsheet.discussion.rules.plausible import texts
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.newsroom.queries.addresses import path_of
from tests.factories.accounts import make_reader
from tests.factories.discussion import PLAIN, assert_counters_are_true, make_seen

pytestmark = [pytest.mark.row("DIS-01", "DIS-02"), pytest.mark.django_db]


def test_a_clock_that_is_put_back_an_hour_mixes_no_order_and_bars_nobody(article, monkeypatch):
    author, real = make_reader(), clock.now
    put_mode_rule(scope="site", slow_seconds=60)
    before = [make_seen(article), make_seen(article, author)]
    monkeypatch.setattr(clock, "now", lambda: real() - timedelta(hours=1))
    after = [make_seen(article), make_seen(article, author, text="The same author, an hour earlier by the clock.")]
    numbers = [one.pk for one in (*before, *after)]
    assert numbers == sorted(numbers)
    with pytest.raises(Refused, match="second"):
        post_comment(author_id=author.pk, article_id=article.pk, text="At once again.", key=uuid4(), now=clock.now())
    assert_counters_are_true(article.pk)
    page = BeautifulSoup(Client().get(f"{path_of(article)}discussion/newest/").content, "lxml")
    shown = [int(one["id"].removeprefix("comment-")) for one in page.select("[data-comment]")]
    assert shown == sorted(numbers, reverse=True)


def test_a_thread_two_hundred_replies_deep_is_shown_flat(article):
    last = make_seen(article)
    root = last
    for _depth in range(200):
        last = make_seen(article, parent_id=last.pk)
    page = Client().get(f"{path_of(article)}discussion/replies/{root.pk}/")
    assert page.status_code == 200
    tree = BeautifulSoup(page.content, "lxml")
    deepest = max(len(list(one.parents)) for one in tree.select("[data-comment]"))
    assert deepest < 20, "replies below the third stand beside one another"
    assert Client().get(f"/comment/{last.pk}/", follow=True).status_code == 200


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a full disk is made by a limit of SQLite's")
@pytest.mark.django_db(transaction=True)
def test_where_the_disk_is_full_a_post_says_so_and_nothing_is_half_written(article):
    ada = make_reader()
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    make_seen(article)
    form = {"text": PLAIN, "do": "post", "key": str(uuid4())}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (words TEXT)")
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes the least that it can: what is there now
        try:  # fill the pages that are free within what is there
            for size in (3000, 300, 30):
                while True:
                    cursor.execute("INSERT INTO filler VALUES (%s)", ["x" * size])
        except Exception as full:
            assert "full" in str(full)
    facts = FactRecord.objects.count()
    try:
        long = " ".join(texts(30, Random(3)))[:3900]  # needs pages of its own
        answer = client.post(f"/accounts/comment/{article.pk}/", {**form, "text": long})
        if answer.status_code == 422:  # the judge had something to say of it
            page = BeautifulSoup(answer.content, "lxml")
            kept = {one["name"]: one.get("value", "") for one in page.select("form[data-compose-fields] input[name]")}
            answer = client.post(f"/accounts/comment/{article.pk}/", {**kept, "text": long, "do": "insist"})
        assert answer.status_code == 503
        assert answer["Retry-After"] == "300"
        assert "Nothing of what you sent was taken" in answer.content.decode()
        assert (Comment.objects.count(), FactRecord.objects.count()) == (1, facts)
        assert Thread.objects.get().visible == 1
        assert client.get(path_of(article)).status_code == 200, "what is there can be read"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filler")
    assert client.post(f"/accounts/comment/{article.pk}/", form).status_code == 302
    assert_counters_are_true(article.pk)
