"""Nobody learns at the entrance whether an address has an account: not by text, not by status, not by the time taken."""

import itertools
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.test import Client

from broadsheet.kernel.models import Rate
from broadsheet.readers.models import Reader
from tests.readers.entrance import PASSWORD, body, confirmed_reader, log_in, recover, register, solution

pytestmark = [pytest.mark.row("ACC-01"), pytest.mark.row("ACC-02"), pytest.mark.row("ACC-03")]
_networks = itertools.count(1)


def stranger() -> dict[str, str]:
    """Come from a network of one's own, so that the limits of one don't answer for all."""
    number = next(_networks)
    return {"REMOTE_ADDR": f"10.{number // 250}.{number % 250}.1"}


@pytest.mark.django_db
@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("flow", [register, log_in, recover])
def test_text_status_and_headers_are_the_same(flow):
    confirmed_reader(email="known@mail.example")
    register(Client(), "begun@mail.example")
    answers = []
    for email in ("known@mail.example", "begun@mail.example", "other@mail.example"):
        wrong = {"password": "wrong password entirely"} if flow is log_in else {}
        response = flow(Client(), email, **wrong)
        headers = {
            name: value for name, value in response.items() if name not in {"Content-Length", "Set-Cookie", "Expires"}
        }
        cookies = sorted(response.cookies)
        answers.append((response.status_code, headers, cookies, body(response).replace(email, "")))
    assert answers[0] == answers[1] == answers[2]


def ask_login(email: str) -> float:
    return timed(Client(**stranger()), "/accounts/login/", {"login": email, "password": "wrong password entirely"})


def ask_recover(email: str) -> float:
    client = Client(**stranger())
    return timed(client, "/accounts/recover/", {"email": email, **solution(client, "recover")})


def ask_register(email: str) -> float:
    client = Client(**stranger())
    form = {"email": email, "display_name": "Tom Wharf", "password1": PASSWORD, **solution(client, "register")}
    return timed(client, "/accounts/register/", form)


def timed(client: Client, path: str, form: dict[str, Any]) -> float:
    begun = time.perf_counter()
    response = client.post(path, form)
    taken = time.perf_counter() - begun
    assert response.status_code in {200, 302}
    return taken


def area(known: list[float], unknown: list[float]) -> float:
    """Return how often a known address takes longer than an unknown one: a half where time tells nothing."""
    return sum((a > b) + (a == b) / 2 for a in known for b in unknown) / (len(known) * len(unknown))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("ask", [ask_login, ask_recover, ask_register])
def test_the_time_taken_tells_nothing(ask: Callable[[str], float]):
    """300 pairs, one of each kind in turn: the area under the curve lies between 0.42 and 0.58."""
    kept = make_password(PASSWORD)
    readers = Reader.objects.bulk_create(
        Reader(email=f"known{number}@mail.example", display_name="Tom", password=kept) for number in range(300)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=reader, email=reader.email, verified=True, primary=True) for reader in readers
    )
    for number in range(5):
        ask(f"warm{number}@mail.example")
    known, unknown = [], []
    for number in range(300):
        pair = [(known, f"known{number}@mail.example"), (unknown, f"nobody{number}@mail.example")]
        for times, email in pair if number % 2 else reversed(pair):
            times.append(ask(email))
    found = area(known, unknown)
    assert 0.42 < found < 0.58, f"{ask.__name__}: {found:.3f}"
    assert Rate.objects.exists()
