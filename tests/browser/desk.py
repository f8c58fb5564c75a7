"""Walks and hands of an editor at the desk: log-in, typing, and everything a browser complains of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from broadsheet.newsroom.actions.desk_setup import set_up_desk
from broadsheet.readers.conf import DESK_SESSION_KEY
from broadsheet.readers.models import Reader


@dataclass
class Seat:
    """One member of the newsroom before a browser of their own."""

    person: Reader
    page: Any
    url: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        """Go to an address of the desk."""
        self.page.goto(self.url + path)
        return self.page


@pytest.fixture
def seat(chromium: Any, served: Any) -> Iterator[Callable[..., Seat]]:
    """Return a function that seats a member of a group (or an operator) at the desk.

    At the end nobody's browser may have complained: no script failed, nothing was refused by the content security
    policy, no answer was an error, and no other host was asked.
    """
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(
            instance=Page(title="Root", slug="root", locale=Locale.objects.get_or_create(language_code="en")[0])
        )
    set_up_desk()
    seats: list[Seat] = []

    def sit(
        role: str = "", *, name: str = "", language: str = "en", width: int = 1440, height: int = 900, **options: Any
    ) -> Seat:
        email = f"{(name or role or 'operator').lower()}@paper.example"
        person = Reader.objects.filter(email=email).first() or _staff(email, role, name)
        profile = UserProfile.get_for_user(person)
        profile.preferred_language = language
        profile.theme = options.pop("theme", "system")
        profile.save()
        context = chromium.new_context(viewport={"width": width, "height": height}, **{"locale": language, **options})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(person), "url": served.url}])
        made = Seat(person, context.new_page(), served.url)
        made.page.set_default_timeout(25_000)
        listen(made)
        seats.append(made)
        return made

    yield sit
    for each in seats:
        each.page.context.close()
    complaints = "\n".join(fault for each in seats for fault in each.faults)
    assert complaints == "", complaints


def listen(seat: Seat) -> None:
    """Note whatever the browser complains of."""
    page, note = seat.page, seat.faults.append
    page.on("console", lambda message: note(f"{page.url}: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: note(f"{page.url}: {error}"))
    page.on("response", lambda answer: note(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("request", lambda sent: note(f"asked {sent.url}") if _foreign(sent.url, seat.url) else None)


def _foreign(address: str, own: str) -> bool:
    return not address.startswith((own, "data:", "blob:"))


def _staff(email: str, role: str, name: str) -> Reader:
    person = Reader.objects.create_user(
        email, "a long enough password", is_staff=True, is_superuser=not role, display_name=name or role or "Operator"
    )
    if role:
        person.groups.add(Group.objects.get(name=role))
    return person


def _session(person: Reader) -> str:
    client = Client()
    client.force_login(person)
    session = client.session
    session[DESK_SESSION_KEY] = True
    session.save()
    return str(session.session_key)
