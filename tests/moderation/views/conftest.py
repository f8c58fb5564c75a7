"""Moderators before the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.queries.cases import case_of_comment
from broadsheet.moderation.queries.roles import Scope
from broadsheet.readers.conf import DESK_SESSION_KEY
from broadsheet.readers.models import Reader
from tests.factories.cases import make_moderator
from tests.factories.discussion import FOUL, make_comment


def seated(person: Reader) -> Client:
    """Return the browser of somebody who is logged in, at the desk if they are of the newsroom."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    session = client.session
    session[DESK_SESSION_KEY] = True
    session.save()
    return client


@pytest.fixture
def sit(article) -> Callable[..., Client]:
    """Return a function that seats a moderator; `scope` is what `make_moderator` returns."""

    def at_the_desk(scope: Scope | None = None) -> Client:
        found = scope or make_moderator()
        return seated(Reader.objects.get(pk=found.reader_id))

    return at_the_desk


@pytest.fixture
def foul(article, reader):
    """A comment that the judge holds, and its case."""
    comment = make_comment(article, reader, text=FOUL)
    deliver_due()
    return comment


@pytest.fixture
def number(foul) -> int:
    """The number of that case."""
    found = case_of_comment(foul.pk)
    assert found is not None
    return found.id
