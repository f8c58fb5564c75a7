"""Which mail is due to whoever has an address: to owners of deleted accounts, after many tries, from new browsers."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.models import Reader
from tests.readers.entrance import body, confirmed_reader, due, is_in, last_link, log_in, mails, recover, register
from tests.readers.provider import city, city_running, sign_in
from tests.readers.views.test_social import branch, content, links, register_by

__all__ = ["city", "city_running"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paper")]
BOB = {"name": "Bob", "email": "bob@elsewhere.example"}


@pytest.fixture
def reader() -> Reader:
    return confirmed_reader()


def purposes(begin: int = 0) -> list[str]:
    return [mail.purpose for mail in mails()[begin:]]


@pytest.mark.row("ACC-07")
@pytest.mark.parametrize("ask", [register, recover])
def test_who_deleted_the_account_and_comes_back_is_sent_the_link_that_restores_it(reader, ask):
    delete_account(reader_id=reader.pk, edition="en", now=clock.now())
    before = len(mails())
    known, unknown = ask(Client(), reader.email), ask(Client(), "nobody@mail.example")
    assert (known.status_code, known["Location"], body(known)) == (
        unknown.status_code,
        unknown["Location"],
        body(unknown),
    )
    assert purposes(before)[0] == "deleted"
    assert mails()[before].address == reader.email
    restored = Client()
    restored.post(last_link("deleted"))
    assert log_in(restored).status_code == 302


@pytest.mark.row("ACC-07")
def test_of_such_mails_a_few_an_hour_are_sent(reader):
    delete_account(reader_id=reader.pk, edition="en", now=clock.now())
    before = len(mails())
    for _number in range(3):
        recover(Client(), reader.email)
    assert purposes(before) == ["deleted", "deleted"]


@pytest.mark.row("ACC-06")
def test_an_account_that_the_newsroom_closed_is_sent_nothing(reader):
    Reader.objects.update(is_active=False)
    before = len(mails())
    register(Client(), reader.email)
    recover(Client(), reader.email)
    assert purposes(before) == []


@pytest.mark.row("ACC-01")
def test_an_address_is_not_flooded_by_registering(reader):
    answers = set()
    for email in ("fresh@mail.example", reader.email):
        before = len(mails())
        for _number in range(8):
            response = register(Client(), email)
            answers.add((response.status_code, response["Location"]))
        assert len(mails()[before:]) == (5 if email != reader.email else 4), "the reader's own first mail counts, too"
    assert answers == {(302, "/accounts/confirm/sent/")}


@pytest.mark.row("ACC-02")
def test_a_new_browser_is_told_though_no_session_is_left(reader, client):
    """ASVS 6.3.5: whether the account was entered before counts, not whether it is open somewhere."""
    home = Client()
    log_in(home)
    home.post("/accounts/logout/")
    before = len(mails())
    log_in(client)
    assert [mail.values["what"] for mail in mails()[before:]] == ["device"]


@pytest.mark.row("ACC-01")
@pytest.mark.row("ACC-03")
def test_opening_a_mailed_link_logs_nobody_out(reader):
    """ASVS 3.5.3: a page that merely embeds the link opens it, too."""
    other = confirmed_reader(email="other@mail.example")
    browser = Client()
    log_in(browser, other.email)
    register(Client(), "begun@mail.example")
    confirming = last_link("confirm")
    browser.get(confirming)
    assert is_in(browser)
    recover(Client(), reader.email)
    chosen = browser.get(last_link("recover"))["Location"]
    browser.get(chosen)
    assert is_in(browser)
    browser.post(chosen, {"password1": "four herons above the weir"})
    assert not is_in(browser)
    log_in(browser, other.email)
    browser.post(confirming)
    assert not is_in(browser)
    assert log_in(Client(), password="four herons above the weir").status_code == 302


def no(client: Client, provider: Any, email: str) -> Any:
    """Say No, give the address, and come back by the identity in another browser."""
    register_by(client, provider, "bob", email=email)
    again = Client()
    return again, again.get(sign_in(again, provider, "bob")["Location"])


@pytest.mark.row("ACC-04")
def test_who_said_no_comes_back_and_is_sent_the_link_again(city):
    city.person("bob", **BOB)
    again, page = no(Client(), city, "bob@mail.example")
    assert content(page).h1.get_text() == "Check your mail"
    assert [each["purpose"] for each in due()] == ["confirm", "confirm"]
    for _number in range(6):
        sign_in(Client(), city, "bob")
    assert [each["purpose"] for each in due()].count("confirm") == 5, "an address is sent five a day"
    Client().post(last_link("confirm"))
    sign_in(again, city, "bob")
    assert is_in(again)
    assert SocialAccount.objects.count() == 1


@pytest.mark.row("ACC-04")
def test_coming_back_tells_not_whether_the_address_had_an_account(city):
    confirmed_reader(email="taken@mail.example")
    city.person("bob", **BOB)
    taken = no(Client(), city, "taken@mail.example")[1]
    Reader.objects.filter(email="fresh@mail.example").delete()
    city.person("ben", **BOB)
    before = len(due())
    register_by(Client(), city, "ben", email="fresh@mail.example")
    again = Client()
    fresh = again.get(sign_in(again, city, "ben")["Location"])
    assert [each["purpose"] for each in due()[before:]] == ["confirm", "confirm"]
    assert content(fresh).get_text() == content(taken).get_text()
    assert list(links(fresh)) == list(links(taken))


@pytest.mark.row("ACC-04")
def test_who_gave_a_wrong_address_gives_another_and_after_a_week_is_asked_anew(city, later):
    city.person("bob", **BOB)
    again, page = no(Client(), city, "bbo@mail.example")
    path = links(page)["Register with another address"]
    again.post(path, {**again.get(path).context["form"].initial, "email": "bob@mail.example"})
    right = next(mail for mail in mails() if mail.address == "bob@mail.example")
    Client().post(urlsplit(right.values["link"]).path)
    assert EmailAddress.objects.get(verified=True).email == "bob@mail.example"
    sign_in(again, city, "bob")
    assert is_in(again)
    city.person("ben", **BOB)
    register_by(Client(), city, "ben", email="ben@mail.example")
    later.pass_(days=7, minutes=1)
    browser = Client()
    assert branch(browser, sign_in(browser, city, "ben"), "No").endswith("/no/")
