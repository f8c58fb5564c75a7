"""The page of the privacy gate: what it says, and exactly two ways on."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.readers.models import Acceptance, Reader
from tests.factories.newsroom import make_edition
from tests.factories.policies import make_version

DAY = timedelta(days=1)
GATE = "/accounts/gate/"


@pytest.fixture
def reader(db):
    return Reader.objects.create_user("ines@reader.example", "a long enough password", display_name="Inês <b>")


@pytest.fixture
def client(reader):
    made = Client()
    made.force_login(reader)
    return made


@pytest.fixture
def edition(db):
    made = make_edition(account_domain="tide.example", privacy_address="privacy@tide.example")
    make_version(made, number=1, at=clock.now() - 9 * DAY)
    make_version(made, number=2, at=clock.now() - DAY, what_changed="We keep less.", why="The law asks for it.")
    return made


def opened(client, path=GATE):
    response = client.get(path)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return BeautifulSoup(response.content, "lxml")


@pytest.mark.row("ACC-08")
def test_the_gate_says_what_changed_why_and_since_when_and_leaves_two_ways(edition, client, reader):
    Acceptance.objects.create(
        reader=reader, kind="privacy", edition="en", version=1, digest="0" * 64, language="en", way="gate",
        at=clock.now() - 8 * DAY,
    )  # fmt: skip
    page = opened(client)
    main = page.select_one("main")
    words = " ".join(main.get_text().split())
    assert "Hello, Inês <b>!" in words
    assert main.select_one(".account-greeting img")
    assert "We keep less." in words
    assert "The law asks for it." in words
    assert "to continue using it, please check the box below" in words
    assert f"{(clock.now() - DAY).day} " in words
    box = main.select_one('input[type="checkbox"]')
    assert not box.has_attr("checked")
    links = [link["href"] for link in main.select("a")]
    assert "/privacy/" in links
    assert "/privacy/2/since/1/" in links
    assert "mailto:privacy@tide.example" in links
    assert main.select_one('a[href="/accounts/delete/"]').get_text() == "click here to delete your account"
    assert len(main.select("button")) == 1
    assert len(main.select("form")) == 1
    leading_on = [link for link in links if link not in {"/privacy/", "/privacy/2/since/1/"} and "mailto" not in link]
    assert leading_on == ["/accounts/delete/"]


@pytest.mark.row("ACC-08")
def test_only_a_ticked_box_opens_the_gate_and_is_recorded_once(edition, client, reader):
    refused = client.post(GATE, {"number": "2"})
    assert refused.status_code == 200
    assert "Check the box to continue" in refused.content.decode()
    assert not Acceptance.objects.exists()
    for _time in range(2):
        answer = client.post(GATE, {"number": "2", "acknowledged": "on", "next": "/all-news/"})
        assert answer["Location"] == "/all-news/"
    row = Acceptance.objects.get()
    assert (row.kind, row.edition, row.version, row.way, row.language) == ("privacy", "en", 2, "gate", "en")
    assert client.get(GATE)["Location"] == "/"


@pytest.mark.row("ACC-08")
def test_what_was_read_must_be_what_is_in_force(edition, client):
    make_version(edition, number=3, at=clock.now() - timedelta(seconds=1), why="Sooner than thought.")
    answer = client.post(GATE, {"number": "2", "acknowledged": "on"})
    assert answer.status_code == 200
    assert "another version" in answer.content.decode()
    assert "Sooner than thought." in answer.content.decode()
    assert not Acceptance.objects.exists()


@pytest.mark.row("ACC-08")
@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "https:evil"])
def test_the_gate_leads_to_no_foreign_page(edition, client, wanted):
    answer = client.post(GATE, {"number": "2", "acknowledged": "on", "next": wanted})
    assert answer["Location"] == "/"


@pytest.mark.row("ACC-08")
def test_a_visitor_is_led_to_log_in_and_a_forged_form_is_refused(edition, reader):
    assert Client().get(GATE)["Location"].startswith("/accounts/login/?next=")
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(reader)
    assert careful.post(GATE, {"number": "2", "acknowledged": "on"}).status_code == 403
    assert not Acceptance.objects.exists()


@pytest.mark.row("ACC-08")
def test_each_edition_asks_for_the_text_in_its_own_language(edition, client):
    french = make_edition("fr", at_root=False, privacy_address="vie@maree.example")
    make_version(french, number=1, at=clock.now() - DAY)
    client.post(GATE, {"number": "2", "acknowledged": "on"})
    page = opened(client, "/fr/accounts/gate/")
    assert page.html["lang"] == "fr"
    assert page.select_one("main form")["action"] == "/fr/accounts/gate/"
    client.post("/fr/accounts/gate/", {"number": "1", "acknowledged": "on"})
    assert set(Acceptance.objects.values_list("edition", "version", "language")) == {("en", 2, "en"), ("fr", 1, "fr")}
