"""Whoever begins an account with another's address keeps no way into it, however its owner comes to it."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.readers.actions.staff import make_login_link, put_staff, redeem_login_link
from broadsheet.readers.models import AwaitedIdentity, Reader
from tests.readers.entrance import PASSWORD, confirmed_reader, is_in, last_link, log_in, mails, recover, register
from tests.readers.provider import city, city_running, sign_in
from tests.readers.views.test_social import register_by

__all__ = ["city", "city_running"]
pytestmark = [pytest.mark.django_db]
VICTIM = "victim@mail.example"
NEW = "four herons above the weir"


@pytest.mark.row("ACC-04")
def test_who_recovers_an_account_lets_no_identity_in_that_began_it(client, city):
    """Mallory says No and types the victim's address; the victim registers, is told, and recovers by mail."""
    city.person("mallory", name="Mallory", email="mallory@evil.example")
    register_by(Client(), city, "mallory", email=VICTIM)
    register(client, VICTIM)
    assert mails()[-1].purpose == "already"
    recover(client, VICTIM)
    client.post(client.get(last_link("recover"))["Location"], {"password1": NEW})
    deliver_due()
    assert log_in(client, VICTIM, NEW)["Location"] == "/"
    mallory = Client()
    assert "/registration/" in sign_in(mallory, city, "mallory")["Location"]
    assert not is_in(mallory)
    assert not SocialAccount.objects.exists()
    assert not AwaitedIdentity.objects.exists()


@pytest.mark.row("ACC-04")
def test_who_recovers_a_confirmed_account_keeps_its_identities(client, city):
    city.person("ada", name="Ada Quay", email=VICTIM, email_verified=True)
    register_by(client, city, "ada")
    recover(Client(), VICTIM)
    browser = Client()
    browser.post(browser.get(last_link("recover"))["Location"], {"password1": NEW})
    fresh = Client()
    sign_in(fresh, city, "ada")
    assert is_in(fresh)


@pytest.mark.row("MOD-12")
def test_a_squatted_address_made_staff_is_entered_by_its_owner_alone(paper, city):
    city.person("mallory", name="Mallory", email="mallory@evil.example")
    squatter = Client()
    register_by(squatter, city, "mallory", email="editor@paper.example", display_name="Mallory Vane")
    Reader.objects.update(password=make_password(PASSWORD))
    totp.TOTP.activate(Reader.objects.get(), totp.generate_totp_secret())
    SocialAccount.objects.create(user=Reader.objects.get(), provider="city", uid="linked before")
    token = make_login_link(reader=Reader.objects.get(), now=clock.now())
    made = put_staff(email="Editor@paper.example", role="editor")
    made.refresh_from_db()
    assert made.is_staff
    assert made.display_name == "editor"
    assert not made.has_usable_password()
    assert log_in(Client(), "editor@paper.example").status_code == 200
    assert redeem_login_link(token=token, now=clock.now()) is None
    for model in (AwaitedIdentity, SocialAccount, Authenticator):
        assert not model.objects.exists()
    sign_in(squatter, city, "mallory")
    assert not is_in(squatter)
    assert EmailAddress.objects.get().verified


@pytest.mark.row("MOD-12")
def test_a_name_given_with_staff_add_is_kept_and_a_confirmed_reader_keeps_the_own_way_in(paper):
    register(Client(), "editor@paper.example", display_name="Mallory Vane")
    assert put_staff(email="editor@paper.example", name="Ada Vane").display_name == "Ada Vane"
    reader = confirmed_reader(email="tom@paper.example")
    promoted = put_staff(email="tom@paper.example")
    assert (promoted.pk, promoted.display_name) == (reader.pk, reader.display_name)
    assert log_in(Client(), "tom@paper.example")["Location"] == "/editor/"
    put_staff(email="tom@paper.example", role="editor")
    assert log_in(Client(), "tom@paper.example")["Location"] == "/editor/"
