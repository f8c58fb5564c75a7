"""Stored pages follow a discussion: new comments within seconds, what was deleted at once (design 6 and 8)."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connections

from broadsheet.delivery.engines import calm, pagestore
from broadsheet.delivery.engines.purger import Purger
from broadsheet.delivery.engines.renewer import Renewer
from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.set_mode import put_mode_rule, set_thread_mode
from broadsheet.kernel import clock
from broadsheet.kernel.schedule import registered
from broadsheet.newsroom.queries.addresses import path_of
from broadsheet.readers.actions.delete_account import delete_account
from tests.delivery.conftest import heard, until
from tests.factories.accounts import make_reader
from tests.factories.discussion import make_seen
from tests.factories.newsroom import make_article, make_edition, make_section

pytestmark = [pytest.mark.row("DIS-01"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kept(transactional_db):
    """A serving process's store, and the place of a new comment's turn in it."""
    cache.clear()
    pagestore._stores.clear()
    store = pagestore.page_store()
    renewer = Renewer(store)
    purger = Purger(store, renewer)
    purger.prepare()
    renewer.start()
    purger.start()
    yield store
    purger.stop()
    renewer.stop()
    pagestore._stores.clear()
    connections.close_all()


def test_pages_follow_the_discussion(kept, client, monkeypatch):
    monkeypatch.setattr(calm, "next_turn", lambda key, now: now + 1.5)
    edition = make_edition()
    section = make_section(edition)
    article, other = make_article(section, headline="The wall"), make_article(section, headline="The other")
    path = path_of(article)
    pages = (path, f"{path}discussion/oldest/")
    files = [kept.files.www / page.strip("/") / "index.html" for page in pages]
    beside = kept.files.www / path_of(other).strip("/") / "index.html"
    first = make_seen(article, text="The first word.")
    heard(kept)
    for page in (*pages, path_of(other)):
        client.get(page)
    assert all("The first word." in file.read_text() for file in files)
    stamp = beside.stat().st_mtime_ns

    olga = make_reader(display_name="Olga Reed")
    second = make_seen(article, olga, text="The second word.")
    heard(kept)
    assert "The second word." not in files[0].read_text()  # a stored page waits for its turn
    assert until(lambda: "The second word." in files[0].read_text(), 5)
    assert until(lambda: not files[1].exists(), 3)
    assert "The second word." in client.get(pages[1]).content.decode()

    remove_comment(comment_id=first.pk)
    assert until(lambda: not any(file.exists() and "The first word." in file.read_text() for file in files), 2)
    client.get(path)
    edit_comment(
        comment_id=second.pk, author_id=second.author_id, text="Another word.", now=clock.now() + timedelta(hours=1)
    )
    assert until(lambda: not any(file.exists() and "The second word." in file.read_text() for file in files), 2)
    client.get(path)
    put_mode_rule(scope="section", ref=section.pk, mode="premoderated")
    assert until(lambda: not files[0].exists() or "A moderator reads each" in files[0].read_text(), 2)
    client.get(path)
    set_thread_mode(article_id=article.pk, mode="closed")
    assert until(lambda: not files[0].exists() or "is closed" in files[0].read_text(), 2)
    client.get(path)
    assert "Olga Reed" in files[0].read_text()
    delete_account(reader_id=olga.pk, edition=edition.code, now=clock.now())
    assert until(lambda: not files[0].exists() or "Olga Reed" not in files[0].read_text(), 2)
    put_mode_rule(scope="tag", ref=999_999, mode="closed")
    heard(kept)
    assert beside.exists()
    assert stamp <= beside.stat().st_mtime_ns


def test_what_pages_do_not_show_yet_is_heard_again_after_a_kill(kept, client, monkeypatch):
    monkeypatch.setattr(calm, "next_turn", lambda key, now: now + 600)
    article = make_article(make_section(make_edition()))
    path = path_of(article)
    client.get(path)
    make_seen(article, text="A word before the kill.")
    heard(kept)
    assert until(lambda: (kept.files.folder / "state" / "cursor").exists(), 2)
    after = pagestore.PageStore(kept.files.folder)
    Purger(after, Renewer(after)).prepare()
    assert not (after.files.www / path.strip("/") / "index.html").exists()


@pytest.mark.row("DIS-06")
def test_pages_follow_what_the_clock_alone_changes(kept, client):
    task = next(one for one in registered() if one.name.endswith("discussion.tasks.tell_what_the_clock_changed"))
    assert task.seconds <= 60
    edition = make_edition()
    section = make_section(edition)
    article = make_article(section)
    path = path_of(article)
    file = kept.files.www / path.strip("/") / "index.html"
    task.run()
    put_mode_rule(scope="edition", ref=edition.pk, mode="closed", expires_at=clock.now() + timedelta(seconds=1))
    set_thread_mode(article_id=article.pk, closes_at=clock.now() + timedelta(seconds=6))
    heard(kept)
    client.get(path)
    assert "is closed" in file.read_text()
    time.sleep(1.1)
    task.run()
    assert until(lambda: not file.exists() or "is closed" not in file.read_text(), 2), "the rule ended"
    client.get(path)
    assert "data-compose" in file.read_text() or "Write a comment" in file.read_text()
    time.sleep(5)
    task.run()
    assert until(lambda: not file.exists() or "is closed" in file.read_text(), 2), "its closing time came"
    client.get(path)
    assert "is closed" in file.read_text()
    assert "Write a comment" not in file.read_text()
