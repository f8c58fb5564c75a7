"""Anybody reports a comment by a plain page, for a clause or as illegal content (DIS-05; DSA art. 16)."""

import pytest
from django.test import Client

from broadsheet.discussion.actions.hold_comment import hold_comment
from broadsheet.discussion.actions.settle_reports import settle_reports
from broadsheet.discussion.models import Report
from broadsheet.discussion.queries.reports import reports_about
from broadsheet.kernel import clock
from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.queries.editions import editions
from broadsheet.notifications.engines.compose import Letter, write
from broadsheet.notifications.models import Message
from broadsheet.notifications.rules.addresses import Recipient
from broadsheet.readers.actions.set_block import set_block
from tests.factories import newsroom as make
from tests.factories.accounts import make_reader
from tests.factories.moderation import visible_comment
from tests.factories.policies import put_in_force
from tests.readers.entrance import solution
from tests.web.conftest import Page

pytestmark = [pytest.mark.row("DIS-05"), pytest.mark.django_db]
NOTICE = {"facts": "Defamation, section 3.", "name": "Tom Wharf", "email": "tom@mail.example", "good_faith": "on"}


@pytest.fixture
def article(db) -> ArticlePage:
    edition = make.make_edition(name="The Tide", moderators_address="mods@tide.example")
    make.make_edition("fr", name="La Marée", at_root=False)
    return make.make_article(make.make_section(edition), headline="Harbour wall <to> rise")


@pytest.fixture
def comment(article):
    author = make_reader(display_name="Bo <b>Reed")
    return visible_comment(article, author, "The mayor is a fool.")


def at(comment, more="", root="/"):
    return f"{root}accounts/comment/{comment.pk}/report/{more}"


def send(client, comment, more="", **values):
    solved = {} if client.session.get("_auth_user_id") else solution(client, "report")
    return client.post(at(comment, more), {**solved, **values})


def test_a_visitor_sees_the_comment_and_every_clause_and_reports_it(client, article, comment):
    put_in_force(article.edition.specific, "standards")
    page = Page(client.get(at(comment)))
    assert "Bo <b>Reed on “Harbour wall <to> rise”" in page.words("figcaption")
    assert page.one("blockquote") is not None
    codes = [field.get("value") for field in page.all("input[name=clause]")]
    assert {"INSULT", "HATE", "SPAM", "MINORS", "RESPECT"} <= set(codes)
    assert "LAW" not in codes, "that is the notice of illegal content"
    assert page.one("a[href='/standards/#INSULT']").get("target") == "_blank"
    assert page.one(".account-or a").get("href") == at(comment, "?illegal=1")
    answer = Page(send(client, comment, clause="INSULT", facts="It calls him a fool."))
    (view,) = reports_about(comment.pk)
    assert view.number in answer.words("main")
    assert (view.clause, view.facts, view.reporter_id) == ("INSULT", "It calls him a fool.", None)
    assert not Message.objects.exists()


def test_a_reader_reports_sees_it_and_takes_it_back(client, comment):
    reader = make_reader()
    client.force_login(reader)
    assert not Page(client.get(at(comment))).all("captcha-proof")
    assert "you are told what comes of it" in Page(send(client, comment, clause="HATE")).words("main")
    (view,) = reports_about(comment.pk)
    page = Page(client.get(at(comment)))
    assert view.number in page.words("main")
    assert not page.all("input[name=clause]")
    taken_back = client.post(at(comment, "back/"))
    assert "taken back" in Page(taken_back).words("h1")
    assert reports_about(comment.pk)[0].state == "retracted"
    assert client.post(at(comment, "back/")).status_code == 409
    assert Page(client.get(at(comment))).all("input[name=clause]")


def test_a_report_and_a_notice_are_two_and_are_taken_back_one_by_one(client, comment):
    client.force_login(make_reader())
    send(client, comment, clause="HATE")
    assert Page(client.get(at(comment, "?illegal=1"))).all("#id_facts")
    send(client, comment, "?illegal=1", **NOTICE)
    page = Page(client.get(at(comment, "?illegal=1")))
    assert not page.all("#id_facts")
    client.post(page.one("main form").get("action"))
    assert [(view.illegal, view.state) for view in reports_about(comment.pk)] == [(False, "open"), (True, "retracted")]


def test_nobody_takes_anothers_report_back(client, comment):
    reader = make_reader()
    client.force_login(reader)
    send(client, comment, clause="HATE")
    stranger, visitor = Client(), Client()
    stranger.force_login(make_reader())
    assert stranger.post(at(comment, "back/")).status_code == 409
    assert visitor.post(at(comment, "back/")).status_code == 302
    assert client.get(at(comment, "back/")).status_code == 405
    assert reports_about(comment.pk)[0].state == "open"


def test_a_notice_of_illegal_content_is_confirmed_by_mail_without_a_word_of_it(client, comment):
    page = Page(client.get(at(comment, "?illegal=1")))
    assert f"/comment/{comment.pk}/" in page.words("dd")
    answer = Page(send(client, comment, "?illegal=1", **NOTICE))
    (view,) = reports_about(comment.pk)
    assert (view.illegal, view.clause, view.notice_name, view.notice_email) == (
        True, "LAW", "Tom Wharf", "tom@mail.example",
    )  # fmt: skip
    assert view.number in answer.words("main")
    assert "tom@mail.example" in answer.words("main")
    mail = Message.objects.get()
    assert (mail.purpose, mail.address, mail.language) == ("report-receipt", "tom@mail.example", "en")
    assert mail.values["reply_to"] == "mods@tide.example"
    assert "section 3" not in str(mail.values)
    (edition, *_others) = editions()
    letter = Letter("report-receipt", Recipient("tom", "mail.example"), "en", edition, mail.values)
    written = write(letter, message_id="<a@b>", at=clock.now()).decode()
    assert view.number in written
    assert f"/comment/{comment.pk}/" in written


def test_a_notice_about_children_needs_no_name_and_any_other_does(client, comment):
    bare = {"facts": "It shows a child.", "good_faith": "on"}
    page = Page(send(client, comment, "?illegal=1", **bare))
    assert page.all("#id_name_error")
    assert page.all("#id_email_error")
    assert not Report.objects.exists()
    send(client, comment, "?illegal=1", minors="on", **bare)
    assert Report.objects.get().notice_email == ""
    assert not Message.objects.exists()


@pytest.mark.parametrize("missing", ["facts", "good_faith", "email", "name"])
def test_a_notice_without_an_element_is_asked_for_it(client, comment, missing):
    page = Page(send(client, comment, "?illegal=1", **{k: v for k, v in NOTICE.items() if k != missing}))
    assert page.one("[role=alert]") is not None
    assert page.all(f"#id_{missing}_error")
    assert not Report.objects.exists()


def test_nobody_is_sent_more_than_five_receipts_a_day(client, article):
    for number in range(7):
        send(client, visible_comment(article, make_reader(), f"Number {number}"), "?illegal=1", **NOTICE)
    assert Report.objects.count() == 7
    assert Message.objects.count() == 5


@pytest.mark.row("MOD-04", "ACC-08")
def test_a_blocked_reader_is_told_and_can_still_send_a_notice(client, comment):
    reader = make_reader()
    set_block(reader_id=reader.pk, until=None)
    client.force_login(reader)
    page = Page(client.get(at(comment)))
    assert "Your account is blocked." in page.words("main")
    assert not page.all("input[name=clause]")
    send(client, comment, clause="HATE")
    assert not Report.objects.exists()
    send(client, comment, "?illegal=1", **NOTICE)
    assert Report.objects.get().illegal


def test_a_comment_that_not_everybody_sees_is_answered_as_one_that_never_was(client, article, comment):
    client.force_login(comment.author)
    hold_comment(comment_id=comment.pk)
    pages = [client.get(path) for path in (at(comment), f"/accounts/comment/{comment.pk + 10**15}/report/")]
    pages += [client.post(at(comment), {"clause": "HATE"}), client.get(at(comment, "?illegal=1"))]
    assert {page.status_code for page in pages} == {404}
    assert len({Page(page).words("main") for page in pages}) == 1


def test_the_own_comment_and_an_answered_one_are_refused_in_words(client, comment):
    client.force_login(comment.author)
    assert "your own comment" in Page(send(client, comment, clause="HATE")).words("[role=alert]")
    reader = make_reader()
    client.force_login(reader)
    send(client, comment, clause="HATE")
    settle_reports(comment_id=comment.pk, upheld=False, now=clock.now())
    assert "a person has looked at it" in Page(send(client, comment, clause="HATE")).words("[role=alert]")


def test_another_editions_page_leads_to_the_standards_of_the_comments_own(client, comment):
    answer = client.get(at(comment, "?illegal=1", "/fr/"))
    assert (answer.status_code, answer["Location"]) == (302, at(comment, "?illegal=1"))


@pytest.mark.parametrize("values", [
    {}, {"clause": "NONSENSE"}, {"clause": "LAW"}, {"clause": "HATE", "proof": ""}, {"clause": "HATE", "facts": "x" * 1001},
    {"clause": "HATE", "facts": "\x00"},
])  # fmt: skip
def test_what_can_not_be_filed_is_said_beside_the_form(client, comment, values):
    assert Page(send(client, comment, **values)).one("[role=alert]") is not None
    assert not Report.objects.exists()


def test_programs_and_forged_forms_report_nothing(client, comment):
    assert send(client, comment, clause="HATE", website="https://pills.example").status_code == 200
    careful = Client(enforce_csrf_checks=True)
    assert send(careful, comment, clause="HATE").status_code == 403
    for path in ("0", "01", "-1", "1" * 30, "x"):
        assert client.get(f"/accounts/comment/{path}/report/").status_code == 404
    assert not Report.objects.exists()


def test_one_network_can_not_flood_the_desk(client, article):
    comments = [visible_comment(article, make_reader(), f"Number {number}") for number in range(12)]
    for one in comments:
        send(client, one, clause="HATE")
    assert Report.objects.count() == 10


def test_clauses_are_told_in_the_words_of_the_edition_with_its_names(db):
    edition = make.make_edition("fr", name="La Marée", publisher="Éditions de la Marée")
    comment = visible_comment(make.make_article(make.make_section(edition)), make_reader())
    words = Page(Client().get(at(comment))).words("fieldset")
    assert "Éditions de la Marée" in words
    assert "Atteintes aux mineurs" in words
    assert "{" not in words
