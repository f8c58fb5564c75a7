"""What a reader is shown of decisions: the file, statements, why and how long they are blocked; others nothing (ACC-10)."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from broadsheet.discussion.actions.report_comment import report_comment
from broadsheet.kernel import clock
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.newsroom.models import ArticlePage
from broadsheet.readers.models import Reader
from tests.factories.accounts import PASSWORD, make_reader
from tests.factories.moderation import make_actor, make_decision, visible_comment
from tests.factories.newsroom import make_article, make_edition, make_section

pytestmark = [pytest.mark.row("ACC-10", "MOD-03"), pytest.mark.django_db]
FILE = "/accounts/moderation-file/"


@pytest.fixture
def article(db) -> ArticlePage:
    cache.clear()
    edition = make_edition(name="The Estuary", moderators_address="moderators@estuary.example")
    make_edition("ar", name="المصب", at_root=False)
    return make_article(make_section(edition), headline="Council votes on the wall")


@pytest.fixture
def reader(article) -> Reader:
    return make_reader("ines@mail.example")


def at_home(reader: Reader) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)
    return client


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_statement_is_its_reader_s_alone(article, reader):
    made = decide(
        decision=make_decision(reader, visible_comment(article, reader), measures=(Measure.REMOVE,)), now=clock.now()
    )
    path = f"/accounts/statements/{made.puid}/"
    page = at_home(reader).get(path)
    assert page.headers["Cache-Control"] == "no-store, private"
    words = page.content.decode()
    for said in ("Statement of reasons", "Insults, threats", "The mayor of Orrel", 'data-copy="user-id"', reader.public_id,
                 'data-copy="puid"', f'href="/accounts/letter/?decision={made.puid}"'):  # fmt: skip
        assert said in words, said
    for other in (make_reader(), make_reader(is_staff=True), Reader.objects.get(pk=make_actor().reader_id)):
        assert at_home(other).get(path).status_code == 404
        assert "Council votes" not in shown(at_home(other), FILE)
    answer = Client(headers={"host": "localhost"}).get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    nothing = Client(headers={"host": "localhost"}).get("/accounts/statements/1-nothing/")
    assert nothing.status_code == 302, "whether there is such a statement can't be told"
    assert at_home(reader).get("/accounts/statements/1-nothing/").status_code == 404
    assert at_home(reader).post(path).status_code == 405
    arabic = shown(at_home(reader), f"/ar{path}")
    assert 'dir="rtl"' in arabic
    assert '<article class="statement" lang="en" dir="auto">' in arabic


@pytest.mark.row("MOD-07")
def test_a_statement_that_was_wrong_says_so_and_asks_for_no_letter(article, reader):
    actor = make_actor()
    made = decide(decision=make_decision(reader, actor=actor), now=clock.now())
    undo(decision_id=made.decision_id, by=actor, now=clock.now())
    page = shown(at_home(reader), f"/accounts/statements/{made.puid}/")
    assert "We were wrong" in page
    assert "Contest this decision" not in page
    assert "Taken back on" in shown(at_home(reader), FILE)


def test_the_file_holds_everything_and_says_where_there_is_nothing(article, reader):
    page = shown(at_home(reader), FILE)
    for said in (
        "No block, ever.",
        "Nothing was decided against you.",
        "no letter",
        "reported no comment",
        "no comment here",
    ):
        assert said in page, said
    comment = visible_comment(article, reader)
    others = visible_comment(article, make_reader(), text="A comment of somebody else entirely.")
    made = decide(
        decision=make_decision(reader, comment, measures=(Measure.REMOVE, Measure.BLOCK), days=7), now=clock.now()
    )
    report_comment(comment_id=others.pk, reporter_id=make_reader().pk, clause="INSULT", edition_id=article.edition_id, now=clock.now())  # fmt: skip
    receive_letter(
        written=Written("unlock_access", reader.public_id, "I was quoting somebody, and I have learned from it."),
        reader_id=reader.pk, edition="en", language="en", now=clock.now(),
    )  # fmt: skip
    page = shown(at_home(reader), FILE)
    for said in ("Council votes on the wall", "The mayor of Orrel", "Removed", f'href="/comment/{comment.pk}/"', "Comment deleted",
                 "Insults, threats", "clause INSULT, version 2; standards, version 3", f"/accounts/statements/{made.puid}/",
                 "Block from all discussions", "Running", "counts as number 1", "Unlock access", "Waits for an answer",
                 "to be answered by"):  # fmt: skip
        assert said in page, said
    assert "somebody else entirely" not in page
    assert "You have reported no comment." in page, "a report of another reader is not shown"
    assert "moderators" not in page.partition('id="decisions"')[2].partition("</section>")[0].lower()


def test_long_files_are_paged(article, reader):
    comments = [visible_comment(article, reader, text=f"Bus number {number}.") for number in range(23)]
    client = at_home(reader)
    page = shown(client, FILE)
    assert "Bus number 22." in page
    assert "Bus number 2." not in page
    assert f'href="?before={comments[3].pk}#comments"' in page
    page = shown(client, f"{FILE}?before={comments[3].pk}")
    assert "Bus number 2." in page
    assert "Earlier comments" not in page
    assert "Bus number 22." in shown(client, f"{FILE}?before=x&decisions=-1&reports={'9' * 30}")


@pytest.mark.row("ACC-06")
def test_a_blocked_reader_learns_why_and_how_long_on_every_page(article, reader):
    assert at_home(reader).get("/me/").json()["blocked"] is None
    made = decide(decision=make_decision(reader, days=7), now=clock.now())
    told = at_home(reader).get("/me/").json()
    until = (clock.now() + timedelta(days=7)).year
    assert told["blocked"]["text"].startswith("Your account is blocked until ")
    for said in (str(until), "Insults, threats", reader.public_id):
        assert said in told["blocked"]["text"]
    assert [link["path"] for link in told["blocked"]["links"]] == [
        f"/accounts/statements/{made.puid}/", FILE, f"/accounts/letter/?decision={made.puid}",
    ]  # fmt: skip
    assert told["why_not"]["code"] == "blocked"
    assert reader.public_id in told["why_not"]["remedy"]
    page = shown(at_home(reader), "/accounts/profile/")
    assert "Your account is blocked until" in page
    assert f'href="/accounts/statements/{made.puid}/"' in page
    assert "is blocked" not in shown(at_home(make_reader()), "/accounts/profile/")


@pytest.mark.row("ACC-06")
def test_a_refused_log_in_names_the_user_id_why_and_the_way_to_a_letter(article):
    reader = make_reader("otto@mail.example", password=PASSWORD)
    made = decide(decision=make_decision(reader, measures=(Measure.DELETE_ACCOUNT,)), now=clock.now())
    client = Client(headers={"host": "localhost"})
    answer = client.post("/accounts/login/", {"login": "otto@mail.example", "password": PASSWORD})
    page = answer.content.decode()
    assert answer.status_code == 403
    for said in ("The moderators deleted this account.", "Insults, threats", reader.public_id, "Statement of reasons", made.puid,
                 f"/accounts/letter/?decision={made.puid}", "moderators@estuary.example"):  # fmt: skip
        assert said in page, said
    wrong = client.post("/accounts/login/", {"login": "otto@mail.example", "password": "another long password"})
    assert reader.public_id not in wrong.content.decode()


def test_the_menu_and_my_data_lead_to_the_file(article, reader):
    client = at_home(reader)
    assert FILE in [entry["path"] for entry in client.get("/me/").json()["menu"]]
    assert f'href="{FILE}"' in shown(client, "/accounts/my-data/").partition("<main")[2]
