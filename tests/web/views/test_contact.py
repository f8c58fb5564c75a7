"""Readers write to the newsroom, the moderators, about privacy, and nobody else is written to (ACC-11)."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import editions, forget_editions
from broadsheet.notifications.engines.compose import Letter, write
from broadsheet.notifications.models import Message
from broadsheet.notifications.queries.about_reader import letters_about
from broadsheet.notifications.rules.addresses import Recipient
from broadsheet.readers.models import Reader
from tests.factories import newsroom as make
from tests.notifications.conftest import post
from tests.notifications.mail_server import Post
from tests.notifications.sending import send
from tests.readers.entrance import solution
from tests.web.conftest import Page

__all__ = ["post"]
pytestmark = [pytest.mark.row("ACC-11"), pytest.mark.django_db]
SENT = "Your message has been sent!"
ADDRESSES = {"newsroom": "news@tide.example", "moderators": "mods@tide.example", "privacy": "privacy@tide.example"}


@pytest.fixture(autouse=True)
def tide(db):
    made = make.make_edition(
        "en", name="The Tide", contact_address=ADDRESSES["newsroom"], moderators_address=ADDRESSES["moderators"],
        privacy_address=ADDRESSES["privacy"],
    )  # fmt: skip
    make.make_edition("fr", name="La Marée", at_root=False, contact_address="lettres@maree.example")
    return made


def say(client, root="/", **values):
    form = {"to": "newsroom", "name": "Tom Wharf", "email": "tom@mail.example", "text": "The bridge is open again."}
    solved = solution(client, "contact", f"{root}accounts/challenge/")
    return client.post(f"{root}accounts/contact/", {**form, **solved, **values})


def queued():
    return {message.purpose: message for message in Message.objects.all()}


def confirmed_reader(email="ada@mail.example"):
    reader = Reader.objects.create_user(email, display_name="Ada Vane")
    EmailAddress.objects.create(user=reader, email=email, verified=True, primary=True)
    return reader


def test_an_address_typed_in_unicode_is_the_accounts_own_and_found_with_it(client):
    reader = confirmed_reader("ada@xn--bcher-kva.example")
    client.force_login(reader)
    say(client, email="Ada@Bücher.example")
    assert set(queued()) == {"contact", "contact-copy"}
    assert letters_about(reader.pk).count() == 2


def test_the_page_names_whom_one_can_write_to_and_sets_no_cookie(client):
    answer = client.get("/contact/")
    links = [a.get("href") for a in Page(answer).all("main a[data-dialog]")]
    assert links == [f"/accounts/contact/?to={word}" for word in ("newsroom", "moderators", "privacy")]
    assert not answer.cookies
    french = Page(client.get("/fr/contact/")).all("main a[data-dialog]")
    assert french[0].get("href").startswith("/fr/accounts/")


@pytest.mark.parametrize("to", ["newsroom", "moderators", "privacy"])
def test_a_message_goes_to_those_it_is_for(client, to):
    answer = say(client, to=to)
    assert SENT in answer.content.decode()
    letter = queued()["contact"]
    assert letter.address == ADDRESSES[to]
    assert (letter.values["text"], letter.values["email"]) == ("The bridge is open again.", "tom@mail.example")


def test_where_nobody_else_has_an_address_the_newsroom_is_written_to(client):
    say(client, "/fr/", to="privacy")
    letter = queued()["contact"]
    assert (letter.address, letter.language, letter.edition) == ("lettres@maree.example", "fr", "fr")


def test_an_address_that_nobody_confirmed_gets_no_word_of_the_writer(client):
    answer = say(client, name="BUY NOW", text="Cheap pills at pills.example")
    receipt = queued()["contact-receipt"]
    assert receipt.address == "tom@mail.example"
    assert "pills" not in str(receipt.values)
    assert "BUY" not in str(receipt.values)
    assert "contact-copy" not in queued()
    assert "Cheap pills" in answer.content.decode()  # the writer can keep it from the page


def test_nobody_is_sent_more_than_two_receipts_a_day(client):
    for _ in range(4):
        assert SENT in say(client).content.decode()
    assert Message.objects.filter(purpose="contact-receipt").count() == 2
    assert Message.objects.filter(purpose="contact").count() == 4


def test_a_reader_gets_a_copy_at_the_own_confirmed_address_only(client):
    reader = confirmed_reader()
    client.force_login(reader)
    page = Page(client.get("/accounts/contact/?to=privacy"))
    assert page.one("#id_email").get("value") == "ada@mail.example"
    assert page.one("#id_name").get("value") == "Ada Vane"
    assert page.one("input[name=to][checked]").get("value") == "privacy"
    say(client, email="Ada@mail.example")
    copy = queued()["contact-copy"]
    assert copy.values["text"] == "The bridge is open again."
    assert queued()["contact"].values["user_id"] == reader.public_id
    Message.objects.all().delete()
    say(client, email="stranger@mail.example")
    assert set(queued()) == {"contact", "contact-receipt"}


def test_an_account_whose_address_is_not_confirmed_gets_no_copy(client):
    client.force_login(Reader.objects.create_user("new@mail.example"))
    say(client, email="new@mail.example")
    assert set(queued()) == {"contact", "contact-receipt"}


def test_a_form_of_another_site_is_refused():
    client = Client(enforce_csrf_checks=True)
    assert say(client).status_code == 403
    assert not queued()


@pytest.mark.parametrize("values", [
    {"proof": ""}, {"to": "editor"}, {"email": "nobody"}, {"text": " "}, {"text": "x" * 1_000_000}, {"email": ""},
    {"email": "a@mail.example\nBcc: b@mail.example"}, {"email": "a@mail.example, b@mail.example"}, {"to": "\x00"},
])  # fmt: skip
def test_what_can_not_be_sent_is_said_beside_the_form(client, values):
    answer = say(client, **values)
    assert SENT not in answer.content.decode()
    assert Page(answer).one("[role=alert]") is not None
    assert not queued()


def test_a_program_that_fills_in_what_nobody_sees_learns_nothing(client):
    assert SENT in say(client, website="https://pills.example").content.decode()
    assert not queued()


def test_one_network_can_not_flood_the_newsroom(client):
    answers = [say(client).content.decode() for _ in range(11)]
    assert [SENT in answer for answer in answers] == [True] * 10 + [False]


def test_a_form_counts_once(client):
    solved = solution(client, "contact")
    form = {"to": "newsroom", "name": "", "email": "tom@mail.example", "text": "Twice?", **solved}
    for _ in range(2):
        client.post("/accounts/contact/", form)
    assert Message.objects.filter(purpose="contact").count() == 1


def test_the_words_of_the_writer_are_shown_escaped(client):
    markup = say(client, text="<script>alert(1)</script>\n& more").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>&amp; more" in markup


@pytest.mark.django_db(transaction=True)
def test_the_mails_are_sent_and_an_answer_goes_to_the_writer(client, post: Post, settings, tide):
    settings.MAIL_SERVER = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT, settings.DEFAULT_FROM_EMAIL = post.port, "paper@tide.example"
    client.force_login(confirmed_reader())
    say(client, name="Ada", email="ada@mail.example", text="Dear newsroom,\n\nthe bridge is open.")
    send()
    mails = {mail["To"]: mail for mail in post.mails}
    assert set(mails) == {ADDRESSES["newsroom"], "ada@mail.example"}
    letter = mails[ADDRESSES["newsroom"]]
    assert letter["Reply-To"] == "ada@mail.example"
    for mail in mails.values():
        for kind in ("plain", "html"):
            assert "the bridge is open." in mail.get_body((kind,)).get_content()
    assert mails["ada@mail.example"]["Reply-To"] == ADDRESSES["newsroom"]
    assert SENT in mails["ada@mail.example"].get_body(("plain",)).get_content()


@settings(max_examples=40)
@given(
    st.text(max_size=60),
    st.text(max_size=80),
    st.sampled_from(["a@b.example", "a@b.example\r\nBcc: c@d.example", "\n"]),
)
def test_nothing_a_writer_says_becomes_a_header(name, text, reply_to):
    name, text = f"{name}\r\nBcc: evil@mail.example\r\n\r\n{name}", f"{text}\r\nBcc: evil@mail.example\r\n{text}"
    values = {"to": "The newsroom", "name": name, "email": reply_to, "text": text, "user_id": "", "reply_to": reply_to}
    letter = Letter("contact", Recipient("news", "tide.example"), "en", editions()[0], values)
    head = write(letter, message_id="<1@tide.example>", at=clock.now()).split(b"\r\n\r\n")[0]
    names = {line.partition(b":")[0].lower() for line in re.split(rb"\r\n(?![ \t])", head)}
    assert b"bcc" not in names
    assert head.lower().count(b"\r\nto:") == 1


def test_no_form_is_shown_where_nobody_can_be_written_to(client, tide):
    tide.contact_address = tide.moderators_address = tide.privacy_address = ""
    tide.save()
    forget_editions()
    assert client.get("/accounts/contact/").status_code == 404
    assert Page(client.get("/contact/")).all("main a[data-dialog]") == []
