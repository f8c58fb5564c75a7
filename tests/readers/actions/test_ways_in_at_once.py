"""Two tabs take two ways in from one account at the same moment: one of them is left (ACC-04)."""

import threading
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from broadsheet.kernel.errors import Refused
from broadsheet.readers.actions.remove_passkey import remove_passkey
from broadsheet.readers.actions.unlink_identity import unlink_identity
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.identities import ways_in
from tests.at_once import at_once
from tests.factories.accounts import make_reader

pytestmark = [pytest.mark.row("ACC-04"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ada(settings) -> Reader:
    """Somebody without a password, with one identity and one passkey."""
    kinds = settings.SOCIALACCOUNT_PROVIDERS
    settings.SOCIALACCOUNT_PROVIDERS = {**kinds, "telegram": {"APPS": [{"client_id": "7", "secret": "s"}]}}
    reader = make_reader()
    SocialAccount.objects.create(user=reader, provider="telegram", uid="1", extra_data={"shown": "Ada"})
    credential = {"name": "Phone", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
    Authenticator.objects.create(user=reader, type=Authenticator.Type.WEBAUTHN, data=credential)
    return reader


def unlinking(reader: Reader) -> bool:
    return unlink_identity(reader_id=reader.pk, identity_id=SocialAccount.objects.get().pk, edition="en")


def removing(reader: Reader) -> bool:
    return remove_passkey(reader_id=reader.pk, passkey_id=Authenticator.objects.get().pk, edition="en")


@pytest.mark.parametrize(("first", "second"), [(unlinking, removing), (removing, unlinking)])
def test_the_second_waits_for_the_first_and_is_refused(ada: Reader, first: Callable, second: Callable) -> None:
    held = threading.Event()

    def hold() -> bool:
        with transaction.atomic():
            done = first(ada)
            held.set()
            threading.Event().wait(0.4)  # long enough for the second to come through if nothing held it up
        return done

    def try_meanwhile() -> object:
        held.wait(10)
        try:
            return second(ada)
        except Refused as error:
            return error.refusal.code

    assert at_once(hold, try_meanwhile) == [True, "last-way-in"]
    assert ways_in(ada.pk)


def test_the_same_passkey_is_removed_once_and_its_recovery_codes_go_with_it(ada: Reader) -> None:
    passkey = Authenticator.objects.get().pk
    Authenticator.objects.create(user=ada, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    assert remove_passkey(reader_id=ada.pk, passkey_id=passkey, edition="en")
    assert not remove_passkey(reader_id=ada.pk, passkey_id=passkey, edition="en")
    assert not Authenticator.objects.exists()


def test_nobody_removes_a_passkey_of_another_account(ada: Reader) -> None:
    other = make_reader("other@mail.example")
    assert not remove_passkey(reader_id=other.pk, passkey_id=Authenticator.objects.get().pk, edition="en")
    assert Authenticator.objects.count() == 1
