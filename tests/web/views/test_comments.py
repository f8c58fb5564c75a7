"""Readers write comments: by a form that says what it refuses and why, and loses no text (DIS-02, STD-03)."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from broadsheet.discussion.models import Comment
from broadsheet.newsroom.models import EditionPage
from broadsheet.newsroom.queries.editions import forget_editions
from tests.factories import newsroom as make
from tests.factories.accounts import PASSWORD, make_reader
from tests.factories.discussion import FOUL, PLAIN, SHOUTED, make_comment
from tests.factories.policies import put_in_force
from tests.web.conftest import Page

pytestmark = [pytest.mark.row("DIS-02"), pytest.mark.django_db]
DESPAIR = "Je veux mourir, je n'ai plus envie de vivre"
LONG = (
    "Call Tom at the ferry office before you write about the harbour. He kept the books of the old wall for twenty "
    "years and knows what the repairs after each winter came to. The council's own table leaves out the second tide "
    "gate, which the fishing families built and not the town. My grandmother lent her share, and nobody "
    "ever returned it. If the new figures are right, the town would save money by mending what stands there, and "
    "could open the promenade a year earlier. I would rather read about that than about the colour of the railings. "
    "Besides, the school on the quay needs its windows before November comes round again."
)
TONIGHT = "I have the pills. I'm going to kill myself tonight."


@pytest.fixture(autouse=True)
def patient(settings):
    """Let the judge take its time: a busy machine holds no comment."""
    settings.JUDGE_SECONDS = 60


@pytest.fixture
def article(db):
    edition = make.make_edition(name="The Estuary", country="GB", moderators_address="mods@estuary.example")
    put_in_force(edition, "standards")
    return make.make_article(make.make_section(edition), headline="Council votes on the harbour wall")


@pytest.fixture
def ada(db):
    return make_reader("ada@paper.example", display_name="Ada Vane")


def browser(reader=None):
    client = Client()
    if reader is not None:
        client.force_login(reader)
    return client


def at(article, root="/"):
    return f"{root}accounts/comment/{article.pk}/"


def send(client, path, text=PLAIN, do="post", **more):
    return client.post(path, {"text": text, "do": do, "key": str(uuid4()), **more})


def again(answer, **more):
    """Return what the form holds, as a browser would send it."""
    form = Page(answer).one("form[data-compose-fields]")
    fields = {field.get("name"): field.get("value", "") for field in form.select("input[name]")}
    return {**fields, "text": form.select_one("textarea").get_text().removeprefix("\n"), **more}


def refusal(answer):
    assert answer.status_code == 422
    return Page(answer).words("[data-errors]")


def test_a_comment_is_written_and_its_author_led_to_it(article, ada):
    client = browser(ada)
    page = Page(client.get(at(article)))
    assert page.words("h1") == "Write a comment"
    assert page.one(".compose-on a").get_text() == "Council votes on the harbour wall"
    answer = client.post(at(article), again(page.response, text="*Well* said.\r\n\r\n> Really?", do="post"))
    comment = Comment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/comment/{comment.pk}/")
    assert (comment.text, comment.state, comment.author_id) == ("*Well* said.\n\n> Really?", "visible", ada.pk)


def test_a_form_sent_twice_is_one_comment(article, ada):
    client = browser(ada)
    form = again(client.get(at(article)), text=PLAIN, do="post")
    assert client.post(at(article), form)["Location"] == client.post(at(article), form)["Location"]
    assert Comment.objects.count() == 1


def test_another_text_from_a_form_that_was_found_again_is_another_comment(article, ada):
    client = browser(ada)
    form = again(client.get(at(article)), do="post")
    client.post(at(article), {**form, "text": PLAIN})
    client.post(at(article), {**form, "text": "Something else."})
    assert set(Comment.objects.values_list("text", flat=True)) == {PLAIN, "Something else."}


def test_a_reply_shows_what_it_answers_and_quotes_it_where_asked(article, ada):
    root = make_comment(article, make_reader(display_name="Ben <i>"), text="First line.\n\n> older\n\nSecond line.")
    client = browser(ada)
    page = Page(client.get(at(article), {"reply": root.pk, "quote": 1}))
    assert page.words(".compose-answered figcaption") == "You reply to: Ben <i>"
    assert "First line." in page.words(".compose-answered .comment-text")
    form = again(page.response)
    assert form["text"] == "> First line.\n> Second line.\n\n"
    client.post(at(article), {**form, "text": form["text"] + "I agree.", "do": "post"})
    reply = Comment.objects.exclude(pk=root.pk).get()
    assert (reply.parent_id, reply.depth) == (root.pk, 1)


def test_a_long_comment_is_quoted_in_part_and_what_is_blacked_out_stays_so(article, ada):
    root = make_comment(article, text=LONG)
    Comment.objects.filter(pk=root.pk).update(redactions=[[5, 8]])
    quoted = again(browser(ada).get(at(article), {"reply": root.pk, "quote": 1}))["text"]
    assert quoted.startswith("> Call █████ at the ferry")
    assert quoted.rstrip().endswith("…")
    assert len(quoted) < 700


def test_a_preview_shows_the_markup_and_posts_nothing(article, ada):
    page = Page(send(browser(ada), at(article), "**Bold** and <b>plain</b> https://saltmere.example/", "preview"))
    assert page.status == 200
    assert page.one(".compose-preview strong").get_text() == "Bold"
    assert page.one(".compose-preview a").get("rel") == "nofollow ugc noopener"
    assert "<b>plain</b>" in page.words(".compose-preview")
    assert again(page.response)["text"] == "**Bold** and <b>plain</b> https://saltmere.example/"
    assert not Comment.objects.exists()


@pytest.mark.row("STD-03")
def test_the_author_sees_words_and_clause_and_mends_the_text(article, ada):
    client = browser(ada)
    answer = send(client, at(article), FOUL)
    page = Page(answer)
    assert answer.status_code == 422
    assert "f**king" in page.words(".told mark")
    assert page.words(".told-text") == FOUL
    links = {a.get("href") for a in page.all(".told-clauses a")}
    assert "/standards/#PROFANITY" in links
    assert "Post it as it is" in page.words(".told")
    assert not Comment.objects.exists()
    done = client.post(at(article), {**again(answer), "text": PLAIN, "do": "post"})
    assert done["Location"] == f"/comment/{Comment.objects.get().pk}/"


@pytest.mark.row("DIS-04")
def test_who_insists_waits_for_a_person_and_alone_sees_the_comment_until_then(article, ada):
    client = browser(ada)
    done = client.post(at(article), {**again(send(client, at(article), FOUL)), "do": "insist"})
    held = Comment.objects.get()
    assert held.state == "held"
    assert done["Location"] == f"/accounts/comment/{held.pk}/posted/"
    page = Page(client.get(done["Location"]))
    assert "Until then only you see it." in page.words(".told")
    assert "nobody asked you" in page.words(f"#comment-{held.pk}")
    for other in (browser(make_reader()), browser()):
        answer = other.get(done["Location"])
        assert answer.status_code in {302, 404}
        assert "nobody asked you" not in answer.content.decode()


def test_what_may_be_posted_as_it_is_needs_no_person(article, ada):
    client = browser(ada)
    told = send(client, at(article), SHOUTED)
    assert "FORM" in "".join(a.get("href") for a in Page(told).all(".told-clauses a"))
    client.post(at(article), {**again(told), "do": "insist"})
    assert Comment.objects.get().state == "visible"


def test_only_the_text_that_was_shown_is_posted_as_it_is(article, ada):
    client = browser(ada)
    form = again(send(client, at(article), SHOUTED))
    answer = client.post(at(article), {**form, "text": FOUL, "do": "insist"})
    assert answer.status_code == 422
    assert "f**king" in Page(answer).words(".told mark")
    assert not Comment.objects.exists()


def test_somebody_in_danger_is_shown_help_and_no_clause(article, ada):
    client = browser(ada)
    answer = send(client, at(article), TONIGHT)
    told = Page(answer).one(".told")
    assert told.select_one("a[href='tel:116123']") is not None
    assert told.select_one("a[href='tel:999']") is not None
    assert "SUICIDE" not in str(told)
    assert not told.select("mark")
    done = client.post(at(article), {**again(answer), "do": "insist"})
    assert Comment.objects.get().state == "held"
    assert Page(client.get(done["Location"])).one(".care-lines a[href='tel:116123']")


def test_despair_that_breaks_no_clause_is_posted_and_answered_with_help(article, ada):
    client = browser(ada)
    done = send(client, at(article), DESPAIR)
    comment = Comment.objects.get()
    assert done["Location"] == f"/accounts/comment/{comment.pk}/posted/"
    assert Page(client.get(done["Location"])).one(".care-lines")


@pytest.mark.parametrize(("country", "said"), [("", "in the European Union it is 112"), ("RO", "call 112")])
def test_where_no_helpline_is_known_the_emergency_number_is_named(article, ada, country, said):
    EditionPage.objects.update(country=country)
    forget_editions()
    page = Page(send(browser(ada), at(article), TONIGHT))
    assert said in page.words(".told")
    assert not page.all(".care-lines")


def test_a_visitor_is_led_to_log_in_and_back(article):
    answer = browser().get(at(article), {"reply": 7})
    assert answer["Location"] == f"/accounts/login/?next=/accounts/comment/{article.pk}/%3Freply%3D7"


def test_what_was_written_while_the_session_ended_is_there_after_logging_in(article):
    make_reader("ada@paper.example", password=PASSWORD)
    root = make_comment(article)
    client = browser()
    answer = send(client, at(article), "Two\nlines", reply=root.pk)
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert "Your text is kept" in Page(client.get(answer["Location"])).words(".account-message")
    back = client.post(
        "/accounts/login/",
        {"login": "ada@paper.example", "password": PASSWORD, "next": f"{at(article)}?reply={root.pk}"},
    )
    assert back.status_code == 302
    form = again(client.get(back["Location"]))
    assert (form["text"], form["reply"]) == ("Two\nlines", str(root.pk))
    assert not Comment.objects.exclude(pk=root.pk).exists()
    assert again(client.get(back["Location"]))["text"] == ""  # shown once


def test_a_draft_is_nobody_elses(article, ada):
    make_reader("ben@paper.example", password=PASSWORD)
    client = browser(ada)
    form = again(client.get(at(article)), text="My own words", do="post")
    client.logout()
    client.post(at(article), form)
    client.post("/accounts/login/", {"login": "ben@paper.example", "password": PASSWORD, "next": at(article)})
    answer = client.get(at(article))
    assert answer.status_code == 200
    assert "My own words" not in answer.content.decode()
    assert "My own words" not in browser(ada).get(at(article)).content.decode()


def test_a_link_in_another_edition_leads_to_the_articles_own(article, ada):
    make.make_edition("fr", name="La Marée", at_root=False)
    answer = browser(ada).get(at(article, "/fr/"), {"reply": 3})
    assert answer["Location"] == f"{at(article)}?reply=3"


@pytest.mark.parametrize(("code", "title"), [("fr", "fr"), ("ar", "ar")])
def test_the_form_speaks_the_language_of_the_edition_and_turns_with_it(db, ada, code, title):
    edition = make.make_edition(code, name="Le journal", at_root=False)
    there = make.make_article(make.make_section(edition), headline="Un titre")
    page = Page(browser(ada).get(at(there, f"/{code}/")))
    assert page.one("html").get("lang") == title
    assert page.one("html").get("dir") == ("rtl" if code == "ar" else "ltr")
    assert page.one("form[data-compose-fields]").get("action") == at(there, f"/{code}/")


def test_scripts_are_answered_with_parts_of_the_page(article, ada):
    client, asks = browser(ada), {"headers": {"accept": "application/json"}}
    told = client.get(at(article), **asks).json()
    assert told["outcome"] == "form"
    assert "<html" not in told["html"]
    form = {"text": FOUL, "do": "post", "key": str(uuid4())}
    answer = client.post(at(article), form, **asks)
    assert (answer.status_code, answer.json()["outcome"]) == (422, "form")
    assert "<mark>" in answer.json()["html"]
    done = client.post(at(article), {**form, "text": PLAIN}, **asks).json()
    comment = Comment.objects.get()
    assert {key: done[key] for key in ("outcome", "id", "state", "root", "path", "note")} == {
        "outcome": "posted", "id": comment.pk, "state": "visible", "root": None, "path": f"/comment/{comment.pk}/", "note": "",
    }  # fmt: skip
    assert f'id="comment-{comment.pk}"' in done["html"]
    visitor = browser().post(at(article), form, **asks)
    assert (visitor.status_code, visitor.json()["outcome"]) == (401, "login")
    assert re.match(r"/accounts/login/\?next=", visitor.json()["path"])
    assert not visitor.cookies


def test_no_answer_is_kept_by_anybody(article, ada):
    for answer in (browser(ada).get(at(article)), browser().get(at(article))):
        assert answer["Cache-Control"] == "no-store, private"


def test_a_text_is_escaped_wherever_it_is_shown(article, ada):
    evil = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    client = browser(ada)
    for text in (evil, f"{evil} {FOUL}"):
        for do in ("preview", "post", "insist"):
            page = Page(send(client, at(article), text, do))
            assert not page.all("script:not([src]), main img[onerror], textarea ~ script")


def test_scripts_are_given_the_helplines_to_show_where_a_comment_asks_for_care(article, ada):
    client, asks = browser(ada), {"headers": {"accept": "application/json"}}
    done = client.post(at(article), {"text": DESPAIR, "do": "post", "key": str(uuid4())}, **asks).json()
    assert done["outcome"] == "posted"
    assert 'href="tel:116123"' in done["note"]
