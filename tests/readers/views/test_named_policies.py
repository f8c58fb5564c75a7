"""Pages of the entrance name the policies that are in force, all that are recorded as accepted, and no others."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.newsroom.models import EditionPage
from broadsheet.readers.models import Acceptance
from tests.factories.policies import put_in_force
from tests.readers.entrance import PASSWORD, confirmed_reader
from tests.readers.provider import city, city_running, sign_in

__all__ = ["city", "city_running"]
pytestmark = [pytest.mark.row("ACC-09"), pytest.mark.row("PAGE-01"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]  # fmt: skip
ALL = ("privacy", "terms", "standards")
SOME = [(), ("privacy",), ("terms",), ("standards",), ("terms", "standards"), ("privacy", "standards"), ALL]
NAMED = {
    "login": {"privacy", "terms", "standards"},
    "register": {"privacy", "terms", "standards"},
    "recover": {"privacy"},
    "contact": {"privacy"},
}


def policies_named(response: Any, css: str = "[data-account-content]") -> set[str]:
    """Return the kinds of policies that links of the page lead to; each leads to a page."""
    paths = {link["href"] for part in BeautifulSoup(response.content, "lxml").select(css) for link in part.select("a[href]")}  # fmt: skip
    named = {path for path in paths if path.strip("/").rpartition("/")[2] in ALL}
    assert {path: Client().get(path).status_code for path in named} == dict.fromkeys(named, 200)
    return {path.strip("/").rpartition("/")[2] for path in named}


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize("kinds", SOME)
def test_a_page_names_what_is_in_force(client, kinds, code):
    EditionPage.objects.update(contact_address="news@estuary.example")
    put_in_force(EditionPage.objects.get(code=code), *kinds)
    root = "/accounts/" if code == "en" else "/fr/accounts/"
    found = {page: policies_named(client.get(f"{root}{page}/")) for page in NAMED}
    assert found == {page: words & set(kinds) for page, words in NAMED.items()}
    for page in ("login", "register"):
        assert policies_named(client.get(f"{root}{page}/"), ".account-terms") == (
            set(kinds) if page == "register" else set(kinds) - {"privacy"}
        )


@pytest.mark.row("ACC-04")
@pytest.mark.parametrize("kinds", SOME)
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_log_in_by_an_identity_names_what_it_records(client, city, kinds, answer):
    put_in_force(EditionPage.objects.get(code="en"), *kinds)
    city.person("1", name="Ada Quay", email="ada@mail.example", email_verified=True)
    path = sign_in(client, city, "1")["Location"] + f"{answer}/"
    page = client.get(path)
    named = policies_named(page, ".account-terms")
    if answer == "yes":
        sent = {"login": confirmed_reader(email="somebody@else.example").email, "password": PASSWORD}
        assert "privacy" not in kinds or "privacy" in policies_named(page)
    else:
        sent = page.context["form"].initial | {"privacy_shown": page.context["form"]["privacy_shown"].value() or ""}
    Acceptance.objects.all().delete()
    client.post(path, sent)
    accepted = Acceptance.objects.exclude(way="social").values_list("kind", flat=True)
    assert set(accepted) == named
    assert named == (set(kinds) if answer == "no" else set(kinds) - {"privacy"})
