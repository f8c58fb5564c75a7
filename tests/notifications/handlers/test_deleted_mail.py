"""The mail of a deleted account arrives at a real server, and its link restores the account (ACC-07)."""

import re
from urllib.parse import urlsplit

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.models import Reader
from tests.factories.accounts import add_former_address, make_reader
from tests.notifications.sending import send

pytestmark = [pytest.mark.row("ACC-07", "NOT-02"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_mail_arrives_at_both_addresses_and_its_link_restores(paper, client, language, direction):
    reader = make_reader("now@reader.example", language=language, display_name="Ann <b> & Bo")
    add_former_address(reader, "before@reader.example")
    gone = delete_account(reader_id=reader.pk, edition="en", now=clock.now())
    deliver_due()
    send(turns=3)
    assert sorted(to for _sender, to in paper.envelopes) == ["before@reader.example", "now@reader.example"]
    mail = paper.mails[0]
    assert "\n" not in mail["Subject"]
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    link = re.search(r"https?://\S+/accounts/restore/[\w-]{40,}/", text)
    assert link is not None
    assert link[0] in html
    assert f'dir="{direction}"' in html
    assert "Ann &lt;b&gt; &amp; Bo" in html
    for body in (text, html):
        assert reader.public_id in body
        assert f"{gone.deadline:%H:%M}" in body
        assert "Etc/GMT" in body
    assert client.post(urlsplit(link[0]).path).status_code == 200
    assert Reader.objects.get(pk=reader.pk).is_active
    assert client.post(urlsplit(link[0]).path).status_code == 410
