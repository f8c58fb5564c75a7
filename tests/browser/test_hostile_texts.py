"""Every trick known of smuggling a program into a page, written wherever people write; nothing of it runs anywhere (DIS-02).

The browser's content security policy is switched off, so that nothing but the product's own care stands between the texts
and the reader.
"""

import json
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from broadsheet.discussion.actions.report_comment import report_comment
from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.case_decisions import note_case
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.models import Case
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.newsroom.actions.write_correction_note import write_correction_note
from broadsheet.newsroom.models import CorrectionNote
from broadsheet.notifications.actions.make_letter import make_letter
from broadsheet.notifications.engines.compose import write
from broadsheet.notifications.models import Message
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader
from tests.factories.cases import make_moderator
from tests.factories.moderation import make_decision, visible_comment
from tests.moderation.views.conftest import seated

pytestmark = [pytest.mark.browser, pytest.mark.row("DIS-02", "DIS-04", "MOD-02", "MOD-05")]
TEXTS: list[str] = [text for _kind, text in json.loads((Path(__file__).parent / "hostile_texts.json").read_text())]
STORED = [text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd") for text in TEXTS]  # as a form brings them
NAMES = [text for text in STORED if 6 < len(text) <= 40]
COUNTED, SUM = "{{1191*7643}}", str(1191 * 7643)
LOOK = """() => {
  const faults = [];
  const addresses = ["href", "src", "action", "formaction", "data", "xlink:href", "poster", "background", "ping", "srcset"];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (/^(x-pwn|xss|iframe|frame|object|embed|portal|base|math|marquee|xmp|listing|plaintext|keygen)$/.test(name)) faults.push(name);
    for (const one of element.attributes) {
      if (/^(on|hx-on|data-pwn|srcdoc|formaction|background|ping|ng-|v-html|x-init)/i.test(one.name)) faults.push(`${name} ${one.name}`);
      if (addresses.includes(one.name) && /^[\\s\\x00-\\x20]*(javascript|vbscript|livescript|data:text|feed:|view-source:)/i.test(one.value)) faults.push(`${name} ${one.value}`);
      if (name !== "a" && addresses.includes(one.name) && one.value.includes("evil.example")) faults.push(`${name} ${one.value}`);
    }
  }
  return [...new Set(faults)];
}"""  # fmt: skip


class Watch:
    """A browser without a policy, and everything that it did of which nobody said it should."""

    def __init__(self, chromium: Any, url: str, person: Reader | None = None) -> None:
        self.url, self.faults, self.seen = url, [], 0
        self.context = chromium.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
        self.page = self.context.new_page()
        self.page.set_default_timeout(25_000)
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        if person is not None:
            cookies = seated(person).cookies
            values = [{"name": name, "value": one.value, "url": url} for name, one in cookies.items()]
            self.context.add_cookies(values)

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"{self.page.url}: a program ran: {dialog.message}")
        dialog.dismiss()

    def _request(self, sent: Any) -> None:
        if not sent.url.startswith((self.url, "data:", "blob:", "about:")):
            self.faults.append(f"{self.page.url}: asked {sent.url}")

    def open(self, path: str, holds: str = "") -> Any:
        self.page.goto(self.url + path)
        return self.look(holds)

    def look(self, holds: str = "") -> Any:
        where, text = self.page.url, self.page.locator("html").inner_text()
        self.faults += [f"{where}: {fault}" for fault in self.page.evaluate(LOOK)]
        if SUM in text:
            self.faults.append(f"{where}: a template was filled in")
        if holds and holds not in text:
            self.faults.append(f"{where}: “{holds}” isn't shown, so nothing was tried there")
        self.seen += 1
        return self.page


def deliver_all() -> None:
    """Let everything be heard that happened, however much it is."""
    while deliver_due():
        pass


def bundles(texts: list[str], most: int = 3500) -> list[str]:
    """Return the texts in as few comments as hold them."""
    found = [""]
    for text in texts:
        if len(found[-1]) + len(text) > most:
            found.append("")
        found[-1] += f"{text}\n\n"
    return found


def written(served: Any) -> SimpleNamespace:
    """Return what was written: hostile words wherever people write, so that pages, desk and mails have them."""
    article, other = served.articles["news"], served.articles["analysis"]
    whole = bundles(STORED)
    authors = [make_reader(f"h{at}@mail.example", display_name=name) for at, name in enumerate(NAMES)]
    moderator, chief = make_moderator(), make_moderator(chief=True)
    reader, now = authors[0], clock.now()
    comments = [visible_comment(article, authors[at % len(authors)], text) for at, text in enumerate(whole)]
    comments += [visible_comment(article, author, "Nobody said so.") for author in authors[: len(NAMES) // 2]]
    mine = visible_comment(article, reader, f"{COUNTED}\n\n{whole[0]}")
    for at, text in enumerate(whole):
        report_comment(
            comment_id=mine.pk, reporter_id=authors[at + 1].pk, clause="INSULT", facts=text[:1000], edition_id=served.edition.pk, now=now
        )  # fmt: skip
    deliver_all()
    case = Case.objects.get(comment_id=mine.pk)
    for text in whole:
        note_case(case_id=case.pk, by=moderator.actor, text=text[:2000], now=now)
    made = decide(
        decision=make_decision(reader, mine, measures=(Measure.WARN, Measure.BLOCK), facts=f"{COUNTED} {whole[1][:900]}"), now=now
    )  # fmt: skip
    receive_letter(
        written=Written("unlock_access", reader.public_id, f"{COUNTED} {whole[2]}"), reader_id=reader.pk, edition="en", language="en", now=now
    )  # fmt: skip
    for text in whole[:3]:
        write_correction_note(
            article_id=article.pk, sentence=text[:300], wrong=text[:900], reader_id=reader.pk, now=now
        )
    deliver_all()
    return SimpleNamespace(
        article=article, other=other, whole=whole, authors=authors, reader=reader, moderator=moderator, chief=chief,
        comments=comments, mine=mine, case=case, made=made, now=now,
    )  # fmt: skip


def in_public(chromium: Any, served: Any, of: SimpleNamespace) -> Iterator[Watch]:
    whole, comments, mine = of.whole, of.comments, of.mine
    public = Watch(chromium, served.url)
    public.open(served.path(), COUNTED)
    public.open(f"{served.path()}discussion/oldest/")
    public.open(f"/comment/{comments[0].pk}/")
    public.open(f"/accounts/comment/{mine.pk}/report/", COUNTED)
    for words in (whole[0][:300], '"><img src=x onerror=alert(1)>', COUNTED):
        public.page.goto(f"{served.url}/search/")
        public.page.locator("input[name=q]").first.fill(words)
        public.page.locator("input[name=q]").first.press("Enter")
        public.page.wait_for_load_state()
        public.look()
    for to in ("javascript:alert(1)", "//evil.example/", '"><x-pwn>'):
        public.open(f"/accounts/login/?next={to}")
    yield public


def live(chromium: Any, served: Any, of: SimpleNamespace) -> Iterator[Watch]:
    """What comes while somebody reads is put in by a script."""
    whole, authors, other = of.whole, of.authors, of.other
    public = Watch(chromium, served.url)

    def come(route: Any) -> None:
        for at, text in enumerate(whole[:4]):
            visible_comment(other, authors[at], f"{COUNTED} {text}")
        deliver_all()
        route.fulfill(status=204)

    public.page.route("**/live/*/stream", come)
    page = public.open(f"{served.path('analysis')}discussion/newest/")
    page.locator("[data-discussion]").first.scroll_into_view_if_needed()
    page.locator("[data-show-new]").click()
    page.locator("[data-comment].is-new").first.wait_for()
    public.look(COUNTED)
    yield public


def of_readers(chromium: Any, served: Any, of: SimpleNamespace) -> Iterator[Watch]:
    article, whole, authors, reader, mine, made = of.article, of.whole, of.authors, of.reader, of.mine, of.made
    own = Watch(chromium, served.url, authors[1])
    own.open(f"/accounts/comment/{article.pk}/?reply={mine.pk}&quote=1", COUNTED)
    for text in (whole[0], whole[-1], f"{COUNTED} > *{STORED[0]}*"):
        own.page.locator("textarea[name=text]").fill(text)
        own.page.locator("button[name=do][value=preview]").click()
        own.page.locator("[data-preview-text], .compose-preview, .told, [data-errors]").first.wait_for()
        own.look()
    told = Watch(chromium, served.url, reader)
    told.open("/accounts/moderation-file/", COUNTED)
    told.open(f"/accounts/statements/{made.puid}/", COUNTED)
    told.open("/accounts/notices/")
    told.open("/accounts/my-data/")
    told.open("/accounts/profile/")
    yield own
    yield told


def at_the_desk(chromium: Any, served: Any, of: SimpleNamespace) -> Iterator[Watch]:
    reader, moderator, chief, case = of.reader, of.moderator, of.chief, of.case
    desk = Watch(chromium, served.url, Reader.objects.get(pk=moderator.reader_id))
    desk.open("/editor/moderation/")
    desk.open(f"/editor/moderation/cases/{case.pk}/", COUNTED)
    desk.open(f"/editor/moderation/cases/{Case.objects.get(kind='letter').pk}/", COUNTED)
    desk.open(f"/editor/moderation/accounts/{reader.public_id}/", COUNTED)
    desk.page.goto(f"{served.url}/editor/moderation/search/")
    desk.page.locator("main input[type=search]").first.fill(NAMES[1])
    desk.page.locator("main input[type=search]").first.press("Enter")
    desk.page.wait_for_load_state()
    desk.look()
    editor = Watch(chromium, served.url, Reader.objects.get(pk=chief.reader_id))
    editor.open("/editor/desk/notes/")
    editor.open(f"/editor/desk/notes/{CorrectionNote.objects.first().pk}/")
    yield desk
    yield editor


def in_mails(chromium: Any, served: Any, of: SimpleNamespace) -> Iterator[Watch]:
    """Mail programs know no policy at all."""
    now = of.now
    mail, letters = Watch(chromium, served.url), 0
    for message in Message.objects.all():
        letter = make_letter(message=message)
        if letter is not None:
            sent = message_from_bytes(write(letter, message_id=message.message_id, at=now), policy=default)
            mail.page.set_content(sent.get_body(("html",)).get_content())
            mail.look()
            letters += 1
    assert letters > 1
    yield mail


def test_nothing_that_people_write_runs_anywhere(chromium, served):
    assert len(TEXTS) >= 150
    of, faults = written(served), []
    for look in (in_public, live, of_readers, at_the_desk, in_mails):
        for one in look(chromium, served, of):
            one.page.wait_for_timeout(100)
            faults += one.faults
            one.context.close()
    assert faults == [], "\n".join(faults[:40])


def test_feeds_and_answers_for_programs_stay_what_they_are(client, db):
    """No text of a reader's breaks out of the data that pages ask for."""
    from tests.factories.newsroom import make_article, make_edition, make_section

    article = make_article(make_section(make_edition()), headline="Harbour wall")
    for text in bundles(STORED):
        visible_comment(article, make_reader(display_name=NAMES[0]), text)
    deliver_all()
    answer = client.get(f"/live/{article.public_id:010d}/comments/since/1/")
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert json.loads(answer.content)["comments"]
    assert isinstance(client, Client)
