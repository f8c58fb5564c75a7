"""What readers hold to be wrong goes to the editors, who correct or decline; both is told (DIS-09)."""

from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.outbox import deliver_due
from broadsheet.kernel.personal_data import holdings
from broadsheet.newsroom.actions.answer_correction_note import answer_correction_note
from broadsheet.newsroom.actions.drafts import update_article
from broadsheet.newsroom.actions.erase_correction_notes import purge_correction_notes
from broadsheet.newsroom.actions.write_correction_note import write_correction_note
from broadsheet.newsroom.conf import NOTE_ADDRESS_KEPT, NOTE_WORDS_KEPT
from broadsheet.newsroom.models import CorrectionNote
from broadsheet.newsroom.queries.addresses import path_of
from broadsheet.notifications.models import Message, Notice
from tests.factories import newsroom as make
from tests.factories.accounts import make_reader

pytestmark = [pytest.mark.row("DIS-09"), pytest.mark.django_db]
LIST = "/editor/desk/notes/"
SENTENCE = "The wall is ten metres high."


@pytest.fixture
def article(db):
    edition = make.make_edition(name="The Tide", contact_address="news@tide.example")
    body = [make.paragraph(f"<p>The council met. {SENTENCE} It begins in May.</p>")]
    return make.make_article(make.make_section(edition), "Council votes", body=body)


def written(article, reader=None, **fields) -> CorrectionNote:
    values = {"sentence": SENTENCE, "wrong": "It is eight.", "now": clock.now(), **fields}
    number = write_correction_note(article_id=article.pk, reader_id=reader.pk if reader else None, **values)
    deliver_due()
    return CorrectionNote.objects.get(number=number)


def test_an_editor_sees_the_sentence_marked_and_corrects_and_the_reader_is_told(enter, client, article):
    reader = make_reader()
    note = written(article, reader)
    mail = Message.objects.get(purpose="correction-note")
    assert (mail.address, mail.values["wrong"]) == ("news@tide.example", "It is eight.")
    editor = enter("Editors")
    assert "Council votes" in editor.get(LIST).content.decode()
    page = editor.get(f"{LIST}{note.pk}/").content.decode()
    assert f"The council met. <mark>{SENTENCE}</mark> It begins in May." in page
    assert (
        editor.post(f"{LIST}{note.pk}/", {"answer": "The wall is eight metres high.", "accept": "1"}).status_code == 302
    )
    deliver_due()
    note.refresh_from_db()
    assert (note.state, note.answered_by) == ("accepted", editor.reader)
    article.refresh_from_db()
    assert [one.text for one in article.corrections.all()] == ["The wall is eight metres high."]
    rung = Notice.objects.get(reader_id=reader.pk)
    assert (rung.kind, rung.values["accepted"]) == ("correction", True)
    client.force_login(reader)
    assert "The wall is eight metres high." in client.get("/accounts/notices/").content.decode()
    assert "Nothing waits." in editor.get(LIST).content.decode()


def test_a_visitor_is_told_by_mail_and_a_declined_note_stands_below_where_the_editor_wants_it(enter, client, article):
    note = written(article, email="Tom@mail.example")
    editor = enter("Editors")
    editor.post(f"{LIST}{note.pk}/", {"answer": "Ten it is: see the plan.", "decline": "1", "shown": "on"})
    deliver_due()
    mail = Message.objects.get(purpose="correction-answer")
    assert (mail.address, mail.values["answer"], mail.values["accepted"]) == (
        "tom@mail.example", "Ten it is: see the plan.", False,
    )  # fmt: skip
    assert not article.corrections.exists()
    assert mail.values["address"].endswith(path_of(article))
    text = client.get(path_of(article)).content.decode()
    assert "Ten it is: see the plan." in text
    assert SENTENCE in text
    assert "It is eight." not in text, "what the reader wrote is the editors' alone"
    assert f"/accounts/correction/{article.pk}/" in text


def test_a_correction_waits_with_what_is_not_published_yet(enter, article):
    note = written(article)
    update_article(article=article, headline="Council votes again")
    editor = enter("Editors")
    answer = editor.post(f"{LIST}{note.pk}/", {"answer": "Eight metres.", "accept": "1"}, follow=True)
    assert "publish the article to show it" in answer.content.decode()
    article.refresh_from_db()
    assert not article.corrections.exists()


def test_who_may_not_publish_the_article_neither_sees_nor_answers(enter, client, article):
    note = written(article)
    author, stranger = enter("Authors"), make_reader()
    assert "Council votes" not in author.get(LIST).content.decode()
    assert "It is eight." not in author.get(f"{LIST}{note.pk}/", follow=True).content.decode()
    author.post(f"{LIST}{note.pk}/", {"answer": "Eight.", "accept": "1"})
    client.force_login(stranger)
    assert client.get(LIST).status_code == 404
    assert client.post(f"{LIST}{note.pk}/", {"answer": "Eight.", "accept": "1"}).status_code == 404
    assert enter("Editors").get(f"{LIST}{note.pk + 1}/").status_code == 404
    note.refresh_from_db()
    assert note.state == "open"


def test_a_note_is_answered_once_and_with_words(enter, article):
    note = written(article)
    editor = enter("Editors")
    assert editor.post(f"{LIST}{note.pk}/", {"answer": " ", "decline": "1"}).status_code == 200
    values = {"note_id": note.pk, "accepted": False, "user": editor.reader, "now": clock.now()}
    answer_correction_note(answer="It stands.", **values)
    with pytest.raises(Refused) as caught:
        answer_correction_note(answer="Another.", **{**values, "accepted": True})
    assert caught.value.refusal.code == "answered"
    assert not article.corrections.exists()


@pytest.mark.parametrize(("fields", "code"), [
    ({"wrong": "  "}, "empty"), ({"wrong": "x" * 2001}, "too-long"), ({"sentence": "x" * 601}, "too-long"),
])  # fmt: skip
def test_what_can_not_be_sent_is_said(article, fields, code):
    with pytest.raises(Refused) as caught:
        written(article, **fields)
    assert caught.value.refusal.code == code


@pytest.mark.row("ACC-07", "ACC-10")
def test_addresses_and_words_end_and_a_reader_can_have_and_erase_the_own(enter, article):
    reader, now = make_reader(), clock.now()
    own = next(one for one in holdings() if one.name == "newsroom.notes")
    first, second = written(article, reader), written(article, email="tom@mail.example", sentence="Not in it.")
    waits = written(article, reader, wrong="It is nine.")
    assert [row["text"] for row in own.rows(reader.pk)] == ["It is nine.", "It is eight."]
    for note in (first, second):
        answer_correction_note(note_id=note.pk, accepted=False, answer="No.", user=None, now=now)
    purge_correction_notes(now=now + NOTE_ADDRESS_KEPT)
    second.refresh_from_db()
    assert (second.email, second.wrong) == ("", "It is eight.")
    while own.erase(reader.pk):
        pass
    assert list(own.rows(reader.pk)) == []
    first.refresh_from_db()
    waits.refresh_from_db()
    assert (first.wrong, waits.wrong, waits.reader_id) == ("", "It is nine.", None)
    purge_correction_notes(now=now + NOTE_WORDS_KEPT + timedelta(days=1))
    assert set(CorrectionNote.objects.exclude(wrong="")) == {waits}
