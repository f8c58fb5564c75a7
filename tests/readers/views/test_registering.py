"""Registering: e-mail, display name, password, captcha; the address is confirmed by its owner."""

import re
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from bs4 import BeautifulSoup
from django.conf import settings
from django.core import signing
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.newsroom.models import EditionPage
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.readers.actions.forget_unconfirmed import forget_unconfirmed
from broadsheet.readers.actions.register import register as make_account
from broadsheet.readers.actions.staff import put_staff
from broadsheet.readers.engines.challenges import opened_at
from broadsheet.readers.engines.questions import known
from broadsheet.readers.models import Acceptance, Reader
from broadsheet.readers.queries.standing import may_post
from tests.at_once import at_once
from tests.factories.policies import make_version, put_in_force
from tests.readers.entrance import (
    PASSWORD,
    body,
    confirmed_reader,
    due,
    is_in,
    last_link,
    log_in,
    mails,
    register,
    solution,
)

pytestmark = [pytest.mark.row("ACC-01"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]


def test_the_page_has_its_fields_and_leads_on(client):
    for edition in EditionPage.objects.all():
        put_in_force(edition, "privacy", "standards")
    page = client.get("/accounts/register/").content.decode()
    for name in ("email", "display_name", "password1", "answer", "website"):
        assert f'name="{name}"' in page
    assert "<h1>Register</h1>" in page
    for link in ('href="/accounts/login/"', 'href="/privacy/"', 'href="/standards/"'):
        assert link in page
    french = client.get("/fr/accounts/register/").content.decode()
    assert 'href="/fr/privacy/"' in french
    assert 'href="/fr/accounts/login/"' in french


def test_the_minimum_age_of_the_edition_is_said_and_no_birth_date_is_asked(client):
    assert "years old" not in client.get("/accounts/register/").content.decode()
    EditionPage.objects.filter(code="en").update(minimum_age=16)
    forget_editions()
    page = client.get("/accounts/register/").content.decode()
    assert "You must be at least 16 years old to register." in page
    assert not re.search(r'birth|name="[a-z_]*age"', page)


def test_a_reader_registers_confirms_and_logs_in(client):
    response = register(client, display_name="  Tom   Wharf ")
    assert response["Location"] == "/accounts/confirm/sent/"
    reader = Reader.objects.get()
    assert (reader.email, reader.display_name) == ("reader@mail.example", "Tom Wharf")
    assert reader.password.startswith("argon2$argon2id$")
    assert may_post(reader.pk, "en", clock.now()).code == "unconfirmed"
    assert log_in(client)["Location"] == "/accounts/confirm/sent/"
    assert not is_in(client)
    link = last_link("confirm")
    assert "Is <bdi>reader@mail.example</bdi> your address?" in client.get(link).content.decode()
    assert not EmailAddress.objects.get().verified, "opening the link alone confirms nothing"
    assert "Your address is confirmed" in client.post(link).content.decode()
    assert EmailAddress.objects.get().verified
    assert log_in(client)["Location"] == "/"
    assert is_in(client)
    names = list(FactRecord.objects.values_list("name", flat=True))
    assert names.count("ReaderRegistered") == names.count("ReaderConfirmed") == 1


def test_in_an_edition_everything_stays_there(client):
    form = {"email": "a@mail.example", "display_name": "Ana", "password1": PASSWORD, **solution(client, "register")}
    assert client.post("/fr/accounts/register/", form)["Location"] == "/fr/accounts/confirm/sent/"
    mail = mails()[-1]
    assert mail.language == "fr"
    assert mail.edition.code == "fr"
    assert mail.values["link"].startswith("http://localhost:8000/fr/accounts/confirm/")


def test_a_used_expired_or_foreign_link_says_so_and_offers_another(client, later, monkeypatch):
    register(client)
    link = last_link("confirm")
    client.post(link)
    for gone in (client.get(link), client.post(link), client.get("/accounts/confirm/nonsense:1:2/")):
        assert gone.status_code == 410
        assert "a fresh link is sent to you" in gone.content.decode()
    register(client, "late@mail.example")
    address = EmailAddress.objects.get(email="late@mail.example")
    with monkeypatch.context() as three_days_ago:
        then = time.time() - 3 * 86_400 - 60
        three_days_ago.setattr(signing.time, "time", lambda: then)
        expired = EmailConfirmationHMAC(address).key
    assert client.get(f"/accounts/confirm/{expired}/").status_code == 410
    assert not EmailAddress.objects.get(pk=address.pk).verified
    later.pass_(minutes=16)
    log_in(client, "late@mail.example")
    client.post(last_link("confirm"))
    assert EmailAddress.objects.get(pk=address.pk).verified


def test_an_address_with_an_account_gets_the_same_page_and_its_owner_a_mail(client):
    confirmed_reader()
    before = Reader.objects.values_list("password", flat=True).get()
    fresh, known = (
        register(Client(), "other@mail.example"),
        register(Client(), "READER@mail.example", display_name="Mallory"),
    )
    assert (fresh.status_code, fresh["Location"], fresh.content) == (
        known.status_code,
        known["Location"],
        known.content,
    )
    assert Reader.objects.filter(email="reader@mail.example").count() == 1
    assert Reader.objects.get(email="reader@mail.example").password == before
    assert Reader.objects.count() == 2
    told = mails()[-1]
    assert (told.purpose, told.address) == ("already", "reader@mail.example")
    assert told.values["name"] == "Tom Wharf"
    assert told.values["recover"].endswith("/accounts/recover/")


def test_what_was_written_for_a_taken_address_is_taken_back(client):
    confirmed_reader()
    facts = FactRecord.objects.filter(name="ReaderRegistered").count()
    register(client)
    assert FactRecord.objects.filter(name="ReaderRegistered").count() == facts
    assert not Reader.objects.filter(email__endswith=".invalid").exists()
    assert EmailAddress.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_who_register_one_address_at_once_one_is_made():
    def begin() -> object:
        return make_account(email="one@mail.example", display_name="One", password_hash=None, edition="en",
                            language="en", now=clock.now())  # fmt: skip

    made = at_once(*[begin] * 4)
    assert len([each for each in made if each is not None]) == 1
    assert sorted(each["purpose"] for each in due()) == ["already", "already", "already", "confirm"]


@pytest.mark.django_db(transaction=True)
def test_many_who_register_at_once_all_get_in():
    def begin(number: int) -> int:
        return register(Client(REMOTE_ADDR=f"10.0.{number}.1"), f"r{number}@mail.example").status_code

    answers = at_once(*[lambda number=number: begin(number) for number in range(16)])
    assert answers == [302] * 16
    assert Reader.objects.count() == 16


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"proof": ""}, "answered"),
        ({"proof": "bm9uc2Vuc2U="}, "answered"),
        ({"opened": ""}, "isn&#x27;t complete"),
        ({"opened": "now"}, "faster than anybody types"),
    ],
)
def test_without_a_solution_or_too_fast_nobody_registers(client, wrong, said):
    if wrong.get("opened") == "now":
        wrong = {"opened": opened_at(clock.now())}
    response = register(client, **wrong)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Reader.objects.exists()


def test_a_solution_counts_once_and_for_its_form_alone(client):
    solved = solution(client, "register")
    register(client, "one@mail.example", **solved)
    again = register(client, "two@mail.example", **solved)
    assert "was sent before" in again.content.decode()
    other = register(client, "three@mail.example", **solution(client, "login"))
    assert "answered" in other.content.decode()
    assert Reader.objects.count() == 1


def test_a_mistake_elsewhere_does_not_cost_the_solution(client):
    solved = solution(client, "register")
    register(client, "no address", **solved)
    assert register(client, **solved).status_code == 302


def test_without_javascript_a_question_in_words_serves(client):
    page = client.get("/accounts/register/").content.decode()
    token = re.search(r'name="question" value="([^"]+)"', page)[1]
    form = {"email": "a@mail.example", "display_name": "Ana", "password1": PASSWORD, "question": token,
            "opened": opened_at(clock.now() - timedelta(seconds=9)), "answer": "certainly wrong"}  # fmt: skip
    assert "Here is another one" in client.post("/accounts/register/", form).content.decode()
    key = signing.loads(token, salt="broadsheet.readers.question")["key"]
    form["answer"] = f" {known(key).answers[0].upper()}. "
    assert client.post("/accounts/register/", form).status_code == 302
    assert "was sent before" in client.post("/accounts/register/", form | {"email": "b@mail.example"}).content.decode()


def test_the_trap_catches_what_fills_in_everything_and_tells_it_nothing(client):
    response = register(client, website="https://spam.example/")
    assert response["Location"] == "/accounts/confirm/sent/"
    assert not Reader.objects.exists()
    assert due() == []


@pytest.mark.row("PAGE-03")
def test_pages_of_the_entrance_name_their_one_address(client):
    for path in ("/accounts/register/", "/accounts/login/", "/accounts/recover/", "/fr/accounts/register/"):
        page = BeautifulSoup(client.get(path, {"next": "/x/"}).content, "html.parser")
        assert [link["href"] for link in page.select("link[rel=canonical]")] == [f"{settings.PUBLIC_URL}{path}"]


@pytest.mark.row("ACC-08")
def test_a_policy_that_came_into_force_while_the_form_was_open_is_not_taken_for_read(client):
    shown = BeautifulSoup(client.get("/accounts/register/").content, "html.parser").select_one("[name=privacy_shown]")
    make_version(EditionPage.objects.get(code="en"), "privacy", at=clock.now() - timedelta(seconds=1))
    register(client, privacy_shown=shown.get("value", ""))
    assert Reader.objects.count() == 1
    assert not Acceptance.objects.filter(kind="privacy").exists()


def test_further_fields_change_nothing(client):
    register(client, is_staff="1", is_superuser="on", is_active="", public_id="AAAAAAAAAA", block="final", id="77")
    reader = Reader.objects.get()
    assert (reader.is_staff, reader.is_superuser, reader.is_active, reader.block) == (False, False, True, "")
    assert reader.public_id != "AAAAAAAAAA"


@pytest.mark.parametrize(
    ("email", "kept"),
    [
        ("reader+Paper@mail.example", "reader+paper@mail.example"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ('"two.words"@mail.example', '"two.words"@mail.example'),
    ],
)
def test_unusual_addresses_are_addresses(client, email, kept):
    register(client, email)
    assert Reader.objects.get().email == kept
    assert mails()[-1].address == kept
    client.post(last_link("confirm"))
    assert log_in(client, email)["Location"] == "/"


@pytest.mark.parametrize(
    "email", ["a@b", "two@signs@mail.example", "a@mail.example\r\nBcc: b@mail.example", "a b@mail.example"]
)
def test_what_is_no_address_is_refused(client, email):
    assert register(client, email).status_code == 200
    assert not Reader.objects.exists()


@pytest.mark.parametrize("field", ["email", "display_name", "password1", "proof", "opened"])
def test_a_megabyte_in_a_field_is_refused_in_words(client, field):
    response = register(client, **{field: "x" * 1_000_000})
    assert response.status_code == 200
    assert len(response.content) < 1_100_000
    assert not Reader.objects.exists()


@pytest.mark.parametrize("name", ["Moderator", "Тhe Estuary", "Estuary", "La Marée", "Ada Vane"])
def test_names_of_the_paper_and_its_staff_are_refused(client, name):
    put_staff(email="chief@paper.example", name="Ada Vane")
    response = register(client, display_name=name)
    assert response.status_code == 200
    assert "display name can" in response.content.decode()


@pytest.mark.parametrize(
    "password",
    ["short but fine", "aaaaaaaaaaaaaaaaaaaa", "estuary.example1", "reader@mail.example", "abcabcabcabcabcabc", "qwertyuiopasdfghj",
     "Tom Wharf Tom Wharf", "x" * 300],
)  # fmt: skip
def test_passwords_that_others_would_try_are_refused_with_the_reason(client, password):
    response = register(client, password1=password)
    assert response.status_code == 200
    assert 'id="id_password1_error' in response.content.decode() or "account-error" in response.content.decode()
    assert not Reader.objects.exists()


def test_many_accounts_from_one_network_are_slowed(client):
    for number in range(20):
        assert register(client, f"r{number}@mail.example").status_code == 302
    assert "from your network" in register(client, "more@mail.example").content.decode()
    response = client.post("/accounts/register/", {"email": "x@mail.example", "display_name": "X y", "password1": PASSWORD,
                                                   **solution(client, "register")}, REMOTE_ADDR="192.0.2.9")  # fmt: skip
    assert response.status_code == 302


def test_an_account_that_nobody_confirms_is_forgotten_after_a_week(client, later):
    register(client)
    confirmed_reader(Client(), "kept@mail.example")
    later.pass_(days=6, hours=23)
    assert forget_unconfirmed() == 0
    later.pass_(hours=2)
    assert forget_unconfirmed() == 1
    assert [each.email for each in Reader.objects.all()] == ["kept@mail.example"]


def test_the_challenge_is_kept_by_nobody(client):
    response = client.get("/accounts/challenge/", {"form": "register"})
    assert "no-store" in response["Cache-Control"]
    assert client.get("/accounts/challenge/", {"form": "elsewhere"}).status_code == 404
    assert client.post("/accounts/challenge/").status_code == 405


def test_pages_of_accounts_are_kept_by_nobody(client):
    for path in ("register", "login", "recover", "confirm/sent", "recover/sent"):
        assert "no-store" in client.get(f"/accounts/{path}/")["Cache-Control"]


def test_who_is_in_needs_no_registration(client):
    confirmed_reader(client)
    log_in(client)
    assert client.get("/accounts/register/")["Location"] == "/"


def test_body_of_the_page_is_stable():
    assert body(Client().get("/accounts/register/")) == body(Client().get("/accounts/register/"))
