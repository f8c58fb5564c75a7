"""The judge is loaded before the first comment comes, whatever happens."""

import time

import pytest
from django.db import transaction

from broadsheet.discussion.actions.open_thread import open_thread
from broadsheet.discussion.engines import judges
from broadsheet.discussion.engines.judges import forget_senses
from broadsheet.discussion.handlers import ready_judge
from broadsheet.discussion.handlers.ready_judge import ReadyJudge
from broadsheet.kernel import loops
from broadsheet.newsroom.queries.discussed import discussed
from broadsheet.standards.senses import Senses
from tests.factories.newsroom import make_article, make_section

pytestmark = [pytest.mark.row("STD-04"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def loaded(monkeypatch):
    """How often senses were loaded; the first time a list is missing."""
    found = []

    def load(*model):
        found.append(time.monotonic())
        if len(found) == 1:
            raise OSError("a list is missing")
        return Senses({})

    monkeypatch.setattr(Senses, "load", load)
    monkeypatch.setattr(judges, "AGAIN", 0.0)
    monkeypatch.setattr(ready_judge, "AFTER", 0.01)
    forget_senses()
    yield found
    forget_senses()


def test_where_nothing_was_ever_discussed_it_is_not_loaded(loaded):
    loop = ReadyJudge()
    loop.start()
    time.sleep(0.2)
    loop.stop(30)
    assert loaded == []


def test_it_is_loaded_once_and_tried_again_where_that_failed(loaded):
    article = discussed(make_article(make_section()).pk)
    with transaction.atomic():
        open_thread(article)
    loop = ReadyJudge()
    loop.start()
    until = time.monotonic() + 30
    while len(loaded) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.1)
    assert loop.is_alive()
    loop.stop(30)
    assert len(loaded) == 2
    assert not loop.is_alive()


def test_a_serving_process_runs_it():
    assert ReadyJudge in loops.further
