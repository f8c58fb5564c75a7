"""Every way in which Wagtail publishes, withdraws, moves, copies or deletes announces itself in one transaction."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page, Revision

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import Registry
from broadsheet.kernel.models import FactRecord
from broadsheet.newsroom.actions.scheduled import publish_and_expire_due
from broadsheet.newsroom.models import ArticlePage, ArticleTag, Byline
from tests.factories import newsroom as make

pytestmark = [pytest.mark.row("ART-13"), pytest.mark.django_db]


@pytest.fixture
def section():
    return make.make_section()


def fresh(article) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk)


def last_fact() -> FactRecord:
    return FactRecord.objects.order_by("-id").first()


def test_a_revision_published_by_itself_is_listed_and_announced(section, announced):
    edition = section.edition
    tag, author = make.make_tag(edition), make.make_author(edition)
    draft = make.make_draft(section, "Naïve: the gates", tags=[tag], authors=[author])
    announced()
    draft.get_latest_revision().publish()
    article = fresh(draft)
    assert announced() == ["ArticlePublished"]
    assert article.live
    assert article.listed_at == article.first_published_at
    assert article.address_slug == "naive-the-gates"
    assert article.published_on == article.listed_at.date()
    assert article.updated_at is None
    assert ArticleTag.objects.get(article=article).listed_at == article.listed_at
    assert Byline.objects.get(article=article).listed_at == article.listed_at
    assert last_fact().payload["first"] is True
    assert set(last_fact().keys) >= {f"article:{article.pk}", f"tag:{tag.pk}", f"author:{author.pk}"}


def test_a_new_page_is_a_draft_however_it_comes(section):
    page = ArticlePage(title="Added by hand", live=True)
    section.add_child(instance=page)
    assert not fresh(page).live
    assert (fresh(page).section_id, fresh(page).edition_id) == (section.pk, section.edition_id)
    assert fresh(page).slug == str(page.public_id)


def test_publishing_again_is_not_the_first_time(section, announced):
    article = make.make_article(section)
    announced()
    article.save_revision().publish()
    assert announced() == ["ArticlePublished"]
    assert last_fact().payload["first"] is False


@pytest.mark.row("ART-09")
def test_the_address_stays_when_the_headline_changes(section):
    article = make.make_article(section, "First headline")
    path = article.public_path()
    article.title = "Quite another headline"
    article.save_revision().publish()
    assert fresh(article).title == "Quite another headline"
    assert fresh(article).public_path() == path


@pytest.mark.row("ART-09")
def test_updated_moves_on_a_real_change_only(section):
    article = make.make_article(section)
    article.save_revision().publish()
    assert fresh(article).updated_at is None
    article = fresh(article)
    article.short_title = "Short"
    article.save_revision().publish()
    assert fresh(article).updated_at is None
    article = fresh(article)
    article.standfirst = "A spelling mistake less in the sentence that tells what the story is about."
    article.minor_change = True
    article.save_revision().publish()
    assert fresh(article).updated_at is None
    assert fresh(article).minor_change is False
    article = fresh(article)
    article.standfirst = "Something new that readers should be told about in the list as well."
    article.save_revision().publish()
    assert fresh(article).updated_at is not None


@pytest.mark.row("ART-09")
def test_going_back_to_a_revision_keeps_number_address_and_date(section, announced):
    article = make.make_article(section, "Old headline")
    old = article.latest_revision
    article.title = "New headline"
    article.save_revision().publish()
    before = fresh(article)
    announced()
    old.publish(previous_revision=old)
    after = fresh(article)
    assert announced() == ["ArticlePublished"]
    assert after.title == "Old headline"
    for name in ("public_id", "address_slug", "published_on", "listed_at", "first_published_at", "section_id"):
        assert getattr(after, name) == getattr(before, name)


def test_withdrawing(section, announced):
    article = make.make_article(section, tags=[make.make_tag(section.edition)])
    announced()
    article.unpublish()
    assert announced() == ["ArticleWithdrawn"]
    assert fresh(article).listed_at is None
    assert ArticleTag.objects.get(article=article).listed_at is None
    article.unpublish()
    assert announced() == []


def test_published_again_it_keeps_its_first_time(section):
    article = make.make_article(section)
    first = article.listed_at
    article.unpublish()
    fresh(article).get_latest_revision().publish()
    assert fresh(article).listed_at == first
    assert fresh(article).updated_at is None


def test_withdrawn_edited_and_published_again_it_is_updated(section):
    article = make.make_article(section)
    article.unpublish()
    article = fresh(article)
    article.title = "Told anew"
    article.save()
    article.save_revision().publish()
    assert fresh(article).updated_at is not None


def test_moving_to_another_section(section, announced):
    other = make.make_section(section.edition, "economy")
    article = make.make_article(section)
    announced()
    article.move(other, pos="last-child")
    assert announced() == ["ArticleWithdrawn", "ArticlePublished"]
    assert fresh(article).section_id == other.pk
    assert "/economy/" in fresh(article).public_path()
    fresh(article).get_latest_revision().publish()
    assert fresh(article).section_id == other.pk


def test_moving_a_draft_announces_nothing(section, announced):
    other = make.make_section(section.edition, "economy")
    draft = make.make_draft(section)
    announced()
    draft.move(other, pos="last-child")
    assert announced() == []
    assert fresh(draft).section_id == other.pk


def test_moving_to_another_edition_exchanges_terms(section):
    french = make.make_edition("fr", at_root=False)
    monde = make.make_section(french, "monde")
    tag = make.make_tag(section.edition, "sea", name="Sea")
    mer = make.make_tag(french, "mer", name="Mer", translation_of=tag)
    alone = make.make_tag(section.edition, "only-here")
    author = make.make_author(section.edition)
    article = make.make_article(section, tags=[tag, alone], authors=[author])
    article.move(monde, pos="last-child")
    moved = fresh(article)
    assert (moved.edition_id, moved.locale_id) == (french.pk, french.locale_id)
    assert [row.tag for row in moved.tagged.all()] == [mer]
    assert moved.bylines.count() == 0


def test_moving_beside_ones_own_translation_is_refused(section):
    monde = make.make_section(make.make_edition("fr", at_root=False), "monde")
    article = make.make_article(section)
    make.make_article(monde, translation_of=article)
    monde.refresh_from_db()
    with pytest.raises(Refused, match="already has its translation"):
        article.move(monde, pos="last-child")
    assert fresh(article).section_id == section.pk


def test_deleting(section, announced):
    article = make.make_article(section)
    announced()
    article.delete()
    assert announced().count("ArticleWithdrawn") >= 1
    assert not ArticlePage.objects.filter(pk=article.pk).exists()


def test_deleting_a_section_takes_its_articles_along(section, announced):
    make.make_article(section)
    announced()
    Page.objects.get(pk=section.pk).delete()
    names = announced()
    assert "ArticleWithdrawn" in names
    assert "EditionChanged" in names


def test_deleting_an_edition(section, announced):
    make.make_article(section, tags=[make.make_tag(section.edition)], authors=[make.make_author(section.edition)])
    announced()
    section.edition.delete()
    assert "EditionsChanged" in announced()
    assert not ArticlePage.objects.exists()


def test_withdrawing_a_section_withdraws_its_articles(section, announced):
    article = make.make_article(section)
    announced()
    section.unpublish()
    assert announced() == ["ArticleWithdrawn", "EditionChanged"]
    assert fresh(article).listed_at is None
    with pytest.raises(Refused, match="not public"):
        fresh(article).get_latest_revision().publish()


def test_a_copy_is_a_draft_with_its_own_number_and_address(section):
    article = make.make_article(section)
    copy = article.copy(to=section, keep_live=True)
    assert not copy.live
    assert copy.listed_at is None
    assert copy.public_id != article.public_id
    assert copy.address_slug == ""
    copy.save_revision().publish()
    assert fresh(copy).public_path() != article.public_path()


def test_articles_have_no_aliases(section):
    article = make.make_article(section)
    with pytest.raises(Refused):
        article.create_alias(parent=make.make_section(section.edition, "economy"))


@pytest.mark.parametrize("way", ["ours", "wagtails"])
def test_scheduled_publication_and_expiry(section, announced, way):
    run = publish_and_expire_due if way == "ours" else lambda: call_command("publish_scheduled")
    draft = make.make_draft(section, fields={"go_live_at": clock.now() + timedelta(hours=1)})
    draft.get_latest_revision().publish()
    assert not fresh(draft).live
    assert fresh(draft).listed_at is None
    announced()
    run()
    assert announced() == []
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=clock.now() - timedelta(seconds=1)
    )
    revision = fresh(draft).get_latest_revision()
    revision.content["go_live_at"] = (clock.now() - timedelta(seconds=1)).isoformat()
    revision.save(update_fields=["content"])
    run()
    assert announced() == ["ArticlePublished"]
    assert fresh(draft).listed_at is not None
    Page.objects.filter(pk=draft.pk).update(expire_at=clock.now() - timedelta(seconds=1))
    run()
    assert announced() == ["ArticleWithdrawn"]
    assert fresh(draft).expired
    assert fresh(draft).listed_at is None


def test_a_new_version_of_a_public_article_can_be_scheduled(section, announced):
    article = make.make_article(section, "Before")
    article.title = "After"
    article.go_live_at = clock.now() + timedelta(hours=1)
    article.save_revision().publish()
    assert fresh(article).title == "Before"
    assert fresh(article).listed_at == article.listed_at


def test_a_schedule_that_the_checks_refuse_is_given_up_with_its_reason(section):
    picture = make.make_picture()
    draft = make.make_draft(section, lead_picture=picture)
    revision = draft.get_latest_revision()
    revision.approved_go_live_at = clock.now() - timedelta(seconds=1)
    revision.save()
    type(picture).objects.filter(pk=picture.pk).update(agency="")
    assert publish_and_expire_due() == 0
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is None
    from wagtail.models import PageLogEntry

    entry = PageLogEntry.objects.get(action="broadsheet.schedule.refused")
    assert "no credit" in entry.data["reason"]
    assert not fresh(draft).live


@pytest.mark.row("ART-03")
@pytest.mark.parametrize("where", ["lead", "image", "gallery"])
def test_a_picture_without_credit_is_published_by_no_way(section, where):
    picture = make.make_picture(agency="")
    bodies = {
        "lead": [],
        "image": [{"type": "image", "value": {"picture": picture.pk}}],
        "gallery": [
            {"type": "gallery", "value": {"items": [{"picture": make.make_picture().pk}, {"picture": picture.pk}]}}
        ],
    }
    draft = make.make_draft(section, body=bodies[where], lead_picture=picture if where == "lead" else None)
    with pytest.raises(Refused, match="no credit"):
        draft.get_latest_revision().publish()
    assert not fresh(draft).live
    assert fresh(draft).listed_at is None


@pytest.mark.row("PAGE-05")
def test_layouts_and_settings_announce_what_changed(section, announced):
    edition = section.edition
    announced()
    edition.layout = edition._meta.get_field("layout").to_python([{"type": "news", "value": {"count": 5}}])
    edition.save_revision().publish()
    assert announced() == ["LayoutPublished"]
    assert last_fact().keys == [f"edition:{edition.pk}:front"]
    section.layout = section._meta.get_field("layout").to_python([{"type": "news", "value": {"count": 5}}])
    section.save_revision().publish()
    assert announced() == ["LayoutPublished"]
    assert last_fact().keys == [f"section:{section.pk}"]
    section.refresh_from_db()
    section.title = "Renamed"
    section.save_revision().publish()
    assert announced() == ["EditionChanged"]
    edition.refresh_from_db()
    edition.accent = "#123456"
    edition.save_revision().publish()
    assert announced() == ["EditionChanged"]
    edition.minimum_age = 16
    edition.save_revision().publish()
    assert announced() == ["EditionChanged"]


@pytest.mark.row("PAGE-05")
def test_a_whole_layout_can_be_scheduled(section, announced):
    edition = section.edition
    edition.layout = edition._meta.get_field("layout").to_python([{"type": "news", "value": {"count": 7}}])
    edition.go_live_at = clock.now() + timedelta(hours=1)
    revision = edition.save_revision()
    revision.publish()
    announced()
    publish_and_expire_due()
    assert announced() == []
    assert len(type(edition).objects.get(pk=edition.pk).layout) == 0
    revision.refresh_from_db()
    revision.content["go_live_at"] = revision.content["go_live_at"].replace("2026", "2020")
    revision.approved_go_live_at = clock.now() - timedelta(seconds=1)
    revision.save()
    publish_and_expire_due()
    assert announced() == ["LayoutPublished"]
    assert type(edition).objects.get(pk=edition.pk).layout[0].value["count"] == 7


def test_terms_pictures_and_posts_announce_themselves(section, announced):
    edition = section.edition
    announced()
    tag, notice = make.make_tag(edition), make.make_notice(edition)
    assert announced() == ["TermChanged", "TermChanged"]
    notice.delete()
    tag.delete()
    assert announced() == ["TermChanged", "TermChanged"]
    picture, media = make.make_picture(), make.make_media()
    assert announced() == []
    picture.save()
    media.save()
    assert announced() == ["PictureChanged", "MediaChanged"]
    post = make.make_live_post(make.make_article(section, kind="live"))
    assert announced() == ["ArticlePublished", "LivePostChanged"]
    post.delete()
    assert announced() == ["LivePostChanged"]
    assert last_fact().payload["removed"] is True


def test_nothing_is_announced_when_the_transaction_fails(section, announced, monkeypatch):
    draft = make.make_draft(section)
    announced()

    def fail(*_args, **_kwargs):
        raise RuntimeError("the process failed here")

    from wagtail.actions.publish_page_revision import PublishPageRevisionAction

    monkeypatch.setattr(PublishPageRevisionAction, "_after_publish", fail)
    with pytest.raises(RuntimeError):
        draft.get_latest_revision().publish()
    assert announced() == []
    assert not fresh(draft).live
    assert connection.in_atomic_block  # the test's own transaction goes on


def test_every_fact_of_the_newsroom_is_registered():
    assert {"ArticlePublished", "ArticleWithdrawn", "MediaChanged", "LayoutPublished"} <= set(Registry.kinds)
