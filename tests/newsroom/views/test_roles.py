"""An editor of some sections: what they may do there, and everything else tried from the wrong side (ART-13)."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.roles import give_role, section_group
from broadsheet.newsroom.conf import EDITORS, Role
from broadsheet.newsroom.models import ArticlePage, SectionPage, Tag
from tests.factories import newsroom as make
from tests.newsroom.wagtail_hooks.test_desk import add_url, edit_url, form

pytestmark = [pytest.mark.row("ART-13"), pytest.mark.django_db]


@pytest.fixture
def sport():
    """Sport in the French edition, beside its economy, and an English edition with a section of its own."""
    return make.make_section(make.make_edition("fr", at_root=False), "sport", name="Sport")


@pytest.fixture
def economy(sport):
    return make.make_section(sport.edition, "economie", name="Économie")


@pytest.fixture
def world(sport):
    return make.make_section(make.make_edition("en"), "world", name="World")


@pytest.fixture
def confined(enter, sport, economy, world):
    """The desk of somebody confined to French sport."""
    client = enter(EDITORS, "colette@paper.example")
    give_role(user=client.reader, role=Role.SECTION_EDITOR, sections=[sport])
    return client


def refused(response) -> bool:
    """Return whether nothing was shown or done: the desk leads home with a message, or says no."""
    return response.status_code in {302, 403, 404, 405}


def as_stored() -> list:
    """Return everything about pages that a forbidden request could have changed."""
    return list(Page.objects.order_by("pk").values_list("pk", "path", "title", "live", "locked", "latest_revision_id"))


def test_writing_publishing_and_withdrawing_in_ones_own_section(confined, sport):
    confined.post(add_url(sport), {**form("Written here"), "action-publish": "1"})
    article = ArticlePage.objects.get()
    assert article.live
    assert article.section_id == sport.pk
    confined.post(edit_url(article), {**form("Changed here"), "action-publish": "1"})
    article.refresh_from_db()
    assert article.title == "Changed here"
    confined.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    article.refresh_from_db()
    assert not article.live


def test_what_others_wrote_in_ones_section_is_approved_by_its_editor_only(confined, enter, sport, economy):
    author = enter("Authors")
    here, there = None, None
    author.post(add_url(sport), {**form("Ours"), "action-submit": "1"})
    author.post(add_url(economy), {**form("Theirs"), "action-submit": "1"})
    here, there = ArticlePage.objects.get(title="Ours"), ArticlePage.objects.get(title="Theirs")
    for article in (here, there):
        task = article.current_workflow_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task.pk])
        confined.post(url, {"comment": ""})
        author.post(url, {"comment": ""})
        article.refresh_from_db()
    assert here.live
    assert not there.live
    home = confined.get("/editor/").content.decode()
    assert "Theirs" not in home


def test_other_sections_and_editions_stay_closed(confined, economy, world):
    for section in (economy, world):
        draft, public = make.make_draft(section), make.make_article(section)
        before = as_stored()
        assert refused(confined.get(add_url(section)))
        confined.post(add_url(section), {**form("Slipped in"), "action-publish": "1"})
        for page in (draft, public):
            assert refused(confined.get(edit_url(page)))
            confined.post(edit_url(page), {**form("Changed"), "action-publish": "1"})
            for name in ("unpublish", "delete", "lock", "unlock", "copy", "move"):
                confined.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), {"next": "/editor/"})
            for name in ("checks", "mark", "links", "live", "translations"):
                url = reverse(f"newsroom_desk:{name}", args=[page.pk])
                assert refused(confined.get(url) if name in {"checks", "live", "translations"} else confined.post(url))
        assert as_stored() == before


def test_the_page_of_the_section_and_the_front_are_not_laid_out_by_its_editor(confined, sport, world):
    before = as_stored()
    for page in (sport, sport.edition, world, world.edition, make.make_info_page(sport.edition)):
        before = as_stored()
        assert refused(confined.get(edit_url(page)))
        confined.post(edit_url(page), {"title": "Mine now", "action-publish": "1"})
        for name in ("unpublish", "delete", "move", "copy"):
            confined.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), {"next": "/editor/"})
        assert as_stored() == before
    url = reverse("wagtailadmin_pages:add", args=["newsroom", "sectionpage", sport.edition_id])
    assert refused(confined.get(url))


def test_nothing_is_moved_or_copied_out_of_reach(confined, sport, economy, world):
    own, theirs = make.make_draft(sport), make.make_draft(economy)
    before = as_stored()
    for page, target in ((own, economy), (own, world), (theirs, sport)):
        confined.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
        confined.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), {
            "new_title": "A copy", "new_parent_page": str(target.pk), "next": "",
        })  # fmt: skip
        assert as_stored() == before
    begin = reverse("newsroom_desk:translations_change", args=[own.pk, world.edition_id])
    confined.post(begin, {"what": "begin", f"begin{world.edition_id}-section": str(world.pk)})
    assert as_stored() == before


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_bulk_actions_stop_at_the_section(confined, economy, sport, world, action):
    pages = [make.make_article(economy), make.make_draft(economy), make.make_draft(world)]
    before = as_stored()
    query = "&".join(f"id={page.pk}" for page in pages)
    confined.post(f"/editor/bulk/wagtailcore/page/{action}/?{query}&next=/editor/", {"chooser": str(sport.pk)})
    assert as_stored() == before


@pytest.mark.parametrize(
    "path",
    ["users/", "users/new/", "groups/", "groups/new/", "sites/", "collections/", "workflows/list/",
     "workflows/tasks/index/", "desk/sections/", "snippets/newsroom/tag/add/", "snippets/newsroom/legalnotice/add/"],
)  # fmt: skip
def test_settings_users_and_registers_stay_closed(confined, path):
    assert refused(confined.get(f"/editor/{path}"))
    assert refused(confined.post(f"/editor/{path}", {"name": "x", "slug": "x"}))
    assert not Tag.objects.exists()


def test_ones_own_role_is_not_changed(confined, sport, economy):
    url = reverse("newsroom_desk:confine", args=[confined.reader.pk])
    assert refused(confined.post(url, {"role": "chief"}))
    assert [group.name for group in confined.reader.groups.all()] == [section_group(sport).name]
    user = reverse("wagtailusers_users:edit", args=[confined.reader.pk])
    confined.post(user, {"email": confined.reader.email, "is_superuser": "on"})
    confined.reader.refresh_from_db()
    assert not confined.reader.is_superuser


def test_the_desks_interface_for_scripts_shows_nothing_of_other_sections(confined, sport, economy, world):
    shown, hidden = make.make_draft(sport, "Seen"), [make.make_draft(economy), make.make_draft(world)]
    listing = json.loads(confined.get("/editor/api/main/pages/?limit=20").content)
    numbers = {row["id"] for row in listing["items"]}
    assert shown.pk in numbers
    for page in hidden:
        assert page.pk not in numbers
        assert confined.get(f"/editor/api/main/pages/{page.pk}/").status_code == 404


def test_an_operator_confines_an_editor_and_lets_them_go(desk, enter, sport, economy):
    editor = enter(EDITORS, "colette@paper.example")
    make.make_draft(economy)
    url = reverse("newsroom_desk:confine", args=[editor.reader.pk])
    page = desk.get(url).content.decode()
    assert "The Paper fr" in page
    faulty = desk.post(url, {"role": "section-editor"})
    assert "Choose at least one section." in faulty.content.decode()
    desk.post(url, {"role": "section-editor", "sections": [str(sport.pk)]})
    listed = desk.get(reverse("newsroom_desk:people")).content.decode()
    assert "The Paper fr – Sport" in listed
    assert editor.get(add_url(sport)).status_code == 200
    assert refused(editor.get(add_url(economy)))
    desk.post(url, {"role": "editor"})
    assert editor.get(add_url(economy)).status_code == 200
    desk.post(url, {"role": "none"})
    assert refused(editor.get(add_url(sport)))


def test_a_renamed_section_keeps_its_editors_group(sport):
    first = section_group(sport)
    SectionPage.objects.filter(pk=sport.pk).update(title="Football")
    assert section_group(SectionPage.objects.get(pk=sport.pk)) == first


def test_an_operator_is_not_confined(desk, sport):
    with pytest.raises(Refused, match="everything everywhere"):
        give_role(user=desk.reader, role=Role.SECTION_EDITOR, sections=[sport])
    assert not desk.reader.groups.exists()


def test_only_those_who_manage_accounts_give_roles(enter, sport):
    chief, author = enter("Chiefs"), enter("Authors")
    url = reverse("newsroom_desk:confine", args=[author.reader.pk])
    assert refused(chief.get(url))
    chief.post(url, {"role": "chief"})
    assert [group.name for group in author.reader.groups.all()] == ["Authors"]


def test_a_new_article_is_begun_in_the_sections_that_are_ones_own(confined, desk, sport, economy, world):
    url = reverse("newsroom_desk:begin", args=[sport.edition_id])
    assert confined.get(url).headers["Location"] == add_url(sport)
    assert refused(confined.get(reverse("newsroom_desk:begin", args=[world.edition_id])))
    both = desk.get(url).content.decode()
    assert add_url(sport) in both
    assert add_url(economy) in both
