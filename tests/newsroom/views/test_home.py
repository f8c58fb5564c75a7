"""The desk's home, and what a page asks when a log-in has ended (ART-13)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.roles import give_role
from broadsheet.newsroom.conf import EDITORS, Role
from broadsheet.newsroom.queries.desk_home import desk_home
from tests.factories import newsroom as make
from tests.newsroom.wagtail_hooks.test_desk import add_url, edit_url, form

pytestmark = [pytest.mark.row("ART-13"), pytest.mark.django_db]


def titles(items) -> list[str]:
    return [item.title for item in items]


def test_each_list_holds_what_its_heading_says(enter):
    section = make.make_section()
    author, editor = enter("Authors"), enter(EDITORS)
    make.make_draft(section, "Mine", user=author.reader)
    make.make_draft(section, "Another's", user=editor.reader)
    make.make_article(section, "Out")
    author.post(add_url(section), {**form("For approval"), "action-submit": "1"})
    later = make.make_draft(section, "Tomorrow")
    at = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    editor.post(edit_url(later), {**form("Tomorrow", go_live_at=at, expire_at=""), "action-publish": "1"})
    of_author, of_editor = desk_home(author.reader), desk_home(editor.reader)
    assert set(titles(of_author.mine)) == {"Mine", "For approval"}
    assert titles(of_author.waiting) == []
    assert titles(of_author.sent) == ["For approval"]
    assert titles(of_editor.waiting) == ["For approval"]
    assert titles(of_editor.scheduled) == ["Tomorrow"]
    assert titles(of_editor.published) == ["Out"]


def test_the_state_of_a_front_and_a_layout_to_come(desk):
    edition = make.make_section().edition
    make.make_edition("fr", at_root=False)
    front = next(front for front in desk_home(desk.reader).fronts if front.edition.code == "en")
    assert (front.may_lay_out, front.may_write, front.due) == (True, True, None)
    edition = type(edition).objects.get(pk=edition.pk)
    edition.go_live_at = clock.now() + timedelta(hours=5)
    edition.save_revision().publish()
    front = next(front for front in desk_home(desk.reader).fronts if front.edition.code == "en")
    assert front.due == edition.go_live_at
    assert [item.is_layout for item in desk_home(desk.reader).scheduled] == [True]


def test_nothing_of_other_sections_is_shown_to_an_editor_of_one(enter):
    sport = make.make_section(slug="sport")
    world = make.make_section(sport.edition, "world")
    editor = enter(EDITORS)
    give_role(user=editor.reader, role=Role.SECTION_EDITOR, sections=[sport])
    make.make_article(world, "Elsewhere")
    make.make_article(sport, "Here")
    home = desk_home(editor.reader)
    assert titles(home.published) == ["Here"]
    assert [(front.may_lay_out, front.may_write) for front in home.fronts] == [(False, True)]


def test_the_home_costs_the_same_however_many_articles(desk, django_assert_max_num_queries):
    section = make.make_section()
    for number in range(3):
        make.make_article(section, f"Story {number}")
        make.make_draft(section, user=desk.reader)
    desk.get("/editor/")
    with django_assert_max_num_queries(40):
        desk.get("/editor/")


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ["Nouvel article", "Mes brouillons", "En attente de votre approbation"]),
     ("ar", ["مقالة جديدة", "مسوداتي", "بانتظار موافقتك", 'dir="rtl"'])],
)  # fmt: skip
def test_the_home_speaks_the_editors_language(desk, language, words):
    make.make_section()
    desk.cookies["django_language"] = language
    profile = desk.reader.wagtail_userprofile if hasattr(desk.reader, "wagtail_userprofile") else None
    from wagtail.users.models import UserProfile

    profile = profile or UserProfile.get_for_user(desk.reader)
    profile.preferred_language = language
    profile.save()
    page = desk.get("/editor/").content.decode()
    for word in words:
        assert word in page
    for english in ("My drafts", "New article", "Nothing is scheduled", "Wagtail CMS"):
        assert english not in page


def test_a_script_is_told_that_the_log_in_has_ended(desk):
    draft = make.make_draft()
    url = reverse("newsroom_desk:here")
    assert desk.get(url, headers={"Accept": "application/json"}).json()["person"] == desk.reader.pk
    stranger = Client()
    for address in (url, edit_url(draft)):
        response = stranger.post(address, form("Lost?"), headers={"Accept": "application/json"})
        assert response.status_code == 401
        assert response.json()["error_message"] == "You are no longer logged in."
    assert stranger.get(edit_url(draft)).status_code == 302
    assert Page.objects.get(pk=draft.pk).title != "Lost?"


def test_refusals_speak_the_editors_language(desk):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(desk.reader)
    profile.preferred_language = "fr"
    profile.save()
    draft = make.make_draft()
    url = reverse("newsroom_desk:mark", args=[draft.pk])
    response = desk.post(url, {"key": "nowhere", "words": "x"}, follow=True)
    assert "Rien n’a été marqué." in response.content.decode()
