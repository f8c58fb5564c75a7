"""Statements of reasons arrive at a real server, in words, once, and at nobody's address but the reader's (MOD-03)."""

import re

import pytest
from allauth.account.models import EmailAddress

from broadsheet.discussion.actions.report_comment import Notice, report_comment
from broadsheet.discussion.actions.settle_reports import settle_reports
from broadsheet.kernel import clock
from broadsheet.kernel.facts import announce
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.annul import ask_annulment, confirm_annulment
from broadsheet.moderation.actions.answer_letter import answer_letter
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.expire_due import expire_due
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.facts import DecisionMade, ReportAnswered, SanctionExpired
from broadsheet.moderation.queries.decisions import statement
from broadsheet.moderation.queries.letters import letters_of
from broadsheet.moderation.queries.sanctions import sanctions_of
from broadsheet.moderation.rules.decisions import Measure, Role
from broadsheet.newsroom.models import ArticlePage, EditionPage
from broadsheet.notifications.handlers import answers, decisions, sending
from broadsheet.notifications.models import Message, State
from broadsheet.notifications.models import Notice as Rung
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_actor, make_approval, make_decision, visible_comment
from tests.factories.newsroom import make_article, make_section
from tests.moderation.conftest import Clock
from tests.notifications.sending import send

pytestmark = [pytest.mark.row("MOD-03", "NOT-02", "NOT-03"), pytest.mark.django_db]


@pytest.fixture
def reader(paper) -> Reader:
    return make_reader("ines@mail.example", display_name="Ines <b>")


@pytest.fixture
def article(paper) -> ArticlePage:
    edition = EditionPage.objects.get()
    edition.moderators_address = "moderators@courier.example"
    edition.save()
    return make_article(make_section(edition), headline="Council votes")


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch) -> None:
    """Let the sender keep the connection in whose transaction the test stands."""
    monkeypatch.setattr(sending, "close_old_connections", lambda: None)


@pytest.fixture
def later(monkeypatch) -> Clock:
    hands = Clock()
    monkeypatch.setattr(clock, "now", lambda: hands.base + hands.ahead)
    return hands


def bodies(mail) -> tuple[str, str]:
    return mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()


def rung(reader: Reader) -> list[str]:
    return list(Rung.objects.filter(reader_id=reader.pk).order_by("pk").values_list("kind", flat=True))


def hear() -> None:
    deliver_due()
    send(turns=2)


def test_the_statement_arrives_at_once_with_all_it_must_say_and_once(paper, article, reader):
    comment = visible_comment(article, reader)
    made = decide(
        decision=make_decision(reader, comment, measures=(Measure.REMOVE, Measure.BLOCK), days=3), now=clock.now()
    )
    hear()
    decisions.made(DecisionMade(decision_id=made.decision_id, reader_id=reader.pk, comment_id=comment.pk, edition="en", restricts=True))  # fmt: skip
    hear()
    assert [to for _from, to in paper.envelopes] == ["ines@mail.example"]
    mail = paper.mails[0]
    assert mail["Subject"].startswith("A decision about your comment")
    assert mail["Reply-To"] == "moderators@courier.example"
    text, html = bodies(mail)
    assert statement(made.decision_id).text.strip() in text.replace("\r\n", "\n")
    for said in (reader.public_id, made.puid, "The mayor of Orrel", "Insults, threats", "calls the mayor a fool",
                 "You can complain", "out-of-court", "court at any time", f"/accounts/statements/{made.puid}/",
                 f"/accounts/letter/?decision={made.puid}"):  # fmt: skip
        assert said in text, said
        assert said in re.sub("&amp;", "&", html), said
    assert "Ines &lt;b&gt;" in html
    assert "nsubscribe" not in mail.as_string(), "it is owed, and nobody can choose not to get it"
    assert rung(reader) == ["statement"]


def test_it_goes_to_the_closed_account_s_confirmed_address_and_to_no_other(paper, article, reader):
    doubtful = make_reader("doubtful@mail.example")
    EmailAddress.objects.filter(user=doubtful).update(verified=False)
    for one in (reader, doubtful):
        decide(decision=make_decision(one, measures=(Measure.DELETE_ACCOUNT,)), now=clock.now())
    hear()
    assert [to for _from, to in paper.envelopes] == ["ines@mail.example"]
    assert paper.mails[0]["Subject"].startswith("A decision about your account")
    assert Message.objects.get(reader_id=doubtful.pk).state == State.DROPPED
    assert rung(doubtful) == ["statement"], "whoever can log in later finds it on the site"


def test_an_approval_tells_nobody_and_neither_does_taking_it_back(paper, article, reader):
    comment, actor = visible_comment(article, reader), make_actor()
    made = decide(decision=make_approval(reader, comment, actor=actor), now=clock.now())
    hear()
    undo(decision_id=made.decision_id, by=actor, now=clock.now())
    hear()
    assert paper.mails == []
    assert rung(reader) == []


@pytest.mark.row("MOD-07")
def test_a_decision_taken_back_is_told_as_wrong_and_the_statement_that_waited_is_not_sent(paper, article, reader):
    comment, actor = visible_comment(article, reader), make_actor()
    made = decide(decision=make_decision(reader, comment, measures=(Measure.REMOVE,), actor=actor), now=clock.now())
    deliver_due()
    undo(decision_id=made.decision_id, by=actor, now=clock.now())
    hear()
    assert [mail["Subject"] for mail in paper.mails] == [
        "We were wrong: a decision about you at The Courier is taken back"
    ]
    for body in bodies(paper.mails[0]):
        assert "We were wrong" in body
        assert "as it was before" in body
        assert made.puid in body
    assert rung(reader) == ["statement", "undone"]


@pytest.mark.row("MOD-04", "MOD-06")
def test_ends_of_blocks_are_told_once_with_what_still_counts(paper, article, reader, later):
    decide(decision=make_decision(reader, days=2, now=clock.now()), now=clock.now())
    hear()
    later.pass_(days=3)
    assert expire_due(now=clock.now()) == 1
    hear()
    text, _html = bodies(paper.mails[-1])
    assert paper.mails[-1]["Subject"] == "Your block at The Courier is over"
    assert "It still counts" in text
    assert "You can comment, report and edit again." in text
    wrong = sanctions_of(reader.pk)[0]
    asked = ask_annulment(sanction_id=wrong.id, by=make_actor(Role.CHIEF), reason="A mistake.", now=clock.now())
    confirm_annulment(annulment_id=asked, by=make_actor(), now=clock.now())
    hear()
    decisions.expired(SanctionExpired(sanction_id=wrong.id, reader_id=reader.pk))
    hear()
    assert len(paper.mails) == 3
    assert paper.mails[-1]["Subject"] == "We were wrong: a measure against you at The Courier is annulled"
    assert rung(reader) == ["statement", "sanction", "sanction"]


@pytest.mark.row("MOD-05")
@pytest.mark.parametrize("granted", [True, False])
def test_a_letter_is_acknowledged_with_its_target_and_answered_with_a_reason(paper, article, reader, later, granted):
    decide(decision=make_decision(reader, now=clock.now()), now=clock.now())
    hear()
    written = Written("unlock_access", reader.public_id, "I quoted somebody else, and meant no harm by it at all.")
    receive_letter(written=written, reader_id=reader.pk, edition="en", language="en", now=clock.now())
    hear()
    assert paper.mails[-1]["Subject"] == "Your letter to the moderators of The Courier has arrived"
    assert "A person answers it, as a rule by" in bodies(paper.mails[-1])[0]
    waiting = letters_of(reader.pk)[0]
    answer_letter(
        letter_id=waiting.id, by=make_actor(), granted=granted, reason="The quote <was> marked.", now=clock.now()
    )
    hear()
    text, html = bodies(paper.mails[-1])
    assert len(paper.mails) == 3, "what the answer says is not told a second time"
    assert "The quote <was> marked." in text
    assert "The quote &lt;was&gt; marked." in html
    assert ("is granted" in text) == granted
    assert ("out-of-court" in text) != granted
    assert rung(reader)[-1] == "letter_answered"
    assert "letter_received" in rung(reader)


@pytest.mark.row("DIS-05")
def test_who_reported_is_told_what_came_of_it_with_or_without_an_account(paper, article, reader):
    author = make_reader()
    comment = visible_comment(article, author)
    with_account = report_comment(comment_id=comment.pk, reporter_id=reader.pk, clause="INSULT", edition_id=comment.thread.edition_id, now=clock.now())  # fmt: skip
    notice = Notice("Otto Reed", "otto@mail.example", good_faith=True)
    facts = "The comment calls for violence against the mayor, which the penal code forbids in paragraph 111."
    without = report_comment(comment_id=comment.pk, reporter_id=None, clause="LAW", facts=facts, notice=notice, edition_id=comment.thread.edition_id, now=clock.now())  # fmt: skip
    numbers = settle_reports(comment_id=comment.pk, upheld=False, now=clock.now())
    assert set(numbers) == {with_account.report_id, without.report_id}
    told = [ReportAnswered(report_id=one, comment_id=comment.pk, edition="en", upheld=False) for one in numbers]
    for one in told:
        announce(one)
    hear()
    for one in told:
        answers.looked_at(one)
    hear()
    found = {to: mail for (_from, to), mail in zip(paper.envelopes, paper.mails, strict=True)}
    assert set(found) == {"ines@mail.example", "otto@mail.example"}
    text, _html = bodies(found["otto@mail.example"])
    assert "notice of illegal content" in text
    assert without.number in found["otto@mail.example"]["Subject"]
    assert "out-of-court" in text
    assert "moderators@courier.example" in text
    assert "penal code" not in text
    assert "the comment can stay" in bodies(found["ines@mail.example"])[0]
    assert rung(reader) == ["report_answered"]
    assert rung(author) == []


def test_a_mail_is_in_the_language_of_its_statement_and_reads_from_the_right(paper, article, reader):
    decide(decision=make_decision(reader, language="ar"), now=clock.now())
    hear()
    _text, html = bodies(paper.mails[0])
    assert '<html lang="ar" dir="rtl">' in html
