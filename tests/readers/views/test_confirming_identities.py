"""Whoever answers for an address lets no stranger in unknowingly who registered with it by an identity (ACC-04)."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from broadsheet.kernel.outbox import deliver_due
from tests.readers.entrance import PASSWORD, is_in, last_link, log_in, mails, recover, register
from tests.readers.provider import city, city_running, sign_in
from tests.readers.views.test_social import content, register_by

__all__ = ["city", "city_running"]
pytestmark = [pytest.mark.row("ACC-04"), pytest.mark.django_db]


def test_who_confirms_the_address_of_a_registration_by_a_network_is_told_what_that_lets_in(client, city):
    city.person("1", name="Ada Quay", email="ada@mail.example")
    register_by(client, city, "1")
    assert [mail.values["provider"] for mail in mails() if mail.purpose == "confirm"] == ["City"]
    page = content(client.get(last_link("confirm"))).get_text(" ", strip=True)
    assert "an identity at City" in page.replace("  ", " ")
    assert "Confirm only if it is yours" in page
    client.post(last_link("confirm"))
    register(Client(), "own@mail.example")
    assert [mail.values["provider"] for mail in mails() if mail.purpose == "confirm"][-1] == ""
    assert "identity" not in content(client.get(last_link("confirm"))).get_text()


def test_recovering_lets_no_identity_in_that_a_stranger_registered_with_the_address(client, city):
    city.person("1", name="A stranger", email="stranger@mail.example")
    register_by(client, city, "1", email="ada@mail.example")
    owner = Client()
    register(owner, "ada@mail.example")  # is told that there is an account already
    recover(owner, "ada@mail.example")
    form = owner.get(last_link("recover"), follow=True)
    owner.post(form.request["PATH_INFO"], {"password1": PASSWORD})
    log_in(owner, "ada@mail.example")
    assert is_in(owner)
    deliver_due()
    assert not SocialAccount.objects.exists()
    assert "/registration/" in sign_in(client, city, "1")["Location"]
