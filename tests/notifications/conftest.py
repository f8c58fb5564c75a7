"""A paper that sends mail, and a mail server that takes it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from broadsheet.config.env import new_push_key
from broadsheet.notifications import conf
from tests.factories.newsroom import make_article, make_edition, make_section
from tests.notifications.mail_server import Post, listening
from tests.notifications.push_sink import Sink, sinking

TEMPLATES = {
    "letter.subject.txt": "News for {{ name }}",
    "letter.txt": '{% extends "mail/frame.txt" %}{% block content %}Hello, {{ name }}! {{ link }}{% endblock %}',
    "letter.html": '{% extends "mail/frame.html" %}{% block content %}<h1>Hello, {{ name }}!</h1>'
    '{% include "mail/button.html" with address=link label="Read" %}{% endblock %}',
}  # fmt: skip
PURPOSES = ("letter", "almanac")


@pytest.fixture(autouse=True)
def _templates() -> Iterator[None]:
    """Mails of the tests' own, laid where a paper lays its own templates."""
    folder = Path(django_settings.DATA) / "theme" / "templates" / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in TEMPLATES.items():
        for purpose in PURPOSES:
            (folder / name.replace("letter", purpose)).write_text(text)
    yield
    shutil.rmtree(folder.parent.parent)
    shutil.rmtree(Path(django_settings.DATA) / "mail", ignore_errors=True)


@pytest.fixture
def almanac() -> Iterator[str]:
    """A purpose that can be unsubscribed."""
    conf.lists["almanac"] = "The year's almanac"
    yield "almanac"
    del conf.lists["almanac"]


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server."""
    with listening(Post()) as running:
        yield running


@pytest.fixture
def paper(settings, post: Post) -> Post:
    """A paper whose mail goes to that server."""
    make_edition(name="The Courier", contact_address="desk@courier.example", privacy_address="privacy@courier.example")
    settings.MAIL_SERVER = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = post.port
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "newsroom@courier.example"
    return post


@pytest.fixture
def push_service_here(settings) -> Iterator[Sink]:
    """A push service on this machine, and a paper that may use it."""
    settings.PUSH_LOCAL = True
    settings.PUSH_KEYS = (new_push_key(),)
    with sinking() as running:
        yield running


@pytest.fixture
def article():
    """A public article of a paper."""
    edition = make_edition(name="The Courier", contact_address="desk@courier.example")
    return make_article(make_section(edition), "The bridge is open")
