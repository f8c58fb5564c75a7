"""The desk's policies: a new version from the last, its preview, its publication; closed to all but chiefs."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.draft_policy import begin_policy
from broadsheet.newsroom.models import PolicyVersion
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.newsroom.queries.policies import current
from tests.factories.newsroom import make_edition
from tests.factories.policies import make_version

pytestmark = [pytest.mark.row("ACC-09"), pytest.mark.django_db]
LIST = "/editor/desk/policies/"


@pytest.fixture
def edition(db):
    return make_edition(privacy_address="privacy@tide.example")


def begun(client, edition, kind="privacy"):
    return client.post(f"{LIST}{edition.pk}/{kind}/begin/")["Location"]


def values(**other):
    return {
        "title": "Privacy",
        "text": "We are {brand}.",
        "what_changed": "All.",
        "why": "Law.",
        "effective_at": "",
        **other,
    }


def test_a_chief_begins_previews_and_publishes_a_version(enter, edition):
    chief = enter("Chiefs")
    assert "Nothing is published yet." in chief.get(LIST).content.decode()
    form = begun(chief, edition)
    assert "{brand}" in chief.get(form).content.decode()
    preview = chief.post(form, values())["Location"]
    page = BeautifulSoup(chief.get(preview).content, "lxml")
    assert "We are The Paper en." in page.get_text()
    assert current(edition.pk, "privacy", clock.now()) is None, "looking publishes nothing"
    chief.post(preview, {"seen": page.select_one("[name=seen]")["value"]})
    found = current(edition.pk, "privacy", clock.now())
    assert found.text == "We are The Paper en.\n"
    assert PolicyVersion.objects.get().published_by == chief.reader
    again = begun(chief, edition)
    chief.post(again, values(text="We were {brand}."))
    shown = BeautifulSoup(chief.get(f"{again}preview/").content, "lxml")
    assert shown.select_one(".desk-differences ins").get_text().strip() == "were"
    assert shown.select_one(".desk-differences del").get_text().strip() == "are"


def test_a_preview_says_what_stands_against_publishing_and_offers_no_button(enter, edition):
    chief = enter("Chiefs")
    form = begun(chief, edition)
    preview = chief.post(form, values(why=""))["Location"]
    page = BeautifulSoup(chief.get(preview).content, "lxml")
    assert "what changed and why" in page.get_text()
    assert not page.select("[name=seen]")
    chief.post(preview, {"seen": ""})
    chief.post(preview)
    assert current(edition.pk, "privacy", clock.now()) is None


def test_the_standards_are_written_from_the_rulebook(enter, edition):
    chief = enter("Chiefs")
    form = begun(chief, edition, "standards")
    assert not BeautifulSoup(chief.get(form).content, "lxml").select("[name=text]")
    preview = chief.post(form, values(title="Standards"))["Location"]
    page = BeautifulSoup(chief.get(preview).content, "lxml")
    assert "(HATE)" in page.get_text()
    chief.post(preview, {"seen": page.select_one("[name=seen]")["value"]})
    assert PolicyVersion.objects.get().rulebook_version == 1


@pytest.mark.parametrize("role", ["Authors", "Editors"])
def test_others_of_the_newsroom_neither_see_nor_write_policies(enter, edition, role):
    draft = begin_policy(edition_id=edition.pk, kind="privacy")
    other = enter(role)
    assert LIST not in other.get("/editor/").content.decode()
    for path in (LIST, f"{LIST}{draft.pk}/", f"{LIST}{draft.pk}/preview/"):
        assert other.get(path, follow=True).redirect_chain or other.get(path).status_code == 403
    for path in (f"{edition.pk}/terms/begin/", f"{draft.pk}/", f"{draft.pk}/preview/", f"{draft.pk}/discard/"):
        other.post(f"{LIST}{path}", values(seen="unseen"))
    draft.refresh_from_db()
    assert draft.published_at is None
    assert draft.text != values()["text"]
    assert PolicyVersion.objects.count() == 1
    assert Client().post(f"{LIST}{draft.pk}/discard/").status_code in {302, 403, 404}
    assert PolicyVersion.objects.count() == 1


def test_an_edition_with_published_policies_is_not_deleted(enter, edition):
    operator = enter()
    begin_policy(edition_id=edition.pk, kind="terms")
    form = begun(operator, edition)
    preview = operator.post(form, values())["Location"]
    page = BeautifulSoup(operator.get(preview).content, "lxml")
    operator.post(preview, {"seen": page.select_one("[name=seen]")["value"]})
    answer = operator.post(f"/editor/pages/{edition.pk}/delete/", follow=True)
    assert "they prove what was agreed" in answer.content.decode()
    assert type(edition).objects.filter(pk=edition.pk).exists()


def test_each_time_is_that_of_its_edition_and_names_the_zone(enter, edition):
    french = make_edition("fr", name="La Marée", at_root=False, time_zone="Europe/Paris")
    at = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    edition.time_zone, edition.zone_label = "Asia/Tokyo", ""
    edition.save()
    french.zone_label = "heure de Paris"
    french.save()
    for each in (edition, french):
        make_version(each, at=at)
    forget_editions()
    chief = enter("Chiefs")
    page = " ".join(BeautifulSoup(chief.get(LIST).content, "lxml").get_text(" ").split())
    assert "in force since 1 Jul 2026, 21:00 (Asia/Tokyo)" in page
    assert "in force since 1 Jul 2026, 14:00 (heure de Paris)" in page
    form = begun(chief, french)
    assert "heure de Paris" in chief.get(form).content.decode()
    shown = chief.post(form, values(effective_at="2126-07-01 14:00"), follow=True).content.decode()
    assert "In force from 1 Jul 2126, 14:00 (heure de Paris)" in shown
