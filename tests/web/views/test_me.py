"""Stored pages are the same for everybody; what is personal comes from `/me/`, to its reader alone (PAGE-01)."""

import random
import re
import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.kernel import clock
from broadsheet.notifications.actions.ring import ring
from broadsheet.readers.actions.accept_policy import accept
from broadsheet.readers.actions.staff import put_staff
from broadsheet.readers.models import Reader
from tests.at_once import at_once
from tests.factories.policies import make_version

pytestmark = pytest.mark.row("PAGE-01")
HINT = "broadsheet_reader"


@pytest.fixture
def ada(db):
    return Reader.objects.create_user("ada@paper.example", "a long enough password", display_name="Ada <b>")


def body(answer):
    """Return the page without its clock, the one thing that differs from second to second."""
    page, clocks = re.subn(rb'<p class="clock".*?</p>', b"", answer.content, flags=re.DOTALL)
    assert clocks == 1
    return page


def logged_in(reader):
    client = Client()
    client.force_login(reader)
    return client


def test_visitors_learn_that_nobody_is_known_at_no_cost(paper, client, django_assert_num_queries):
    client.get("/")  # editions are held in memory from here
    with django_assert_num_queries(0):
        answer = client.get("/me/")
    assert answer.json() == {"reader": None}
    assert not answer.cookies


def test_a_reader_is_told_name_picture_and_pages(paper, ada):
    told = logged_in(ada).get("/me/").json()
    assert told["reader"] == {
        "name": "Ada <b>", "user_id": ada.public_id, "avatar": "/static/icons/reader.svg", "language": "en",
    }  # fmt: skip
    paths = {entry["word"]: entry["path"] for entry in told["menu"]}
    assert paths["profile"] == "/accounts/profile/"
    assert paths["notices"] == "/accounts/notices/"
    assert paths["my-data"] == "/accounts/my-data/"
    assert paths["sessions"] == "/accounts/sessions/"
    assert "desk" not in paths
    assert told["log_out"]["path"] == "/accounts/logout/"


def test_a_reader_hears_what_is_new_and_what_keeps_them_from_posting(paper, ada):
    client = logged_in(ada)
    told = client.get("/me/").json()
    assert (told["unread"], told["may_post"], told["why_not"]["code"], told["gate"]) == (0, False, "unconfirmed", None)
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    ring(reader_id=ada.pk, kind="other", key="one", values={}, path="/")
    told = client.get("/me/").json()
    assert (told["unread"], told["may_post"], told["why_not"], told["gate"]) == (1, True, None, None)
    assert told["unread_words"] == "1 new notice"


@pytest.mark.row("ACC-06")
def test_a_blocked_reader_is_told_so_with_the_user_id_and_how_to_contest(paper, ada):
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    type(ada).objects.filter(pk=ada.pk).update(block="final")
    told = logged_in(ada).get("/me/").json()
    assert (told["may_post"], told["why_not"]["code"]) == (False, "blocked")
    assert told["reader"]["user_id"] == ada.public_id
    assert "moderators" in told["why_not"]["remedy"]
    assert "User ID" in told["why_not"]["remedy"]


@pytest.mark.row("ACC-08")
def test_the_gate_stands_in_the_edition_whose_policy_is_not_acknowledged(paper, ada):
    make_version(paper.edition, number=1, at=clock.now() - timedelta(hours=1))
    client = logged_in(ada)
    assert client.get("/me/").json()["gate"]["path"] == "/accounts/gate/"
    assert client.get("/fr/me/").json()["gate"] is None
    accept(reader_id=ada.pk, edition_code="en", number=1, now=clock.now())
    assert client.get("/me/").json()["gate"] is None


def test_members_of_the_newsroom_are_shown_the_way_to_the_desk(paper):
    told = logged_in(put_staff(email="chief@paper.example")).get("/me/").json()
    assert told["menu"][-1]["path"] == "/editor/"


def test_each_edition_answers_in_its_language_and_stays_in_its_addresses(paper, ada):
    told = logged_in(ada).get("/fr/me/").json()
    assert {entry["path"].split("/")[1] for entry in told["menu"]} == {"fr"}
    assert told["log_out"]["path"] == "/fr/accounts/logout/"


def test_the_answer_takes_at_most_four_queries(paper, ada):
    make_version(paper.edition, number=1, at=clock.now() - timedelta(hours=1))
    for number in range(30):
        ring(reader_id=ada.pk, kind="other", key=str(number), values={}, path="/")
    client = logged_in(ada)
    client.get("/me/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/me/")
    assert len(asked) <= 4


@pytest.mark.parametrize("path", ["/me/", "/fr/me/", "/accounts/login/", "/fr/accounts/login/"])
def test_answers_about_readers_are_kept_nowhere(paper, ada, path):
    for client in (Client(), logged_in(ada)):
        answer = client.get(path)
        assert answer["Cache-Control"] == "no-store, private"
        assert "Cookie" in answer["Vary"]


def test_the_hint_is_renewed_with_the_session_and_no_oftener(paper, ada):
    client = logged_in(ada)
    client.get("/me/")
    assert not {HINT, settings.SESSION_COOKIE_NAME} & set(client.get("/me/").cookies)
    session = client.session
    session["kept_session"] = [session.session_key, "2000-01-01", clock.now().timestamp()]  # seen on another day
    session.save()
    renewed = client.get("/me/").cookies
    assert renewed[HINT]["max-age"] == renewed[settings.SESSION_COOKIE_NAME]["max-age"]


def test_only_reading_is_asked_of_it(paper, ada):
    client = logged_in(ada)
    assert client.post("/me/").status_code == 405
    assert client.get("/me/")["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_token_it_gives_is_one_that_forms_are_accepted_with(paper, ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert client.post("/accounts/logout/").status_code == 403
    token = client.get("/me/").json()["token"]
    assert client.post("/accounts/logout/", {"csrfmiddlewaretoken": token}).status_code == 302
    assert client.get("/me/").json() == {"reader": None}


def test_the_browser_is_told_that_someone_is_logged_in_and_no_longer(paper, ada):
    client = logged_in(ada)
    given = client.get("/me/").cookies[HINT]
    assert (given.value, bool(given["httponly"]), given["samesite"]) == ("1", False, "Lax")
    assert HINT not in client.get("/me/").cookies
    answer = client.post("/accounts/logout/")
    assert answer.cookies[HINT]["max-age"] == 0
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "no-store" in answer["Cache-Control"]


def test_a_session_that_ended_elsewhere_takes_the_sign_with_it(paper, ada):
    client = logged_in(ada)
    client.get("/me/")
    client.session.flush()
    answer = client.get("/me/")
    assert answer.json() == {"reader": None}
    assert answer.cookies[HINT]["max-age"] == 0


def test_visitors_are_given_no_cookie_by_pages(paper, client):
    for path in ("/", paper.path(), "/me/", "/search/?q=day"):
        assert not client.get(path).cookies, path


def test_an_article_is_the_same_bytes_for_everybody(paper, ada):
    known = logged_in(ada)
    known.get("/me/")
    editor = logged_in(put_staff(email="chief@paper.example"))
    editor.get("/me/")
    for path in ("/", paper.path(), paper.path("fr"), "/world/", "/search/?q=day"):
        answers = [client.get(path) for client in (Client(), known, editor)]
        assert len({body(answer) for answer in answers}) == 1, path
        assert not any(answer.cookies for answer in answers)
        assert b"accounts/login/?next=" in answers[0].content


@pytest.mark.django_db(transaction=True)
def test_of_a_thousand_mixed_requests_none_tells_a_reader_of_another(paper):
    readers = [
        Reader.objects.create_user(f"r{n}@paper.example", display_name=f"Reader-{n:02d}-{'x' * 8}") for n in range(20)
    ]
    clients = [logged_in(reader) for reader in readers]
    article = paper.path()
    seen: dict[str, set[bytes]] = {}
    lock = threading.Lock()

    def ask(number):
        draw = random.Random(number)
        for _ in range(125):
            place = draw.randrange(len(readers))
            client = Client()
            client.cookies = clients[place].cookies.copy()
            path = draw.choice(["/me/", "/fr/me/", article, "/"])
            answer = client.get(path)
            if path.endswith("/me/"):
                assert answer.json()["reader"]["user_id"] == readers[place].public_id
                assert answer.json()["reader"]["name"] == readers[place].display_name
            else:
                with lock:
                    seen.setdefault(path, set()).add(body(answer))

    at_once(*(lambda number=number: ask(number) for number in range(8)))
    assert {path: len(bodies) for path, bodies in seen.items()} == {article: 1, "/": 1}
    assert not any(
        reader.public_id.encode() in body for bodies in seen.values() for body in bodies for reader in readers
    )
