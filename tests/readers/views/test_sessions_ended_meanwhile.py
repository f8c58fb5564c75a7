"""A session that is ended while its device loads a page, and browsers that keep no cookie (ACC-02)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from broadsheet.readers.actions.end_sessions import end_session
from broadsheet.readers.models import Reader, ReaderSession
from tests.readers.entrance import PASSWORD, confirmed_reader, is_in, log_in, register

pytestmark = [pytest.mark.row("ACC-02"), pytest.mark.django_db]


def ended_meanwhile(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: somebody ends the session while its page is made."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        end_session(reader_id=request.user.pk, session_key=request.session.session_key or "")
        return response

    return answer


@pytest.fixture
def away(paper: None, later: Any, settings: Any) -> Client:
    """A device whose session is ended during its first request of another day."""
    confirmed_reader()
    device = Client()
    log_in(device)
    assert is_in(device)
    later.pass_(days=1)
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.ended_meanwhile"]
    middle = Client()
    middle.cookies = device.cookies
    return middle


@pytest.mark.parametrize("path", ["/accounts/sessions/", "/fr/accounts/profile/", "/me/"])
def test_the_device_is_asked_to_log_in_and_not_told_nonsense(away, settings, path):
    response = away.get(path)
    assert (response.status_code, response["Location"]) == (302, path)
    assert not ReaderSession.objects.exists()
    settings.MIDDLEWARE = settings.MIDDLEWARE[:-1]
    device = Client()
    device.cookies = away.cookies
    again = device.get(path)
    if path == "/me/":
        assert again.json() == {"reader": None}
    else:
        assert "/accounts/login/?next=" in again["Location"]
    assert not device.cookies["broadsheet_session"].value


def test_a_form_that_was_sent_meanwhile_leads_to_the_log_in(away):
    response = away.post("/accounts/profile/", {"display_name": "Tom Wharf", "language": "en"})
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/")
    assert not ReaderSession.objects.exists()


@pytest.mark.row("ACC-01")
def test_without_cookies_registering_logging_in_and_recovering_say_why_they_don_t_go_on(paper):
    confirmed_reader()
    for send in (
        lambda client: register(client, "new@mail.example"),
        lambda client: log_in(client),
        lambda client: client.post("/accounts/login/", {"login": "reader@mail.example", "password": PASSWORD}),
        lambda client: client.post("/accounts/recover/", {"email": "reader@mail.example"}),
    ):
        response = send(Client(enforce_csrf_checks=True))
        assert response.status_code == 403
        assert "cookies are switched off" in response.content.decode()
        assert "Allow cookies for this site" in response.content.decode()
    assert Reader.objects.count() == 1
