"""A walk over every address with everybody: nobody gets at another's things, by reading or by sending (design, 8).

What each may do is written down here, not asked of the program. An address that isn't in the table fails the walk: whoever
adds one says who may open it.
"""

import copy
import re
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from broadsheet.discussion.actions.report_comment import report_comment
from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.annul import ask_annulment
from broadsheet.moderation.actions.case_decisions import note_case
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.models import AuditEntry, Case, Sanction, Statement
from broadsheet.moderation.queries.cases import case_of_comment
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.newsroom.actions.desk_setup import set_up_desk
from broadsheet.newsroom.actions.draft_policy import begin_policy
from broadsheet.newsroom.actions.write_correction_note import write_correction_note
from broadsheet.newsroom.conf import AUTHORS
from broadsheet.newsroom.models import CorrectionNote, PolicyVersion
from broadsheet.newsroom.queries.addresses import path_of
from broadsheet.readers.models import Reader
from tests.factories import newsroom as make
from tests.factories.accounts import make_reader
from tests.factories.cases import make_moderator
from tests.factories.discussion import FOUL, PLAIN, make_comment
from tests.factories.moderation import make_decision, visible_comment
from tests.factories.policies import put_in_force
from tests.flows.who_may_open import ADDRESSES, PUBLIC, ROLES
from tests.moderation.views.conftest import seated
from tests.notifications.newslettering import draft as draft_issue
from tests.notifications.newslettering import newsletter

pytestmark = [
    pytest.mark.row("DIS-04", "MOD-09", "MOD-12", "ACC-10"),
    pytest.mark.django_db,
]


def patterns(resolver: Any, before: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Yield every address: its route, its name, and its pattern."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield before + str(one.pattern), f"{space}:{one.name}" if space and one.name else one.name or "", one
        else:
            yield from patterns(one, before + str(one.pattern), one.namespace or space)


OWN = ("editor/desk/", "editor/moderation/", "editor/mail/", "editor/push/", "editor/newsletters/")


@pytest.fixture
def things() -> SimpleNamespace:
    """Everything that somebody might get at who shouldn't, each with a word of its own."""
    from broadsheet.newsroom.queries.editions import forget_editions

    cache.clear()
    edition = make.make_edition(name="The Estuary", moderators_address="moderators@estuary.example")
    elsewhere = make.make_edition("fr", name="La Marée", at_root=False)
    put_in_force(edition, "standards", "terms")
    set_up_desk()
    forget_editions()
    section = make.make_section(edition)
    article, draft = make.make_article(section), make.make_draft(section, "Secretdraft")
    live = make.make_article(section, kind="live")
    a, b, x = (make_reader(f"{name}-secretaddress@mail.example", display_name=f"Reader {name}") for name in "abx")
    held, seen = make_comment(article, a, text=f"{FOUL} Secretheld."), visible_comment(article, a)
    other = visible_comment(article, b)
    report_comment(
        comment_id=other.pk,
        reporter_id=a.pk,
        clause="INSULT",
        facts="Secretreport",
        edition_id=edition.pk,
        now=clock.now(),
    )
    decide(decision=make_decision(a, seen, measures=(Measure.WARN,), facts="Secretreason"), now=clock.now())
    blocked = decide(decision=make_decision(x, visible_comment(article, x), facts="Secretblock"), now=clock.now())
    receive_letter(
        written=Written("unlock_access", x.public_id, "Secretletter, I am sorry."), reader_id=x.pk, edition="en", language="en", now=clock.now(),
    )  # fmt: skip
    m, c = make_moderator(editions=[edition.pk]), make_moderator(chief=True)
    deliver_due()
    case = case_of_comment(held.pk)
    note_case(case_id=case.id, by=m.actor, text="Secretnote", now=clock.now())
    sanction = Sanction.objects.get(reader=x)
    annulment = ask_annulment(sanction_id=sanction.pk, by=make_moderator().actor, reason="Secretdoubt", now=clock.now())
    write_correction_note(article_id=article.pk, sentence="", wrong="Secretwrong", reader_id=a.pk, now=clock.now())
    policy = begin_policy(edition_id=edition.pk, kind="terms")
    PolicyVersion.objects.filter(pk=policy.pk).update(why="Secretpolicy")
    author = make_reader(is_staff=True)
    author.groups.add(Group.objects.get(name=AUTHORS))
    people = {
        "A": a, "B": b, "X": x, "W": author,
        **{role: Reader.objects.get(pk=scope.reader_id) for role, scope in (("M", m), ("C", c), ("O", make_moderator(editions=[elsewhere.pk])))},
    }  # fmt: skip
    return SimpleNamespace(
        edition=edition, elsewhere=elsewhere, article=article, draft=draft, live=live, held=held, seen=seen, other=other, a=a,
        x=x, case=case.id, letter=Case.objects.get(kind="letter").pk, sanction=sanction.pk, annulment=annulment, policy=policy.pk,
        decision=blocked.decision_id, note=CorrectionNote.objects.get().pk, puid=Statement.objects.get(decision__reader=a).puid,
        issue=draft_issue(newsletter(edition), article, subject="Secretissue", by=0), post=make.make_live_post(live).pk, picture=make.make_picture().pk, people=people,
    )  # fmt: skip


def newsletter_words(issue: Any) -> dict[str, Any]:
    """Return what the addresses of newsletters name."""
    every, one = {"number": issue.newsletter_id}, {"number": issue.pk}
    return {
        "notifications_newsletter_new": {"edition": "en"}, "notifications_newsletter": every,
        **{f"notifications_newsletter_{word}": every for word in ("settings", "retire", "write")},
        **{f"notifications_newsletter_{word}": one for word in ("issue", "send", "change")},
        "notifications_newsletter_preview": {**one, "kind": "text"},
    }  # fmt: skip


def where(name: str, of: SimpleNamespace) -> str:
    """Return the address with the numbers of somebody's things."""
    from django.urls import reverse

    bare, _of, which = name.partition(" ")
    waits, draft = which.endswith("waits"), which.endswith("draft")
    number = of.draft.pk if draft else of.article.pk
    words = re.search(r"/(?P<day>\d{8})(?P<number>\d{10})-(?P<slug>[^/]+)/", path_of(of.article)).groupdict() | {
        "section": of.article.section.slug
    }
    comment = of.held.pk if waits else of.seen.pk
    filled: dict[str, Any] = {
        "comment_write": {"article_id": number}, "correction_write": {"article_id": number},
        "thread_follow": {"article_id": number}, "me_discussion": {"article_id": number},
        **{key: {"comment_id": of.held.pk} for key in ("comment_posted", "comment_edit", "comment_withdraw")},
        "comment_ignore": {"comment_id": comment}, "comment_report": {"comment_id": comment},
        "comment_report_retract": {"comment_id": of.other.pk}, "comment_permalink": {"number": comment},
        "statement": {"puid": of.puid}, "thread_page": {**words, "sort": "newest"}, "thread_replies": {**words, "root": comment},
        **{key: {"number": of.letter if which else of.case} for key in ("moderation_case", "moderation_decide", "moderation_stay", "moderation_undo")},
        "moderation_open": {"number": of.held.pk}, "moderation_account": {"user_id": of.x.public_id},
        "moderation_undo_decision": {"number": of.decision}, "moderation_annul": {"number": of.sanction},
        "moderation_confirm": {"number": of.annulment}, "moderation_moderator": {"number": of.people["M"].pk},
        "mailbox_mail": {"name": "some"}, "mailbox_page": {"name": "some"},
        **{f"newsroom_desk:{one}": {"number": of.draft.pk} for one in ("checks", "mark", "links", "translations")},
        "newsroom_desk:translations_change": {"number": of.draft.pk, "edition": of.elsewhere.pk},
        "newsroom_desk:live": {"number": of.live.pk}, "newsroom_desk:crops": {"number": of.picture},
        **{f"newsroom_desk:{one}": {"number": of.live.pk, "post": of.post} for one in ("live_edit", "live_change")},
        **{f"newsroom_desk:{one}": {"edition": of.edition.pk} for one in ("notices", "begin")},
        "newsroom_desk:confine": {"number": of.people["W"].pk},
        "newsroom_desk:policy_begin": {"edition": of.edition.pk, "kind": "terms"},
        **{f"newsroom_desk:{one}": {"number": of.policy} for one in ("policy", "policy_preview", "policy_discard")},
        "newsroom_desk:correction_note": {"number": of.note},
        "moderation_pick": {"number": of.held.pk}, "moderation_badge": {"user_id": of.x.public_id},
        **{key: {"number": of.article.pk} for key in ("moderation_discussion", "notifications_push_write")},
        **{key: {"push": 9} for key in ("notifications_push_confirm", "notifications_push_recall")},
        **newsletter_words(of.issue),
        **{f"moderation_{one}": {"number": 9} for one in ("rule", "rule_remove", "duty", "duty_remove", "shield_lift", "standards_looked")},
        **{f"moderation_standards_{one}": {"edition": of.edition.pk} for one in (
            "versions", "begin", "draft", "new", "file", "discard", "try", "shadow", "switch")},
        **{f"moderation_standards_{one}": {"edition": of.edition.pk, "number": 1} for one in ("version", "back", "trial", "cancel")},
        **{f"moderation_standards_{one}": {"edition": of.edition.pk, "code": "INSULT"} for one in ("clause", "remove", "learn")},
        **{key: {"pk": 1} for key in ("mfa_remove_webauthn", "mfa_edit_webauthn")},
        **{key: {"token": "nonsense"} for key in (
            "unsubscribe", "login_link", "account_restore", "letter_confirm", "subscribe_confirm", "subscriptions_by_link")},
        "account_confirm_email": {"key": "nonsense"}, "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
        **{key: {"key": "nonsense"} for key in ("social_registration", "social_have_account", "social_new_account", "social_picture")},
        **{key: {"provider_id": "nonsense"} for key in ("openid_connect_login", "openid_connect_callback")},
    }  # fmt: skip
    return reverse(bare, kwargs=filled.get(bare, {}))


SENT: dict[str, dict[str, str]] = {
    "comment_write": {"text": PLAIN, "do": "post"}, "comment_edit": {"text": PLAIN, "do": "post"},
    "comment_report": {"clause": "INSULT"}, "letter_write": {"asks": "unlock_access", "text": "Let me in."},
    "moderation_decide": {"action": "skip"}, "moderation_annul": {"reason": "Wrong."},
    "account_logout": {"none": ""}, "account_delete": {"none": ""},
}  # fmt: skip


def sent_to(name: str, of: SimpleNamespace) -> dict[str, str]:
    """Return what is sent to the address."""
    about = {"article": str(of.article.pk)} if name == "moderation_shield" else {}
    return {**SENT.get(name.partition(" ")[0], {}), **about, "key": str(uuid4())}


def got(answer: Any) -> str:
    """Return what somebody got, in a sign of the table."""
    status, to = answer.status_code, answer.headers.get("Location", "")
    if status == 404:
        return "."
    if status == 405:
        return "-"
    if status in {301, 302} and to.partition("?")[0].endswith("/accounts/login/"):
        return "L"
    if status in {400, 401, 403, 409, 410, 422, 429} or to == "/editor/":
        return "n"
    assert status in {200, 301, 302}, status
    return "y"


FITS = {"k": {"y"}, "r": set(".yn-L"), "N": set("n."), "y": {"y"}, "n": {"n"}, ".": {"."}, "-": {"-"}, "L": {"L"}}
# Words that stand in nobody's pages but these persons': their own, and of those who decide about them.
SECRETS = {
    "Secretheld": "AMC", "Secretreport": "AMC", "Secretreason": "AMC", "Secretblock": "XMC", "Secretletter": "XMC",
    "Secretnote": "MC", "Secretdoubt": "MC", "Secretwrong": "AC", "Secretpolicy": "C", "Secretissue": "C", "Secretdraft": "WC",
    "a-secretaddress": "A", "b-secretaddress": "B", "x-secretaddress": "X",
}  # fmt: skip


def browsers(things: SimpleNamespace, **options: Any) -> dict[str, Callable[[], Client]]:
    """Return for each role a function that opens a browser in which its person is logged in."""
    seats = {role: seated(person).cookies for role, person in things.people.items()}

    def opened(role: str) -> Client:
        client = Client(**options)
        client.cookies = copy.deepcopy(seats.get(role, client.cookies))
        return client

    return {role: partial(opened, role) for role in ROLES}


def leaks(answer: Any, role: str, name: str = "") -> list[str]:
    if answer.streaming or (name, role) == ("moderation_account", "O"):
        return []  # an account is shown whole to whoever moderates anywhere: a sanction holds everywhere
    text = answer.content.decode(errors="replace")
    return [word for word, whose in SECRETS.items() if word in text and role not in whose]


def test_every_address_is_in_the_table():
    unknown = set()
    for route, name, one in patterns(get_resolver()):
        if name in ADDRESSES or (route.startswith("editor/") and not route.startswith(OWN)):
            continue
        if name or one.callback.__module__.rpartition(".")[2] not in PUBLIC:
            unknown.add(f"{name} {route}")
    assert not unknown, f"say in ADDRESSES who may open {sorted(unknown)}"


@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_at_what_is_anothers(things, method):
    wrong = []
    everybody = browsers(things)
    for name, table in ADDRESSES.items():
        path = where(name, things)
        for role, expected in zip(ROLES, table[method == "post"], strict=True):
            cache.clear()
            before = FactRecord.objects.count(), AuditEntry.objects.count()
            with transaction.atomic():
                sent = sent_to(name, things) if method == "post" else {}
                answer = getattr(everybody[role](), method)(path, sent)
                told = leaks(answer, role, name)
                written = before != (FactRecord.objects.count(), AuditEntry.objects.count())
                transaction.set_rollback(True)
            sign = got(answer)
            if sign not in FITS[expected]:
                wrong.append(f"{method} {name} by {role}: {sign} ({answer.status_code}), not {expected}")
            if told:
                wrong.append(f"{method} {name} by {role} tells {told}")
            if written and (sign in ".L-" or expected == "k"):
                wrong.append(f"{method} {name} by {role} was refused and wrote")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_what_isnt_public_stands_on_no_public_page(things):
    """Everybody's pages of an article, and those that a draft would have."""
    public, draft = things.article, things.draft
    path, number = path_of(public), f"{draft.public_id:010d}"
    for role, opened in browsers(things).items():
        browser = opened()
        for at in (
            "/", path, f"{path}discussion/oldest/", f"{path}discussion/newest/{things.held.pk}/", f"{path}discussion/discussed/9.9/",
            f"/live/{public.public_id:010d}/since/0/", f"/live/{public.public_id:010d}/comments/since/0/", "/search/?q=secretdraft",
            "/search/suggest/?q=secret", "/feeds/rss.xml", "/feeds/feed.json", "/sitemap/en/1.xml", "/all-news/", "/me/",
            f"/me/discussion/{public.pk}/", "/corrections/",
        ):  # fmt: skip
            told = leaks(browser.get(at), role)
            # A's own comment that waits is A's alone, and in a fragment of their own.
            assert not told or (at.startswith("/me/") and role == "A"), f"{at} tells {role} of {told}"
        for at in (f"/world/20261129{number}/", f"/s/new/{number}", f"/embed/{number}/0/", f"/live/{number}/since/0/"):
            assert browser.get(at).status_code in {301, 404}, at
            assert not leaks(browser.get(at, follow=True), role)


@pytest.mark.slow
def test_wagtails_own_pages_are_not_there_for_readers_and_tell_moderators_nothing_of_them(things):
    everybody = browsers(things)
    count = 0
    for route, _name, _one in patterns(get_resolver()):
        if not route.startswith("editor/") or route.startswith(OWN) or "(?P" in route:
            continue
        path = "/" + re.sub(r"<(?:\w+:)?\w+>", "1", route)
        count += 1
        assert got(everybody["V"]().get(path)) == "L", path
        assert got(everybody["B"]().get(path)) == ".", path
        if "<" not in route and "logout" not in route and "failwhale" not in route:
            with transaction.atomic():
                for role in "MW":
                    assert not leaks(everybody[role]().get(path), role), f"{path} by {role}"
                transaction.set_rollback(True)
    assert count > 100


@pytest.mark.slow
def test_without_a_token_of_the_page_nothing_is_sent(things):
    """What is sent from a foreign page, in the session of whoever may send it, is refused everywhere."""
    strict = browsers(things, enforce_csrf_checks=True)
    wrong = []
    for name, (_get, post) in ADDRESSES.items():
        role = next((one for one, may in zip(ROLES, post, strict=True) if may in "ynr" and one != "V"), None)
        if role is not None:
            answer = strict[role]().post(where(name, things), SENT.get(name, {}))
            if answer.status_code not in {403, 404} and not name.startswith(("unsubscribe", "apple_callback")):
                wrong.append(f"{name} by {role}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
