"""What tests do at the entrance, as a browser does it."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import altcha
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.readers.actions.account_mail import AccountMail, make_account_mail
from broadsheet.readers.engines.challenges import opened_at
from broadsheet.readers.models import Reader

PASSWORD = "seven lanterns on the quay"
TOKEN = re.compile(r'name="(?:csrfmiddlewaretoken|opened|question)" value="[^"]+"|<label for="captcha-[^<]*</label>')


def solution(client: Client, form: str, path: str = "/accounts/challenge/", work: int = 0) -> dict[str, str]:
    """Solve a challenge for the form, after looking at the page for a while."""
    challenge = altcha.Challenge.from_dict(client.get(path, {"form": form, "work": work}).json())
    solved = altcha.solve_challenge(challenge)
    assert solved is not None
    proof = altcha.Payload(challenge, solved).to_base64()
    return {"proof": proof, "opened": opened_at(clock.now() - timedelta(seconds=5))}


def register(client: Client, email: str = "reader@mail.example", **values: str) -> Any:
    """Send the form to register."""
    form = {
        "email": email,
        "display_name": "Tom Wharf",
        "password1": PASSWORD,
        **solution(client, "register"),
        **values,
    }
    return client.post("/accounts/register/", form)


def log_in(client: Client, email: str = "reader@mail.example", password: str = PASSWORD, **values: str) -> Any:
    """Send the form to log in."""
    return client.post("/accounts/login/", {"login": email, "password": password, **values})


def recover(client: Client, email: str = "reader@mail.example", **values: str) -> Any:
    """Send the form to recover."""
    return client.post("/accounts/recover/", {"email": email, **solution(client, "recover"), **values})


def due() -> list[dict[str, Any]]:
    """Return what mails were announced, oldest first."""
    deliver_due()
    return [dict(each.payload) for each in FactRecord.objects.filter(name="AccountMailDue").order_by("id")]


def mails() -> list[AccountMail]:
    """Return the mails as they would be sent now."""
    wanted = ("purpose", "reader_id", "edition", "email_id")
    made = [make_account_mail(**{name: each[name] for name in wanted}) for each in due()]
    return [mail for mail in made if mail is not None]


def last_link(purpose: str) -> str:
    """Return the path of the link in the newest mail of that purpose."""
    return urlsplit([mail for mail in mails() if mail.purpose == purpose][-1].values["link"]).path


def confirmed_reader(client: Client | None = None, email: str = "reader@mail.example", **values: str) -> Reader:
    """Register and confirm."""
    client = client or Client()
    register(client, email, **values)
    client.post(last_link("confirm"))
    return Reader.objects.get(email=email.lower())


def is_in(client: Client) -> bool:
    """Return whether somebody is logged in."""
    return client.get("/accounts/sessions/").status_code == 200


def body(response: Any) -> str:
    """Return the page without what is fresh each time."""
    return TOKEN.sub("", response.content.decode())
