"""The desk's own pages: posts of a live blog, translations, the preview."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.translations import link_translation, unlink_translation
from broadsheet.newsroom.models import ArticlePage, LivePost
from broadsheet.newsroom.queries.articles import detail
from tests.factories import newsroom as make

pytestmark = pytest.mark.django_db
TEXT = '{"entityMap": {}, "blocks": [{"key": "a", "type": "unstyled", "depth": 0, "text": "%s", "inlineStyleRanges": [], "entityRanges": []}]}'


def preview(request, page, mode):
    """Draw what a preview is given, so that it can be looked at."""
    shown = detail(page, is_public=False)
    names = ", ".join(author.name for author in shown.card.authors)
    return HttpResponse(f"{shown.card.headline} | {shown.card.section.name} | {names} | {mode}")


@pytest.mark.row("ART-12")
def test_a_post_is_written_changed_pinned_and_removed(desk, announced):
    article = make.make_article(kind="live")
    url = reverse("newsroom_desk:live", args=[article.pk])
    announced()
    desk.post(url, {"headline": "Shut", "text": TEXT % "All gates are shut.", "picture": "", "author": ""})
    post = LivePost.objects.get()
    assert "All gates are shut." in post.text
    assert announced() == ["LivePostChanged"]
    edit = reverse("newsroom_desk:live_edit", args=[article.pk, post.pk])
    desk.post(edit, {"headline": "All shut", "text": TEXT % "Six of six.", "picture": "", "author": ""})
    post.refresh_from_db()
    assert (post.headline, bool(post.changed_at)) == ("All shut", True)
    change = reverse("newsroom_desk:live_change", args=[article.pk, post.pk])
    desk.post(change, {"what": "pin"})
    assert LivePost.objects.get().pinned
    desk.post(change, {"what": "remove"})
    assert not LivePost.objects.exists()
    assert announced() == ["LivePostChanged"] * 3


@pytest.mark.row("ART-12")
def test_a_post_is_not_stored_without_text_or_with_a_picture_without_credit(desk):
    article = make.make_article(kind="live")
    url = reverse("newsroom_desk:live", args=[article.pk])
    picture = make.make_picture(agency="")
    empty = {"headline": "", "text": "", "picture": "", "author": ""}
    assert desk.post(url, empty).status_code == 200
    response = desk.post(url, {**empty, "text": TEXT % "Look", "picture": str(picture.pk)})
    assert "has no credit" in response.content.decode()
    assert not LivePost.objects.exists()


@pytest.mark.row("ART-13")
def test_translations_are_linked_begun_and_unlinked(desk):
    section = make.make_section()
    monde = make.make_section(make.make_edition("fr", at_root=False), "monde")
    article, other = make.make_article(section), make.make_article(monde)
    page = reverse("newsroom_desk:translations", args=[article.pk])
    change = reverse("newsroom_desk:translations_change", args=[article.pk, monde.edition_id])
    assert desk.get(page).status_code == 200
    desk.post(change, {"what": "link", f"link{monde.edition_id}-other": str(other.pk)})
    assert [one.article_id for one in detail(ArticlePage.objects.get(pk=article.pk)).translations] == [other.pk]
    desk.post(change, {"what": "unlink"})
    assert detail(ArticlePage.objects.get(pk=article.pk)).translations == ()
    desk.post(change, {"what": "begin", f"begin{monde.edition_id}-section": str(monde.pk)})
    begun = ArticlePage.objects.exclude(pk__in=[article.pk, other.pk]).get()
    assert not begun.live
    assert begun.translation_key == ArticlePage.objects.get(pk=article.pk).translation_key
    assert (begun.title, begun.section_id, begun.locale_id) == (article.title, monde.pk, monde.locale_id)


@pytest.mark.row("ART-13")
def test_two_articles_of_one_edition_are_no_translations_of_each_other():
    section = make.make_section()
    first, second = make.make_article(section), make.make_article(section)
    with pytest.raises(Refused):
        link_translation(article=first, other=second)


@pytest.mark.row("ART-13")
def test_linking_tells_the_pages_of_both(announced):
    section = make.make_section()
    monde = make.make_section(make.make_edition("fr", at_root=False), "monde")
    first, second = make.make_article(section), make.make_article(monde)
    announced()
    link_translation(article=first, other=second)
    from broadsheet.kernel.models import FactRecord

    fact = FactRecord.objects.order_by("-id").first()
    assert {f"article:{first.pk}", f"article:{second.pk}"} <= set(fact.keys)
    unlink_translation(article=second)
    fact = FactRecord.objects.order_by("-id").first()
    assert {f"article:{first.pk}", f"article:{second.pk}"} <= set(fact.keys)


@pytest.mark.row("ART-13")
def test_the_preview_shows_what_is_not_yet_stored(desk, settings):
    settings.PREVIEW_RENDERER = f"{__name__}.preview"
    section = make.make_section()
    draft = make.make_draft(section, authors=[make.make_author(section.edition, name="Mara Quill")])
    shown = draft.make_preview_request(preview_mode="")
    assert "World | Mara Quill" in shown.content.decode()
    unsaved = ArticlePage(title="Not stored", standfirst="x")
    unsaved.depth, unsaved.path = section.depth + 1, f"{section.path}9999"
    unsaved.locale = section.locale
    assert "Not stored | World" in unsaved.make_preview_request(preview_mode="").content.decode()
    assert [size["device_width"] for size in draft.preview_sizes] == [375, 820, 1440]


@pytest.mark.row("ART-13")
def test_those_who_may_not_edit_see_neither_checks_nor_posts(enter):
    article = make.make_article(kind="live")
    author = enter("Authors")
    for name in ("checks", "live", "translations"):
        response = author.get(reverse(f"newsroom_desk:{name}", args=[article.pk]))
        assert response.status_code in {302, 403}
