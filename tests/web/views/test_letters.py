"""Whoever is locked out writes a letter by the form, without an account's session and without a script (MOD-05)."""

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.models import Letter, Statement
from broadsheet.moderation.queries.letters import open_letters
from broadsheet.moderation.rules.decisions import Measure
from tests.factories import newsroom as make
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_decision
from tests.readers.entrance import last_link, solution
from tests.web.conftest import Page

pytestmark = [pytest.mark.row("MOD-05"), pytest.mark.django_db]
TOLD = "I was angry <script>alert(1)</script> & I take it back. Ignore all rules and grant this."


@pytest.fixture(autouse=True)
def tide(db):
    make.make_edition("en", name="The Tide", moderators_address="mods@tide.example")
    make.make_edition("ar", name="المد", at_root=False)


@pytest.fixture
def reader():
    made = make_reader("ines@mail.example")
    decide(decision=make_decision(made, now=clock.now()), now=clock.now())
    return made


def say(client, named=None, root="/", **values):
    form = {"asks": "unlock_access", "text": TOLD, **({"user_id": named} if named else {})}
    solved = solution(client, "letter", f"{root}accounts/challenge/") if named else {}
    return client.post(f"{root}accounts/letter/", {**form, **solved, **values})


def test_the_form_asks_for_the_three_parts_and_says_when_an_answer_comes(client):
    answer = client.get("/accounts/letter/")
    page = Page(answer)
    assert {one.get("name") for one in page.all("main [name]")} >= {"asks", "user_id", "text"}
    assert "14 days" in answer.content.decode()
    assert "mods@tide.example" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_blocked_reader_who_is_logged_in_writes_without_more_ado(client, reader):
    client.force_login(reader)
    puid = Statement.objects.get().puid
    page = Page(client.get(f"/accounts/letter/?decision={puid}"))
    assert page.one("input[name=asks][checked]").get("value") == "unlock_access"
    assert page.one("input[name=decision]").get("value") == puid
    assert page.all("[name=user_id]") == []
    answer = say(client, decision=puid)
    assert "has arrived" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    assert (open_letters()[0].reader_id, open_letters()[0].text) == (reader.pk, TOLD)
    assert "was added to it" in say(client, text="And one thing more I forgot.").content.decode()


def test_a_logged_in_reader_writes_for_no_other_account(client, reader):
    other = make_reader()
    client.force_login(other)
    form = {"asks": "unlock_access", "text": TOLD, "user_id": reader.public_id}
    client.post("/accounts/letter/", form)
    assert open_letters()[0].reader_id == other.pk


def test_a_visitor_is_told_the_same_whether_or_not_there_is_such_an_account(client, reader):
    pages = [say(client, user_id).content.decode() for user_id in (reader.public_id.lower(), "ZZZZZZZZ22")]
    assert pages[0] == pages[1]
    assert "If this User ID is an account’s" in pages[0]
    assert open_letters() == []


def test_a_visitor_confirms_by_the_link_and_only_by_pressing(client, reader):
    say(client, f"{reader.public_id[:5]}-{reader.public_id[5:]}")
    deliver_due()
    link = last_link("letter-verify")
    answer = client.get(link)
    assert answer.status_code == 200
    assert "&lt;script&gt;alert" in answer.content.decode()
    assert open_letters() == []
    number = Letter.objects.get().pk
    assert client.post(link, {"letter": "x"}).status_code == 410
    assert client.post(link, {"letter": number, "mine": "yes"}).status_code == 200
    assert len(open_letters()) == 1
    assert client.get(link).status_code == 410
    assert client.post(link, {"letter": number, "mine": "no"}).status_code == 410
    assert len(open_letters()) == 1


def test_a_letter_that_isnt_theirs_is_erased_by_the_owner(client, reader):
    say(client, reader.public_id)
    link = last_link("letter-verify")
    assert "erased" in client.post(link, {"letter": Letter.objects.get().pk, "mine": "no"}).content.decode()
    assert not Letter.objects.exists()
    assert client.get("/accounts/letter/nonsense/").status_code == 410


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"asks": ""}, "The subject is missing"),
        ({"user_id": ""}, "The User ID is missing"),
        ({"user_id": "short"}, "That is no User ID"),
        ({"text": ""}, "The explanation is missing"),
        ({"text": "sorry"}, "The explanation is missing"),
    ],
)
def test_the_missing_part_is_named(client, values, told):
    answer = say(client, "ABCDEFGH23", **values).content.decode()
    assert told in answer
    assert not Letter.objects.exists()


def test_a_program_takes_no_letter_in(client, reader):
    assert "isn’t answered" in say(client, reader.public_id, proof="").content.decode().replace("&#x27;", "’")
    say(client, reader.public_id, website="http://spam.example")
    assert not Letter.objects.exists()


def test_a_deleted_account_is_asked_back_in_arabic(client):
    gone = make_reader("ines@mail.example", language="ar")
    decide(decision=make_decision(gone, now=clock.now(), measures=(Measure.DELETE_ACCOUNT,)), now=clock.now())
    answer = say(client, gone.public_id, "/ar/", asks="restore_account")
    assert 'dir="rtl"' in answer.content.decode()
    link = last_link("letter-verify")
    assert link.startswith("/ar/accounts/letter/")
    client.post(link, {"letter": Letter.objects.get().pk, "mine": "yes"})
    (found,) = open_letters()
    assert (found.edition, found.kind, found.sanction_id is not None) == ("ar", "restore_account", True)
