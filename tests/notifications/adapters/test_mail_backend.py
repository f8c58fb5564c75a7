"""What Django and Wagtail send is queued, and comes by the real mail server (NOT-03)."""

import re

import pytest
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from wagtail.models import Workflow
from wagtail.users.models import UserProfile

from broadsheet.config.settings import EMAIL_BACKEND
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.models import EditionPage
from broadsheet.notifications.models import Message, State
from tests.factories import newsroom as make
from tests.factories.accounts import make_reader
from tests.notifications.sending import let_time_pass, send

pytestmark = [pytest.mark.row("NOT-03"), pytest.mark.django_db(transaction=True)]
TO = "ada@reader.example"


@pytest.fixture(autouse=True)
def _installed(paper, settings) -> None:
    """Django's tests put a list in the place of the backend: the installed one is what counts here."""
    settings.EMAIL_BACKEND = EMAIL_BACKEND


def mail(**fields: object) -> EmailMessage:
    return EmailMessage(**{"subject": "News", "body": "Words.", "to": [TO], **fields})


def test_what_waits_for_approval_is_told_by_the_queue_in_the_language_of_each(paper):
    ada = make_reader(TO, is_staff=True, is_superuser=True, display_name="Ada")
    UserProfile.objects.create(user=ada, preferred_language="fr")
    draft = make.make_draft(make.make_section(EditionPage.objects.get()), headline="Flood & Co <1>")
    Workflow.objects.get().start(draft, make_reader(is_staff=True))
    assert Message.objects.get().language == "fr"
    assert paper.mails == [], "nothing goes out while the desk waits"
    paper.answer = lambda command: "451 Later" if command == "RCPT" else None
    send()
    paper.answer = lambda _command: None
    let_time_pass()
    send()
    (found,) = paper.mails
    text, html = (found.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Flood & Co <1>" in found["Subject"]
    assert "a été soumise" in text
    assert "Flood & Co <1>" in text
    assert '<html lang="fr"' in html
    assert "Flood &amp; Co &lt;1&gt;" in html
    assert re.search(rf'<a href="https?://[^"/]+/editor/[^"]*\b{draft.pk}\b', html), "a link can be followed"
    assert found["Auto-Submitted"] == "auto-generated"
    row = Message.objects.get()
    assert (row.state, row.values, row.address, row.attempts) == (State.SENT, {}, "", 2)


def test_a_mail_of_a_transaction_that_was_taken_back_is_never_sent(paper):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send_mail("News", "Words.", None, [TO])
        raise ZeroDivisionError
    assert Message.objects.count() == 0


def test_each_recipient_gets_an_own_mail_and_sees_no_other(paper):
    copies = {"to": [f"Ada <{TO}>"], "cc": ["ben@reader.example"], "bcc": ["eve@reader.example"]}
    assert mail(**copies, reply_to=["Desk <desk@paper.example>"]).send() == 1
    send()
    assert sorted(to for _from, to in paper.envelopes) == [TO, "ben@reader.example", "eve@reader.example"]
    assert {found["Reply-To"] for found in paper.mails} == {"desk@paper.example"}
    assert all(len(found["To"].addresses) == 1 and found["Cc"] is None for found in paper.mails)
    assert {sender for sender, _to in paper.envelopes} == {"newsroom@courier.example"}


def test_an_html_version_gives_way_to_the_frame_and_is_never_markup(paper):
    found = EmailMultiAlternatives("News", "1 < 2", None, [TO])
    found.attach_alternative("<script>alert(1)</script>", "text/html")
    found.send()
    send()
    html = paper.mails[0].get_body(("html",)).get_content()
    assert "1 &lt; 2" in html
    assert "script" not in html


def attached() -> EmailMessage:
    found = mail()
    found.attach("list.csv", "a,b", "text/csv")
    return found


def as_markup() -> EmailMessage:
    found = mail()
    found.content_subtype = "html"
    return found


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (attached, "mail-attachment"),
        (as_markup, "mail-without-text"),
        (lambda: mail(headers={"X-Priority": "1"}), "mail-header"),
        (lambda: mail(to=["nobody"]), "bad-address"),
        (lambda: mail(to=[TO, "nobody"]), "bad-address"),
    ],
)
def test_what_the_queue_cannot_carry_is_refused_whole_in_words(made, code):
    with pytest.raises(Refused) as refused:
        made().send()
    assert refused.value.refusal.code == code
    assert made().send(fail_silently=True) == 0
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "field", [{"subject": "News\nBcc: eve@evil.example"}, {"to": [f"{TO}\r\nBcc: eve@evil.example"]}]
)
def test_a_header_that_begins_another_is_refused(field):
    with pytest.raises(BadHeaderError):
        mail(**field).send()
    assert Message.objects.count() == 0
