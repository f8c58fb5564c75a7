"""Readers are told of a policy's new version, each once, whatever is killed (ACC-09, DSA art. 14(2))."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.newsroom.actions.draft_policy import begin_policy, update_policy_draft
from broadsheet.newsroom.actions.policies_in_force import announce_policies_in_force
from broadsheet.newsroom.actions.publish_policy import publish_policy
from broadsheet.newsroom.models import EditionPage
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.notifications.actions.tell_of_policy import tell_more, tell_portion
from broadsheet.notifications.handlers.policies import tell as hear
from broadsheet.notifications.models import Message, Notice, State, Telling, Unsubscribed
from broadsheet.readers.actions.accept_policy import accept_at_entrance
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.choices import wants_mail
from tests.at_once import at_once
from tests.factories.accounts import make_reader
from tests.factories.newsroom import make_edition
from tests.factories.policies import make_version
from tests.notifications.sending import child, kill, send

pytestmark = [pytest.mark.row("ACC-09", "NOT-03"), pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
WANTED = {"policies": True}


@pytest.fixture
def edition(paper) -> EditionPage:
    edition = EditionPage.objects.get()
    for kind in ("privacy", "terms"):
        make_version(edition, kind, at=clock.now() - 9 * DAY, title=f"Our {kind}")
    return edition


def accepting(**fields: object) -> Reader:
    """Return a reader who has registered at the edition."""
    reader = make_reader(**fields)
    accept_at_entrance(reader_id=reader.pk, edition="en", way="registration", now=clock.now())
    return reader


def publish(edition: EditionPage, kind: str = "privacy", *, after: timedelta | None = None):
    draft = begin_policy(edition_id=edition.pk, kind=kind)
    at = clock.now() + after if after else None
    draft = update_policy_draft(
        draft=draft, title=f"Our {kind}", text=f"Words of {draft.number}.", what_changed="We <keep> less & say so.",
        why="The law asks for it.", effective_at=at,
    )  # fmt: skip
    published = publish_policy(draft=draft, now=clock.now())
    deliver_due()
    return published


def told() -> list[int]:
    return sorted(Notice.objects.values_list("reader_id", flat=True))


def test_who_accepted_an_earlier_version_finds_a_notice_that_leads_to_what_changed(edition):
    reader, stranger = accepting(), make_reader()
    version = publish(edition)
    assert tell_more() == 1
    notice = Notice.objects.get()
    assert (notice.reader_id, notice.path) == (reader.pk, "/privacy/2/since/1/")
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)
    page = client.get("/accounts/notices/").content.decode()
    assert "The Privacy Policy of" in page
    assert f"in force from {version.effective_at:%-d %B %Y}" in page
    assert "Words of 2." in Client(headers={"host": "localhost"}).get(notice.path).content.decode()
    client.force_login(stranger)
    assert "Privacy Policy of" not in client.get("/accounts/notices/").content.decode()
    assert Message.objects.count() == 0, "no mail to who didn't choose it"


def test_the_difference_is_that_from_the_version_which_this_reader_accepted_last(edition):
    early = accepting()
    publish(edition)
    late = accepting()
    publish(edition)
    tell_more()
    paths = dict(Notice.objects.filter(path__startswith="/privacy/3/").values_list("reader_id", "path"))
    assert paths == {early.pk: "/privacy/3/since/1/", late.pk: "/privacy/3/since/2/"}


def test_a_first_version_and_another_edition_or_kind_tell_nobody(edition):
    french = make_edition("fr", name="Le Courrier", at_root=False)
    accepting()
    publish(edition, "standards")
    make_version(french, "privacy", at=clock.now() - DAY)
    publish(french, "privacy")
    tell_more()
    assert told() == []
    assert Telling.objects.filter(ended_at__isnull=True).count() == 0


def test_deleted_accounts_and_those_who_have_accepted_it_are_told_nothing(edition):
    gone, quick, other = accepting(), accepting(), accepting()
    Reader.objects.filter(pk=gone.pk).update(is_active=False, choices=WANTED)
    publish(edition, "terms")
    accept_at_entrance(reader_id=quick.pk, edition="en", way="login", now=clock.now())
    tell_more()
    assert told() == [other.pk]
    assert Message.objects.count() == 0


def test_a_version_of_a_far_day_is_told_at_once_and_once_and_to_who_comes_meanwhile(edition):
    early = accepting(choices=WANTED)
    version = publish(edition, after=30 * DAY)
    tell_more()
    assert told() == [early.pk]
    between = accepting(choices=WANTED)
    Notice.objects.all().delete()  # what was seen long ago is pruned, its key with it
    assert announce_policies_in_force(now=version.effective_at + DAY)
    deliver_due()
    tell_more()
    assert told() == [between.pk]
    assert Message.objects.count() == 2


def test_who_chose_it_gets_a_mail_with_what_why_since_when_and_a_way_out(edition, paper):
    reader = accepting(email="ada@reader.example", display_name="Ada & Co", choices=WANTED)
    version = publish(edition, after=3 * DAY)
    tell_more()
    send()
    (mail,) = paper.mails
    day = f"{version.effective_at:%-d %B %Y}"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Privacy Policy" in mail["Subject"]
    assert day in mail["Subject"]
    for part, said in ((text, "We <keep> less & say so."), (html, "We &lt;keep&gt; less &amp; say so.")):
        assert said in part
        assert "The law asks for it." in part
        assert day in part
        assert "http://localhost/privacy/2/since/1/" in re.sub(r"localhost:\d+", "localhost", part)
    assert "Hello, \u2068Ada & Co\u2069!" in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.search(r"<https?://[^/]+(/[^>]+)>", mail["List-Unsubscribe"])[1]
    assert Client(headers={"host": "localhost"}).post(address).status_code == 200
    assert not wants_mail(reader.pk, "policies"), "the profile says the same as the link"
    assert Unsubscribed.objects.count() == 0
    publish(edition, after=4 * DAY)
    tell_more()
    assert Message.objects.count() == 1


def test_the_mail_is_in_the_readers_language(edition, paper):
    make_edition("ar", name="الساعي", at_root=False)
    accepting(language="ar", choices=WANTED)
    publish(edition)
    tell_more()
    send()
    html = paper.mails[0].get_body(("html",)).get_content()
    assert '<html lang="ar" dir="rtl">' in html
    assert '<p lang="en" dir="auto">We &lt;keep&gt;' in html


@pytest.mark.parametrize(
    "change",
    [{"choices": {}}, {"is_active": False}, {"email": "unconfirmed@reader.example"}],
)
def test_a_mail_whose_reader_left_or_chose_otherwise_meanwhile_is_dropped(edition, paper, change):
    reader = accepting(choices=WANTED)
    publish(edition)
    tell_more()
    Reader.objects.filter(pk=reader.pk).update(**change)
    send()
    assert (Message.objects.get().state, paper.mails) == (State.DROPPED, [])


def test_a_fact_heard_again_tells_nobody_again(edition):
    accepting(choices=WANTED)
    version = publish(edition)
    tell_more()
    hear(type("Heard", (), {"edition_id": edition.pk, "kind": "privacy", "number": version.number}))
    tell_more()
    Telling.objects.update(after=0, ended_at=None)
    tell_more()
    assert (Notice.objects.count(), Message.objects.count()) == (1, 1)


def test_two_processes_at_one_portion_tell_it_once(edition):
    readers = [accepting() for _number in range(9)]
    publish(edition)
    counts: list[int] = []
    held = [Telling.objects.get(), Telling.objects.get()]
    at_once(*[lambda telling=telling: counts.append(tell_portion(telling=telling, size=5)) for telling in held])
    assert sorted(counts) == [0, 5]
    assert held[0].after == held[1].after == readers[4].pk
    tell_more()
    assert told() == [reader.pk for reader in readers]


def test_killed_again_and_again_it_goes_on_where_it_was(edition):
    readers = [accepting(choices=WANTED) for _number in range(40)]
    publish(edition)

    def tell_slowly() -> None:
        while Telling.objects.filter(ended_at__isnull=True).exists():
            tell_portion(telling=Telling.objects.get(), size=3)

    for _kill in range(5):
        before = Notice.objects.count()
        process = child(tell_slowly)
        while Notice.objects.count() == before < len(readers):
            pass
        kill(process)
    tell_more()
    assert told() == [reader.pk for reader in readers]
    assert Message.objects.count() == len(readers)
    assert Telling.objects.get().ended_at is not None


def test_an_edition_that_is_no_longer_public_ends_it(edition):
    accepting()
    publish(edition)
    edition.live = False
    edition.save()
    forget_editions()
    assert tell_more() == 0
    assert Telling.objects.get().ended_at is not None
