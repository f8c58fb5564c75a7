"""Letters by mail, through a real mailbox and a real mail server (MOD-05)."""

import random
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.fetch_letters import fetch_letters
from broadsheet.moderation.models import Letter, LetterMail
from broadsheet.moderation.queries.letters import letter, open_letters
from broadsheet.moderation.queries.mailbox import mailbox_fault
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.notifications.actions.make_letter import make_letter
from broadsheet.notifications.engines.compose import write
from broadsheet.notifications.models import Message
from tests.dovecot import Mailbox, dovecot
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_decision
from tests.factories.newsroom import make_edition
from tests.notifications.conftest import post
from tests.notifications.sending import child, kill, send, wait_for

__all__ = ["post"]
pytestmark = [pytest.mark.row("MOD-05", "NOT-03")]
MODERATORS = "moderators@estuary.example"
TOLD = "I wrote in anger, and I take it back."


@pytest.fixture(scope="module")
def server():
    with dovecot() as running:
        yield running


@pytest.fixture
def mailbox(server: Mailbox, settings):
    settings.LETTERS_IMAP = server.address
    yield server
    server.empty()


@pytest.fixture
def paper(article, settings):
    settings.DEFAULT_FROM_EMAIL = "newsroom@estuary.example"
    article.edition.contact_address = "desk@estuary.example"
    article.edition.save()
    forget_editions()


@pytest.fixture
def carrier(paper, settings, post):
    settings.MAIL_SERVER = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = post.port, 5
    return post


def mail(user_id="", *, sender="ines@mail.example", subject="Unlock access", text=TOLD, to=MODERATORS, **headers):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Ines <{sender}>", to, subject
    made["Message-ID"] = headers.pop("Message_ID", f"<{random.getrandbits(60)}@mail.example>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(f"{text}\n\nUser ID: {user_id}" if user_id else text)
    return made


def fetch(mailbox, *mails):
    mailbox.lay(*(one.as_bytes() for one in mails))
    done = fetch_letters(now=clock.now())
    deliver_due()
    return dict(done)


def sent(paper):
    """Return the mails that are queued, as the mail server would get them."""
    found = []
    for message in Message.objects.order_by("pk"):
        made = make_letter(message=message)
        if made is not None:
            found.append(message_from_bytes(write(made, message_id=message.message_id, at=clock.now()), policy=default))
    Message.objects.all().delete()
    return found


def carried(post):
    """Let the queue send, and return what the mail server took meanwhile."""
    before = len(post.mails)
    deliver_due()
    send(turns=3)
    return post.mails[before:]


@pytest.fixture
def blocked(reader):
    decide(decision=make_decision(reader, now=clock.now()), now=clock.now())
    deliver_due()
    Message.objects.all().delete()  # the statement of reasons, of which other tests tell
    return reader


@pytest.mark.django_db
def test_a_whole_letter_from_the_accounts_own_address_is_open_and_read(mailbox, paper, blocked):
    written = mail(blocked.public_id, sender="Ines@Mail.Example")
    assert fetch(mailbox, written) == {"open": 1}
    (found,) = open_letters()
    assert (found.reader_id, found.kind, found.channel) == (blocked.pk, "unlock_access", "mail")
    assert found.sanction_id is not None
    assert found.text.startswith(TOLD)
    assert found.headers == {"In-Reply-To": written["Message-ID"], "References": written["Message-ID"]}
    assert found.address == ""  # an answer goes to the account
    assert mailbox.unread() == 0


@pytest.mark.django_db(transaction=True)
def test_a_missing_part_is_named_and_the_answer_makes_the_letter_whole(mailbox, carrier, blocked):
    first = mail(text=f"{TOLD}\n-- \nInes", subject="Aw: UNBLOCK my account")
    assert fetch(mailbox, first) == {"incomplete": 1}
    assert open_letters() == []
    (asked,) = carried(carrier)
    assert asked["To"] == "ines@mail.example"
    assert (asked["In-Reply-To"], asked["References"]) == (first["Message-ID"], first["Message-ID"])
    assert asked["Auto-Submitted"] == "auto-generated"
    assert asked["Reply-To"] == MODERATORS
    words = asked.get_body(("plain",)).get_content()
    assert "Your User ID" in words
    assert "explanation" not in words
    answer = mail(
        text=f"User ID: {blocked.public_id}\n\nOn Monday The Estuary <{MODERATORS}> wrote:\n> this is missing",
        subject=f"Re: {asked['Subject']}", In_Reply_To=asked["Message-ID"],
        References=f"{first['Message-ID']} {asked['Message-ID']}",
    )  # fmt: skip
    assert fetch(mailbox, answer) == {"open": 1}
    (found,) = open_letters()
    assert TOLD in found.text
    assert "missing" not in found.text
    assert Letter.objects.count() == 1
    assert found.headers["References"].split()[0] == first["Message-ID"]


@pytest.mark.django_db
def test_from_another_address_a_link_goes_to_the_accounts_own_and_nothing_tells_of_it(mailbox, paper, blocked):
    there = mail(blocked.public_id, sender="else@mail.example")
    nobody = mail("ZZZZZZZZ22", sender="other@mail.example")
    assert fetch(mailbox, there, nobody) == {"waiting": 2}
    mails = {one["To"]: one for one in sent(paper)}
    assert set(mails) == {"ines@mail.example", "else@mail.example", "other@mail.example"}
    link = mails["ines@mail.example"].get_body(("plain",)).get_content()
    assert "/accounts/letter/" in link
    told = [mails[to].get_body(("plain",)).get_content() for to in ("else@mail.example", "other@mail.example")]
    assert told[0] == told[1]
    assert mails["else@mail.example"]["Subject"] == mails["other@mail.example"]["Subject"]
    assert open_letters() == []


@pytest.mark.django_db
def test_a_forged_sender_is_sent_nothing_and_opens_nothing(mailbox, paper, blocked):
    forged = mail(blocked.public_id, Authentication_Results="mx.estuary.example; dmarc=fail")
    assert fetch(mailbox, forged) == {"waiting": 1}
    (link,) = sent(paper)
    assert "/accounts/letter/" in link.get_body(("plain",)).get_content()


@pytest.mark.django_db
def test_another_message_is_passed_on_acknowledged_and_left_unread(mailbox, paper):
    question = mail(subject="Comment s'abonner ?", text="<b>Where</b> can I read old papers?")
    assert fetch(mailbox, question) == {"message": 1}
    assert mailbox.unread() == 1
    mails = {one["To"]: one for one in sent(paper)}
    assert set(mails) == {"desk@estuary.example", "ines@mail.example"}
    passed = mails["desk@estuary.example"]
    assert "Where" in passed.get_body(("plain",)).get_content()
    assert "<b>Where" not in passed.get_body(("html",)).get_content()
    assert passed["Reply-To"] == "ines@mail.example"
    assert mails["ines@mail.example"]["In-Reply-To"] == question["Message-ID"]
    assert "old papers" not in mails["ines@mail.example"].as_string()
    assert fetch(mailbox) == {}  # though it is unread
    assert letter(Letter.objects.get().pk).state == "message"


@pytest.mark.django_db
def test_no_two_programs_go_on_writing_to_each_other(mailbox, paper, blocked):
    answers = [mail(subject=f"Out of office {number}", text="I am away.") for number in range(5)]
    assert fetch(mailbox, *answers) == {"message": 5}
    out = sent(paper)
    assert [one["To"] for one in out].count("ines@mail.example") == 1
    for one in out:  # whatever comes back of ours is taken for no letter
        mailbox.lay(one.as_bytes())
    automatic = mail(blocked.public_id, Auto_Submitted="auto-replied")
    bounce = mail(sender="mailer-daemon@mx.example", text="Undelivered")
    own = mail(blocked.public_id, sender=MODERATORS)
    before = Letter.objects.count()
    assert fetch(mailbox, automatic, bounce, own) == {"ignored": len(out) + 3}
    assert Letter.objects.count() == before
    assert sent(paper) == []


@pytest.mark.django_db
def test_what_is_attached_is_refused_politely_and_the_text_read(mailbox, paper, blocked):
    written = mail(text=TOLD)
    written.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="proof.png")
    assert fetch(mailbox, written) == {"incomplete": 1}
    (asked,) = sent(paper)
    assert "attached" in asked.get_body(("plain",)).get_content()
    whole = mail(blocked.public_id)
    whole.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="proof.png")
    assert fetch(mailbox, whole) == {"open": 1}
    assert open_letters()[0].attachments == 2


@pytest.mark.django_db
def test_what_is_written_later_is_added_to_the_open_letter(mailbox, paper, blocked):
    first = mail(blocked.public_id)
    fetch(mailbox, first)
    more = mail(text="And I have read the standards.", subject="Re: your letter", References=first["Message-ID"])
    again = mail(blocked.public_id, text="Please look at it soon, I beg you.")
    stranger = mail(text="Me too!", sender="else@mail.example", subject="Re: it", References=first["Message-ID"])
    assert fetch(mailbox, more, again, stranger) == {"open": 2, "message": 1}
    (found,) = open_letters()
    assert "read the standards" in found.text
    assert "I beg you" in found.text
    assert "Me too" not in found.text
    quoting = f"Thanks!\n\n> User ID: {blocked.public_id}\n> Your letter has arrived."
    assert fetch(mailbox, mail(text=quoting, subject="Re: it arrived", References=first["Message-ID"])) == {"open": 1}
    assert "Thanks!" in open_letters()[0].text
    assert Letter.objects.exclude(state="message").count() == 1
    assert FactRecord.objects.filter(name="LetterArrived").count() == 1


@pytest.mark.django_db
def test_a_mail_counts_once_however_often_it_comes(mailbox, paper, blocked):
    written = mail(blocked.public_id)
    assert fetch(mailbox, written, written) == {"open": 2}
    assert fetch(mailbox, written) == {"open": 1}
    assert LetterMail.objects.count() == 1
    assert open_letters()[0].text.count(TOLD) == 1


@pytest.mark.django_db
def test_the_edition_is_that_which_was_written_to_or_whose_language_is_written(mailbox, paper):
    make_edition("fr", name="L’Estuaire", at_root=False, moderators_address="moderation@estuaire.example")
    make_edition("ar", name="المصب", at_root=False, moderators_address="moderation@estuaire.example")
    forget_editions()
    fetch(
        mailbox,
        mail(
            "ZZZZZZZZ22",
            to="moderation@estuaire.example",
            subject="Débloquer l’accès",
            text="je suis en colère et désolé",
        ),
        mail("ZZZZZZZZ22", to="moderation@estuaire.example", subject="رفع الحظر", text="كتبت ذلك وأنا غاضبة جدا"),
        mail("ZZZZZZZZ22"),
    )
    assert list(Letter.objects.order_by("pk").values_list("edition", "language")) == [
        ("fr", "fr"),
        ("ar", "ar"),
        ("en", "en"),
    ]


@pytest.mark.django_db
def test_the_mailbox_is_read_by_tls_and_what_is_wrong_with_it_is_said(
    mailbox, paper, blocked, settings, monkeypatch, caplog
):
    monkeypatch.setenv("SSL_CERT_FILE", str(mailbox.certificate))
    settings.LETTERS_IMAP = mailbox.secure_address
    assert mailbox_fault(settings.LETTERS_IMAP) == ""
    assert fetch(mailbox, mail(blocked.public_id)) == {"open": 1}
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "SSLCertVerificationError" in mailbox_fault(settings.LETTERS_IMAP)
    assert fetch_letters(now=clock.now()) == {}
    wrong = mailbox.address.replace("letters@", "wrong@")
    assert "refused the log-in" in mailbox_fault(wrong)
    assert "wrong" not in mailbox_fault(wrong)
    assert "no address" in mailbox_fault("imap://user:secret@mail.example/INBOX")
    settings.LETTERS_IMAP = "imaps://user:secret@127.0.0.1:1/INBOX"
    assert "reached" in mailbox_fault(settings.LETTERS_IMAP)
    assert fetch_letters(now=clock.now()) == {}
    assert "secret" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_point_no_mail_is_lost_and_none_taken_twice(mailbox, paper):
    readers = [make_reader(f"r{number}@mail.example") for number in range(12)]
    mailbox.lay(*(mail(one.public_id, sender=one.email).as_bytes() for one in readers))
    for _ in range(8):
        number = child(lambda: fetch_letters(now=clock.now()))
        time.sleep(random.uniform(0.05, 0.25))
        kill(number)
    assert wait_for(child(lambda: fetch_letters(now=clock.now()))) == 0
    assert Letter.objects.filter(state="open").count() == len(readers)
    assert LetterMail.objects.count() == len(readers)
    assert FactRecord.objects.filter(name="LetterArrived").count() == len(readers)
    assert mailbox.unread() == 0
