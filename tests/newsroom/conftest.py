"""Staff at the desk, and facts as they were announced."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Locale, Page

from broadsheet.kernel.models import FactRecord
from broadsheet.newsroom.actions.desk_setup import set_up_desk
from broadsheet.readers.conf import DESK_SESSION_KEY
from broadsheet.readers.models import Reader

Enter = Callable[..., Client]


@pytest.fixture
def enter(db: None) -> Enter:
    """Return a function that opens the desk for a new member of a group (or an operator)."""
    if not Page.objects.exists():  # a test that really commits flushes the tree's root, too
        locale, _made = Locale.objects.get_or_create(language_code="en")
        Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    set_up_desk()

    def open_desk(role: str = "", email: str = "") -> Client:
        email = email or f"{role or 'operator'}@paper.example"
        person = Reader.objects.filter(email=email).first()
        if person is None:
            person = Reader.objects.create_user(email, "a long enough password", is_staff=True, is_superuser=not role)
            if role:
                person.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(person)
        session = client.session
        session[DESK_SESSION_KEY] = True
        session.save()
        client.reader = person
        return client

    return open_desk


@pytest.fixture
def desk(enter: Enter) -> Client:
    """A client that may do everything in the desk."""
    return enter()


@pytest.fixture
def announced() -> Callable[[], list[str]]:
    """Return a function that lists the names of the facts announced since it was last asked."""
    seen = {"number": FactRecord.objects.order_by("-id").values_list("id", flat=True).first() or 0}

    def names() -> list[str]:
        rows = list(FactRecord.objects.filter(id__gt=seen["number"]).order_by("id"))
        if rows:
            seen["number"] = rows[-1].pk
        return [row.name for row in rows]

    return names
