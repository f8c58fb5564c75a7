"""From the first comment to a second block and its annulment, as one reader lives it, by the pages and the real mails.

Nothing is asked of the program's insides but what a person can see: pages over HTTP, and mails that a server took by SMTP.
"""

import re
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.newsroom.queries.addresses import path_of
from broadsheet.notifications.models import Message, State
from broadsheet.readers.models import Reader
from tests.factories.cases import make_moderator
from tests.factories.discussion import FOUL, PLAIN
from tests.factories.newsroom import make_article, make_edition, make_section
from tests.factories.policies import put_in_force
from tests.moderation.views.conftest import seated
from tests.notifications.mail_server import Post
from tests.notifications.sending import send
from tests.readers.entrance import log_in, register, solution

pytestmark = [
    pytest.mark.row("DIS-02", "MOD-01", "MOD-02", "MOD-03", "MOD-04", "MOD-05", "MOD-06", "MOD-07", "NOT-03"),
    pytest.mark.django_db(transaction=True),
]
TOM, INES = "tom@mail.example", "ines@mail.example"
MODERATORS = "moderators@estuary.example"
FACTS = "The comment calls another reader a liar, with a swear word."
TOLD = "I wrote in anger and took a neighbour for somebody else. I am sorry."


class Mails:
    """The mails that the server took, read as their reader does."""

    def __init__(self, post: Post) -> None:
        self.post, self.read = post, 0
        self.unread: list[tuple[str, str, str]] = []

    def new(self, to: str) -> list[tuple[str, str]]:
        """Let everything due be sent, and return the unread mails to the address: subject and plain text."""
        deliver_due()
        while Message.objects.filter(state=State.DUE).exists():  # a turn with nothing to do would wait
            send()
        assert max(self.post.count().values(), default=1) == 1, "no mail came twice"
        for one in self.post.mails[self.read :]:
            text = one.get_body(("plain",)).get_content()
            html = BeautifulSoup(one.get_body(("html",)).get_content(), "lxml").get_text(" ")
            for sentence in re.findall(r"[A-Z][^.\n]{30,60}(?=\.)", text):
                assert words(sentence) in words(html), "both parts of a mail say the same"
            self.unread.append((str(one["To"]), str(one["Subject"]), text))
        self.read = len(self.post.mails)
        found = [(subject, text) for address, subject, text in self.unread if address == to]
        self.unread = [one for one in self.unread if one[0] != to]
        return found

    def one(self, to: str) -> tuple[str, str]:
        found = self.new(to)
        assert len(found) == 1, [subject for subject, _text in found]
        return found[0]


@pytest.fixture
def mails(settings, post) -> Mails:
    settings.MAIL_SERVER = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = post.port, 5
    settings.DEFAULT_FROM_EMAIL = "newsroom@estuary.example"
    return Mails(post)


@pytest.fixture
def article():
    edition = make_edition(name="The Estuary", country="GB", moderators_address=MODERATORS)
    for kind in ("standards", "privacy", "terms"):
        put_in_force(edition, kind)
    return make_article(make_section(edition), headline="Council votes on the harbour wall")


def words(text: str) -> str:
    return " ".join(text.replace("\u2068", "").replace("\u2069", "").split())


def shown(answer) -> str:
    return words(BeautifulSoup(answer.content.decode(), "lxml").get_text(" "))


def links(text: str) -> list[str]:
    return [urlsplit(found).path for found in re.findall(r"https?://\S+", text)]


def newcomer(mails: Mails, email: str, name: str) -> tuple[Client, Reader]:
    """Register by the form and open the link of the mail that came."""
    browser = Client()
    register(browser, email, display_name=name, **accepted(browser))
    subject, text = mails.one(email)
    assert subject == "Confirm your address for The Estuary"
    link = next(path for path in links(text) if "/confirm/" in path)
    assert browser.get(link).status_code == 200
    browser.post(link)
    log_in(browser, email)
    return browser, Reader.objects.get(email=email)


def accepted(browser: Client) -> dict[str, str]:
    """Tick every box of the form to register."""
    page = BeautifulSoup(browser.get("/accounts/register/").content.decode(), "lxml")
    return {box["name"]: box.get("value", "on") for box in page.select("main form input[type=checkbox]")}


def comment(browser: Client, article, text: str) -> int:
    """Post it, insisting where the judge has something to say; return its number from where the browser is led."""
    at, form = f"/accounts/comment/{article.pk}/", {"text": text, "key": str(uuid4())}
    answer = browser.post(at, {**form, "do": "post"})
    if answer.status_code == 422:
        form = {field["name"]: field.get("value", "") for field in fields(answer)}
        answer = browser.post(at, {**form, "text": text, "do": "insist"})
    assert answer.status_code == 302, shown(answer)
    led = re.fullmatch(r"/comment/(\d+)/|/accounts/comment/(\d+)/posted/", answer["Location"])
    assert led is not None, answer["Location"]
    return int(led[1] or led[2])


def fields(answer):
    return BeautifulSoup(answer.content.decode(), "lxml").select("form[data-compose-fields] input[name]")


def case_at(desk: Client) -> tuple[str, str]:
    """Take the next case; return its address and its page."""
    deliver_due()  # as the server does at every moment
    answer = desk.post("/editor/moderation/next/", follow=True)
    return answer.redirect_chain[-1][0].partition("?")[0], answer.content.decode()


def press(desk: Client, case: str, action: str, **values: str):
    page = BeautifulSoup(desk.get(case).content.decode(), "lxml")
    sent = {box["name"]: box.get("value", "") for box in page.select("main input[type=hidden]") if box.get("name")}
    return desk.post(f"{case}decide/", {**sent, **values, "action": action})


def letter(browser: Client, **values: str):
    return browser.post("/accounts/letter/", {**solution(browser, "letter"), **values})


def test_from_the_first_comment_to_a_second_block_and_its_annulment(mails, article):
    one, other, chief = (
        seated(Reader.objects.get(pk=make_moderator(chief=chief).reader_id)) for chief in (False, False, True)
    )
    play = SimpleNamespace(mails=mails, article=article, path=path_of(article), one=one, other=other, chief=chief)
    for step in (
        they_comment, one_is_blocked, a_letter_is_written, the_letter_is_granted, the_second_block, a_letter_in_vain,
        the_annulment,
    ):  # fmt: skip
        step(play)


def they_comment(play):
    """Two people register; one says something kind, and something that isn't."""
    mails, article, path = play.mails, play.article, play.path
    browser, tom = newcomer(mails, TOM, "Tom Wharf")
    friend, _ines = newcomer(mails, INES, "Ines Marlow")
    kind, foul = comment(browser, article, PLAIN), comment(browser, article, FOUL)
    page = shown(Client().get(path))
    assert PLAIN in page
    assert "liar" not in page
    assert "f**king liar" in shown(browser.get(f"/accounts/comment/{foul}/posted/"))
    assert friend.get(f"/comment/{foul}/").status_code == 404, "a held comment is its author's alone"
    assert friend.get(f"/accounts/comment/{foul}/posted/").status_code == 404
    assert "The comment is reported" in shown(friend.post(f"/accounts/comment/{kind}/report/", {"clause": "INSULT"}))
    play.browser, play.tom, play.friend = browser, tom, friend


def one_is_blocked(play):
    """A moderator gets the held comment, deletes it and blocks its author for a week."""
    mails, article, one, browser, friend, tom = play.mails, play.article, play.one, play.browser, play.friend, play.tom
    case, seen = case_at(one)
    assert "f**king liar" in words(BeautifulSoup(seen, "lxml").get_text())
    assert press(one, case, "block", clauses="INSULT", scope="all", days="7").status_code == 409, "facts are needed"
    assert press(one, case, "block", clauses="INSULT", facts=FACTS, scope="all", days="7").status_code == 302
    subject, text = mails.one(TOM)
    assert subject == "A decision about your comment at The Estuary: statement of reasons"
    said = words(text)
    for element in (
        # (a) each restriction, since when and how long, and where
        "Your comment was deleted", "You can't comment, report or edit from", "You can go on reading",
        f"to {clock.now() + timedelta(days=7):%-d %B %Y}", "in all countries", "every edition",
        FACTS, "> You f**king liar, nobody asked you.", "of our own accord",  # (b) facts, and whether upon a notice
        "A program on our own servers marked it", "made by a person, a moderator. No machine took part",  # (c) machines
        "Clause INSULT (version 1) of our community standards", "deleted if it insults",  # (e) the ground, and its words
        MODERATORS, "free of charge", "out-of-court dispute settlement", "go to court",  # (f) redress
        tom.public_id,
    ):  # fmt: skip
        assert element.lower() in said.lower(), f"{element} is missing:\n{text}"
    statement = next(at for at in links(text) if "/statements/" in at)
    assert FACTS in shown(browser.get(statement))
    assert friend.get(statement).status_code == 404
    assert (
        browser.post(f"/accounts/comment/{article.pk}/", {"text": PLAIN, "do": "post", "key": str(uuid4())}).status_code
        != 302
    )


def a_letter_is_written(play):
    """Locked out and logged out: a letter that lacks its explanation, then a whole one, known by the link of a mail."""
    mails, browser, tom = play.mails, play.browser, play.tom
    browser.post("/accounts/logout/")
    asks = {"asks": "unlock_access", "user_id": tom.public_id}
    assert "The explanation is missing" in shown(letter(browser, **asks, text=""))
    assert mails.new(TOM) == []
    letter(browser, **asks, text=TOLD)
    subject, text = mails.one(TOM)
    link = next(at for at in links(text) if "/accounts/letter/" in at)
    number = BeautifulSoup(browser.get(link).content.decode(), "lxml").select_one("[name=letter]")["value"]
    assert browser.post(link, {"letter": number, "mine": "yes"}).status_code == 200
    subject, text = mails.one(TOM)
    assert subject == "Your letter to the moderators of The Estuary has arrived"
    assert "not the one who decided before" in words(text)
    play.asks = asks


def the_letter_is_granted(play):
    """Who decided doesn't answer; somebody else does, and what was asked is done at once."""
    mails, article, one, other, browser, tom = play.mails, play.article, play.one, play.other, play.browser, play.tom
    address = desk_case(other, TOLD)
    assert TOLD not in shown(one.get(address)) or press(one, address, "grant", reason="So.").status_code == 409
    assert press(other, address, "grant", reason="You took it back.").status_code == 302
    told = dict(mails.new(TOM))
    assert "You took it back." in told["Your letter to the moderators of The Estuary is granted"]
    assert "The measure still counts" in words("".join(told.values()))
    browser.force_login(tom)
    assert comment(browser, article, "The second tide gate is still missing from the table.")


def the_second_block(play):
    """Again: the second that counts is for good, and the desk says so before."""
    mails, article, path, one, other, browser = play.mails, play.article, play.path, play.one, play.other, play.browser
    comment(browser, article, "You f**king liar, I said so before.")
    case, seen = case_at(other)
    if "I said so before" not in seen:  # what was reported came first
        press(other, case, "approve")
        case, seen = case_at(other)
    assert "I said so before" in seen
    assert "for good" in words(seen) or "has no end" in words(seen)
    basis = {"clauses": "INSULT", "facts": FACTS, "scope": "all", "days": ""}
    assert press(other, case, "block", **basis).status_code == 409
    assert press(other, case, "block", **basis, final="on").status_code == 302
    press(one, case_at(one)[0], "approve")  # nothing where it was done above
    (report,) = mails.new(INES)
    assert "what came of it" in report[0]
    assert "found that the comment can stay" in words(report[1])
    assert PLAIN in shown(Client().get(path))
    told = mails.new(TOM)
    (text,) = [text for subject, text in told if "statement of reasons" in subject]
    assert "second" in words(text)
    assert "until" not in words(text).partition("What happened")[0].lower()


def a_letter_in_vain(play):
    """A letter after it is answered with that reason: nobody restores, with whatever button."""
    mails, one, browser, asks = play.mails, play.one, play.browser, play.asks
    browser.logout()
    letter(browser, **asks, text="I ask to be let in again all the same.")
    link = next(at for at in links(mails.one(TOM)[1]) if "/accounts/letter/" in at)
    number = BeautifulSoup(browser.get(link).content.decode(), "lxml").select_one("[name=letter]")["value"]
    browser.post(link, {"letter": number, "mine": "yes"})
    address = desk_case(one, "let in again all the same")
    for button in ("grant", "grant-as-wrong"):
        assert press(one, address, button, reason="I am sorry for him.").status_code in {404, 409}
    assert press(one, address, "refuse", reason="You did it again.").status_code == 302
    told = dict(mails.new(TOM))
    answer = words(told["Your letter to the moderators of The Estuary: the answer"])
    assert "You did it again." in answer
    assert "After the second block that counts restoration is impossible for everyone." in answer


def the_annulment(play):
    """The second block was wrong: one asks, a chief confirms, nobody alone."""
    mails, article, path, one, chief, browser, tom = (
        play.mails,
        play.article,
        play.path,
        play.one,
        play.chief,
        play.browser,
        play.tom,
    )
    account = f"/editor/moderation/accounts/{tom.public_id}/"
    forms = annulling(one, account, "annul")
    one.post(forms[0], {"reason": "He quoted the mayor."})
    confirming = annulling(chief, account, "confirm")
    one.post(confirming[0])
    assert "liar" not in shown(Client().get(path))
    assert mails.new(TOM) == [], "nobody confirms what they asked for themselves"
    assert chief.post(confirming[0]).status_code == 302
    told = dict(mails.new(TOM))
    wrong = words(told["We were wrong: a measure against you at The Estuary is annulled"])
    assert "We were wrong. Two persons have looked at your block again and annulled it" in wrong
    assert "You can comment, report and edit again." in wrong
    assert all(browser.get(at).status_code in {200, 302} for at in links(wrong))
    browser.force_login(tom)
    assert comment(browser, article, "Thank you for looking at it again, neighbours.")
    assert "the second, and for good" in shown(chief.get(account)), "the first still counts, and it alone"


def desk_case(desk: Client, text: str) -> str:
    """Return the address of the case of the queue that says this."""
    deliver_due()
    page = desk.get("/editor/moderation/?kind=letter").content.decode()
    for address in dict.fromkeys(re.findall(r"/editor/moderation/cases/\d+/", page)):
        if text in shown(desk.get(address)):
            return address
    raise AssertionError(f"no case says “{text}”")


def annulling(desk: Client, account: str, what: str) -> list[str]:
    """Return where the forms of the account's page lead that ask for an annulment, or confirm one."""
    page = BeautifulSoup(desk.get(account).content.decode(), "lxml")
    return [form["action"] for form in page.select("form[action]") if f"/{what}/" in form["action"]]
