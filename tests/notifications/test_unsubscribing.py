"""Unsubscribing by one click (RFC 8058): GET asks and changes nothing, POST ends it, without cookies."""

import re

import pytest
from django.test import Client

from broadsheet.notifications.actions.unsubscribe import token_for
from broadsheet.notifications.models import Message, State, Unsubscribed
from tests.notifications.sending import queue, send

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.django_db(transaction=True)]


def address_in(mail) -> str:
    return re.search(r"<http://localhost(?::\d+)?(/[^>]+)>", mail["List-Unsubscribe"])[1]


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


def test_one_click_ends_mail_of_that_kind_to_that_address_and_no_other(paper, almanac, visitor):
    queue("one", purpose=almanac, address="ada@reader.example")
    sender = send()
    address = address_in(paper.mails[0])
    assert "ada" not in address
    page = visitor.get(address)
    assert page.status_code == 200
    assert "The year&#x27;s almanac" in page.content.decode()
    assert Unsubscribed.objects.count() == 0
    done = visitor.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert done.status_code == 200
    assert not done.cookies
    assert visitor.post(address).status_code == 200, "a second click does no harm"
    queue("two", purpose=almanac, address="Ada@reader.example")
    queue("three", purpose=almanac, address="eve@reader.example")
    queue("four", address="ada@reader.example")
    send(sender)
    assert [to for _from, to in paper.envelopes[1:]] == ["eve@reader.example", "ada@reader.example"]
    assert Message.objects.get(key="two").state == State.DROPPED
    assert "ada@" not in str(Unsubscribed.objects.values().get())


def test_the_page_has_a_button_that_needs_no_script_and_no_cookie(paper, almanac, visitor):
    token = token_for(queue("one", purpose=almanac))
    page = visitor.get(f"/accounts/unsubscribe/{token}/").content.decode()
    assert re.search(rf'<form method="post" action="/accounts/unsubscribe/{re.escape(token)}/">', page)


def test_mail_of_other_purposes_offers_nothing_of_the_kind(paper):
    queue()
    send()
    assert paper.mails[0]["List-Unsubscribe"] is None
    assert "nsubscribe" not in paper.mails[0].as_string()


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: "x" + token, lambda _token: "nonsense"])
def test_a_token_that_is_not_ours_ends_nothing(paper, almanac, visitor, spoil):
    token = spoil(token_for(queue("one", purpose=almanac)))
    assert visitor.get(f"/accounts/unsubscribe/{token}/").status_code == 404
    answer = visitor.post(f"/accounts/unsubscribe/{token}/")
    assert answer.status_code == 404
    assert "This link leads nowhere" in answer.content.decode()
    assert Unsubscribed.objects.count() == 0
