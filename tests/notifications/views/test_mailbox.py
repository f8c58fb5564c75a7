"""The development mailbox exists on the demo paper, for this machine alone."""

from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client

from broadsheet.notifications.engines import mailbox
from broadsheet.notifications.queries.mailbox import kept_mails
from tests.notifications.sending import queue, send

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def demo(paper, settings) -> Iterator[None]:
    settings.MAIL_SERVER = ""
    mark = django_settings.DATA / "demo"
    mark.touch()
    yield
    mark.unlink(missing_ok=True)


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


def test_the_mailbox_shows_each_mail_with_its_links_and_harmless_html(demo, visitor):
    assert "No mail yet" in visitor.get("/mailbox/").content.decode()
    queue(values={"name": "<script>alert(1)</script>", "link": "https://courier.example/confirm/abc?x=1."})
    send()
    (mail,) = kept_mails()
    assert mail.links[0] == "https://courier.example/confirm/abc?x=1"
    listed = visitor.get("/mailbox/")
    assert f'href="/mailbox/{mail.name}/"' in listed.content.decode()
    assert "no-store" in listed["Cache-Control"]
    shown = visitor.get(f"/mailbox/{mail.name}/").content.decode()
    assert 'href="https://courier.example/confirm/abc?x=1"' in shown
    assert "<script>alert" not in shown
    page = visitor.get(f"/mailbox/{mail.name}/page/")
    assert "<script>alert" not in page.content.decode()
    assert "default-src 'none'" in page["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["nothing", "0" * 32, "..", "%2e%2e"])
def test_a_name_that_is_none_of_them_is_not_found(demo, visitor, name):
    assert visitor.get(f"/mailbox/{name}/").status_code == 404


def test_other_papers_and_other_machines_have_none(demo, visitor, settings):
    mailbox.keep("0" * 32, b"Subject: x\r\nDate: Sat, 28 Nov 2026 20:00:00 +0000\r\n\r\n")
    addresses = ["/mailbox/", f"/mailbox/{'0' * 32}/", f"/mailbox/{'0' * 32}/page/"]
    assert [visitor.get(address).status_code for address in addresses] == [200] * 3
    assert [visitor.get(address, REMOTE_ADDR="192.0.2.7").status_code for address in addresses] == [404] * 3
    settings.PUBLIC_URL = "https://courier.example"
    assert [visitor.get(address).status_code for address in addresses] == [404] * 3
    settings.PUBLIC_URL = "http://localhost:8000"
    (django_settings.DATA / "demo").unlink()
    settings.MAIL_KEPT = True
    assert [visitor.get(address).status_code for address in addresses] == [404] * 3


def test_old_mails_make_room(demo, monkeypatch):
    monkeypatch.setattr(mailbox, "MOST", 5)
    for number in range(8):
        mailbox.keep(f"{number:032x}", b"Subject: x\r\n\r\n")
    assert len(mailbox.files()) == 5
