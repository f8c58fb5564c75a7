"""Addresses of accounts: the language of their edition, which nobody else's request inherits."""

import pytest
from django.utils import translation

from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("ACC-11"), pytest.mark.django_db]


def test_an_account_page_speaks_its_editions_language_and_leaves_the_threads_as_it_was(client):
    make_edition()
    make_edition("fr", at_root=False)
    before = translation.get_language()
    answer = client.get("/fr/accounts/login/")
    assert '<html lang="fr"' in answer.content.decode()
    assert translation.get_language() == before == "en"
    assert '<html lang="en"' in client.get("/accounts/login/").content.decode()


@pytest.mark.row("ACC-02")
@pytest.mark.parametrize(("scheme", "secure"), [("https", True), ("http", False)])
def test_cookies_that_came_by_https_go_back_by_https_alone(client, scheme, secure):
    make_edition()
    client.get("/accounts/login/", HTTP_X_FORWARDED_PROTO=scheme)
    assert client.cookies
    assert {bool(cookie["secure"]) for cookie in client.cookies.values()} == {secure}
