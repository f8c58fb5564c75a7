"""Readers and visitors say what is wrong in an article by a plain page (DIS-09)."""

import pytest
from django.test import Client

from broadsheet.newsroom.models import CorrectionNote
from tests.factories import newsroom as make
from tests.factories.accounts import make_reader
from tests.readers.entrance import solution
from tests.web.conftest import Page

pytestmark = [pytest.mark.row("DIS-09"), pytest.mark.django_db]
SAID = {"sentence": "The wall is ten  metres high.", "wrong": "It is eight.", "email": "Tom@mail.example"}


@pytest.fixture
def article(db):
    edition = make.make_edition(name="The Tide")
    make.make_edition("fr", name="La Marée", at_root=False)
    return make.make_article(make.make_section(edition), "Council <votes>")


def at(article, root="/"):
    return f"{root}accounts/correction/{article.pk}/"


def send(client, article, *, known=False, **values):
    solved = {} if known else solution(client, "correction")
    return client.post(at(article), {**SAID, **solved, **values})


def test_a_visitor_finds_the_selected_words_filled_in_and_sends_them(client, article):
    page = Page(client.get(at(article), {"sentence": "The wall is <b>ten"}))
    assert page.one("#id_sentence").get_text().strip() == "The wall is <b>ten"
    assert "Council <votes>" in page.words("main")
    answer = Page(send(client, article))
    note = CorrectionNote.objects.get()
    assert note.number in answer.words("main")
    assert (note.sentence, note.wrong, note.email, note.reader_id) == (
        "The wall is ten metres high.", "It is eight.", "tom@mail.example", None,
    )  # fmt: skip


def test_a_reader_needs_no_captcha_and_no_address(client, article):
    reader = make_reader()
    client.force_login(reader)
    page = Page(client.get(at(article)))
    assert not page.all("captcha-proof, #id_email")
    send(client, article, known=True)
    note = CorrectionNote.objects.get()
    assert (note.reader_id, note.email) == (reader.pk, "")


def test_one_account_or_network_can_not_flood_the_editors(client, article):
    for _time in range(8):
        send(client, article)
    assert CorrectionNote.objects.count() == 6
    client.force_login(make_reader())
    for _time in range(12):
        send(client, article, known=True)
    assert CorrectionNote.objects.count() == 16


@pytest.mark.parametrize("values", [{"wrong": ""}, {"proof": ""}, {"wrong": "x" * 2001}, {"email": "nobody"}])
def test_what_can_not_be_sent_is_said_beside_the_form(client, article, values):
    assert Page(send(client, article, **values)).one("[role=alert]") is not None
    assert not CorrectionNote.objects.exists()


def test_of_a_draft_nobody_learns_and_other_editions_lead_to_its_own(client, article):
    draft = make.make_draft(article.get_parent().specific)
    assert client.get(at(draft)).status_code == 404
    assert client.get("/accounts/correction/99999999/").status_code == 404
    assert client.get(at(article, "/fr/"))["Location"] == at(article)


def test_programs_and_forged_forms_send_nothing(client, article):
    assert send(client, article, website="https://pills.example").status_code == 200
    assert send(Client(enforce_csrf_checks=True), article).status_code == 403
    assert not CorrectionNote.objects.exists()
