"""Versions of policies: written, published once, never changed, known to everybody at once."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.newsroom.actions.draft_policy import begin_missing_policies, begin_policy, update_policy_draft
from broadsheet.newsroom.actions.policies_in_force import announce_policies_in_force
from broadsheet.newsroom.actions.publish_policy import publish_first_policies, publish_policy
from broadsheet.newsroom.models import PolicyVersion
from broadsheet.newsroom.queries.editions import edition_by_code
from broadsheet.newsroom.queries.policies import current, current_by_code, history, upcoming, version
from broadsheet.newsroom.queries.policy_drafts import previewed, shipped_policy
from broadsheet.newsroom.queries.policy_names import policy_names
from broadsheet.newsroom.rules.policy_text import digest, unknown_variables
from broadsheet.notifications.conf import KEEP_MESSAGES
from broadsheet.readers.actions import forget_unconfirmed
from broadsheet.readers.actions.accept_policy import accept
from broadsheet.readers.conf import KNOWN_DEVICE_AGE, LINK_HOURS, LONGEST_NOBODYS_SESSION, LONGEST_SESSION
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.acceptances import gate_for
from tests.at_once import at_once
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("ACC-09"), pytest.mark.django_db]
DAY = timedelta(days=1)
LANGUAGES = ("en", "fr", "ar")


@pytest.fixture
def edition(db):
    return make_edition(brand="The Tide Press", privacy_address="privacy@tide.example", postal_address="1 Quay")


def drafted(edition, text, *, at=None, kind="privacy"):
    draft = begin_policy(edition_id=edition.pk, kind=kind)
    return update_policy_draft(
        draft=draft, title="Privacy", text=text, what_changed="Much.", why="Law.", effective_at=at
    )


def published(edition, text, *, at=None):
    return publish_policy(draft=drafted(edition, text, at=at), now=clock.now())


def test_a_version_says_for_ever_what_its_names_stood_for_when_it_was_published(edition):
    published(edition, "We are {brand}.")
    edition.refresh_from_db()
    edition.brand = "Another House"
    edition.save()
    found = current_by_code("en", "privacy", clock.now())
    assert found.text == "We are The Tide Press.\n"
    assert found.digest == digest(found.text)
    assert begin_policy(edition_id=edition.pk, kind="privacy").text == "We are {brand}."


@pytest.mark.parametrize(
    "change",
    [{"text": "Else."}, {"why": "Else."}, {"digest": "0" * 64}, {"number": 9}, {"published_at": None, "digest": ""},
     {"effective_at": clock.now()}, {"names": {}}, {"title": "Else"}],
)  # fmt: skip
def test_the_database_lets_nobody_change_a_published_version(edition, change):
    row = published(edition, "Words.")
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyVersion.objects.filter(pk=row.pk).update(**change)
    row.text = "Else."
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    with pytest.raises(Refused):
        row.delete()
    with pytest.raises(Refused):
        drafted_again = PolicyVersion.objects.get(pk=row.pk)
        publish_policy(draft=drafted_again, now=clock.now())
    assert version(edition.pk, "privacy", 1).text == "Words.\n"


@pytest.mark.parametrize(
    "changed",
    [{"text": "Others."}, {"title": "Another"}, {"what_changed": "All."}, {"why": "So."}, {"effective_at": clock.now() + DAY}],
)  # fmt: skip
def test_what_was_not_seen_is_not_published(edition, changed):
    draft = drafted(edition, "Words.")
    seen = previewed(draft, clock.now()).seal
    first = {name: getattr(draft, name) for name in ("title", "text", "what_changed", "why", "effective_at")}
    with pytest.raises(Refused) as refused:
        publish_policy(draft=update_policy_draft(draft=draft, **{**first, **changed}), now=clock.now(), seen=seen)
    assert refused.value.refusal.code == "policy-edited"
    assert current(edition.pk, "privacy", clock.now()) is None
    publish_policy(draft=update_policy_draft(draft=draft, **first), now=clock.now(), seen=seen)
    assert current(edition.pk, "privacy", clock.now()).number == 1


def test_a_version_for_later_is_announced_and_takes_effect_at_its_time(edition, announced):
    published(edition, "First.")
    later = clock.now() + DAY
    published(edition, "Second.", at=later)
    assert "PolicyPublished" in announced()
    assert current(edition.pk, "privacy", clock.now()).number == 1
    assert upcoming(edition.pk, "privacy", clock.now()).number == 2
    assert current(edition.pk, "privacy", later - timedelta(microseconds=1)).number == 1
    assert current(edition.pk, "privacy", later).number == 2
    assert announce_policies_in_force(now=later - timedelta(microseconds=1)) == 0
    assert announce_policies_in_force(now=later) == 1
    assert announce_policies_in_force(now=later + DAY) == 0
    assert announced() == ["PolicyTookEffect"]
    assert [one.number for one in history(edition.pk, "privacy")] == [2, 1]


def test_publishing_drops_every_page_of_the_edition(edition):
    published(edition, "Words.")
    assert f"edition:{edition.pk}" in FactRecord.objects.filter(name="PolicyPublished").latest("pk").keys


def test_one_draft_at_a_time(edition):
    first = begin_policy(edition_id=edition.pk, kind="terms")
    assert begin_policy(edition_id=edition.pk, kind="terms").pk == first.pk


@pytest.mark.row("PAGE-01")
def test_the_process_that_publishes_links_the_policies_at_once(edition, django_capture_on_commit_callbacks):
    assert edition_by_code("en").policies == ()  # remembered from here on
    with django_capture_on_commit_callbacks(execute=True):
        assert publish_first_policies(edition_id=edition.pk, now=clock.now()) == []
    assert edition_by_code("en").policies == ("privacy", "terms", "standards")


@pytest.mark.row("ACC-08")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["privacy", "terms"])
def test_the_shipped_texts_are_whole_and_name_only_what_there_is(db, language, kind):
    view = current_view(
        make_edition(language, privacy_address="p@tide.example", minimum_age=16, postal_address="1 Quay")
    )
    found = shipped_policy(language, kind)
    assert found["title"]
    assert found["what_changed"]
    assert found["why"]
    assert unknown_variables(found["text"], policy_names(view)) == []
    words = current_by_code(language, kind, clock.now()).text
    assert "{" not in words
    assert "p@tide.example" in words
    assert "1 Quay" in words
    if kind == "privacy":  # GDPR art. 13 and 22: each must be said in every language
        for article in ("15", "16", "17", "18", "20", "21", "22", "77"):
            assert article in words
        assert words.count("\n## ") == shipped_policy("en", kind)["text"].count("\n## ")
        assert words.count("\n- ") == shipped_policy("en", kind)["text"].count("\n- ")
    else:
        assert "16" in words


# What the policies promise in numbers, in the words of each language.
PROMISES = {
    "en": ("three days at most", "half an hour at most", "after a week", "for 90 days", "30 days at most", "180 days"),
    "fr": ("trois jours au plus", "demi-heure au plus", "après une semaine", "pendant 90 jours", "30 jours au plus", "180 jours"),
    "ar": ("وثلاثة أيام على الأكثر", "نصف ساعة على الأكثر", "بعد أسبوع", "مدة 90 يومًا", "30 يومًا على الأكثر", "180 يومًا"),
}  # fmt: skip


@pytest.mark.row("ACC-08")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_privacy_policy_promises_in_numbers_is_kept(language):
    text = re.sub(r"[\u00a0\u202f]", " ", shipped_policy(language, "privacy")["text"])
    for words in PROMISES[language]:
        assert words in text
    assert settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS == 3
    assert timedelta(hours=LINK_HOURS) <= timedelta(days=3)
    assert timedelta(minutes=30) == LONGEST_NOBODYS_SESSION
    assert timedelta(days=7) == forget_unconfirmed.KEEP
    assert timedelta(days=90) == KEEP_MESSAGES
    assert timedelta(days=30) == LONGEST_SESSION
    assert timedelta(days=180) == KNOWN_DEVICE_AGE


def current_view(page):
    assert publish_first_policies(edition_id=page.pk, now=clock.now()) == []
    return edition_by_code(page.code)


def test_an_older_paper_gets_drafts_and_nothing_in_its_name_is_published(edition):
    assert begin_missing_policies() == 3
    assert begin_missing_policies() == 0
    assert PolicyVersion.objects.filter(published_at__isnull=False).count() == 0


def test_without_an_address_nothing_is_published(db):
    bare = make_edition()
    faults = publish_first_policies(edition_id=bare.pk, now=clock.now())
    assert len(faults) == 3
    assert not PolicyVersion.objects.filter(published_at__isnull=False).exists()


@pytest.mark.row("ACC-08")
@pytest.mark.django_db(transaction=True)
def test_a_version_published_while_fifty_ask_stands_before_each_at_their_next_question(transactional_db):
    edition = make_edition(privacy_address="p@tide.example")
    published(edition, "First.")
    readers = [Reader.objects.create(email=f"r{number}@reader.example") for number in range(50)]
    for reader in readers:
        accept(reader_id=reader.pk, edition_code="en", number=1, now=clock.now())
    draft = drafted(edition, "Second.")
    done = []

    def publish():
        publish_policy(draft=draft, now=clock.now())
        done.append(True)

    def asks(reader):
        known = bool(done)
        found = gate_for(reader_id=reader.pk, edition_code="en", now=clock.now())
        return known, found.number if found else None

    answers = at_once(publish, *[lambda reader=reader: asks(reader) for reader in readers])[1:]
    assert all(number == 2 or (number is None and not known) for known, number in answers)
    assert {asks(reader)[1] for reader in readers} == {2}
