"""Picking comments, naming experts and authors, and trust on the account's screen (DIS-10, MOD-12)."""

from datetime import timedelta

import pytest

from broadsheet.discussion.models import AccountBadge, Comment
from broadsheet.discussion.queries.comments import comment_views
from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.moderation.models import AuditEntry
from broadsheet.newsroom.models import Author, Byline
from tests.factories.accounts import make_reader
from tests.factories.cases import make_moderator
from tests.factories.discussion import make_seen
from tests.factories.newsroom import make_article, make_edition, make_section

pytestmark = [pytest.mark.row("DIS-10"), pytest.mark.django_db]
DESK = "/editor/moderation/"


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def keys_of(name: str) -> list[str]:
    return FactRecord.objects.filter(name=name).latest("pk").keys


def test_a_comment_is_picked_and_unpicked_in_bounds_alone(sit, article, reader):
    comment = make_seen(article, reader)
    path = f"{DESK}comments/{comment.pk}/pick/"
    inside = sit(make_moderator(sections=[article.section_id]))
    assert "Editor’s pick" in text_of(inside.get(f"{DESK}accounts/{reader.public_id}/"))
    assert inside.post(path, {"picked": "yes"}).status_code == 302
    assert comment_views([comment.pk])[comment.pk].is_picked
    assert f"discussion:{article.pk}" in keys_of("CommentPicked"), "stored pages follow at once"
    assert "No longer pick it" in text_of(inside.get(f"{DESK}accounts/{reader.public_id}/"))
    outside = sit(make_moderator(editions=[make_edition("fr", at_root=False).pk]))
    assert outside.post(path, {"picked": "no"}).status_code == 404
    assert comment_views([comment.pk])[comment.pk].is_picked
    assert inside.post(path, {"picked": "no"}).status_code == 302
    assert not comment_views([comment.pk])[comment.pk].is_picked
    assert list(
        AuditEntry.objects.filter(action__in=["pick", "unpick"]).order_by("seq").values_list("action", flat=True)
    ) == ["pick", "unpick"]


def test_nobody_picks_an_own_comment(sit, article):
    me = make_moderator()
    from broadsheet.readers.models import Reader

    comment = make_seen(article, Reader.objects.get(pk=me.reader_id))
    assert sit(me).post(f"{DESK}comments/{comment.pk}/pick/", {"picked": "yes"}).status_code == 404


@pytest.mark.row("MOD-12")
def test_a_chief_names_an_expert_whose_comments_say_so_earlier_ones_too(sit, article, reader):
    early = make_seen(article, reader)
    chief = sit(make_moderator(chief=True))
    path = f"{DESK}accounts/{reader.public_id}/badge/"
    assert sit().post(path, {"badge": "expert", "subject": "hydrology"}).status_code == 404, "moderators don't"
    assert "Subject of the expert" not in text_of(sit().get(f"{DESK}accounts/{reader.public_id}/"))
    assert chief.post(path, {"badge": "expert", "subject": " "}).status_code == 302
    assert not AccountBadge.objects.exists()
    assert chief.post(path, {"badge": "expert", "subject": "hydrology"}).status_code == 302
    assert f"reader:{reader.pk}" in keys_of("BadgeGiven"), "stored pages with the reader follow"
    later = make_seen(article, reader)
    for view in comment_views([early.pk, later.pk]).values():
        assert (view.badge, view.subject) == ("expert", "hydrology")
    assert "Expert: <bdi>hydrology</bdi>" in text_of(sit().get(f"{DESK}accounts/{reader.public_id}/"))
    assert chief.post(path, {"badge": ""}).status_code == 302
    assert [view.badge for view in comment_views([early.pk, later.pk]).values()] == ["", ""]
    assert AuditEntry.objects.filter(action="badge").count() == 2


def test_an_author_is_shown_below_own_articles_alone(sit, article):
    edition = article.edition
    writer = Author.objects.create(edition=edition, slug="ines-marlow", name="Ines Marlow")
    Byline.objects.create(article=article, author=writer)
    other = make_article(make_section(edition, "sport"), headline="Another story")
    staff = make_reader("ines@estuary.example", is_staff=True, display_name="Ines Marlow")
    before = make_seen(article, staff)
    chief = sit(make_moderator(chief=True))
    path = f"{DESK}accounts/{staff.public_id}/badge/"
    assert chief.post(path, {"badge": "author", "author": str(writer.translation_key)}).status_code == 302
    own, elsewhere = make_seen(article, staff), make_seen(other, staff)
    found = comment_views([before.pk, own.pk, elsewhere.pk])
    assert [found[one.pk].badge for one in (before, own, elsewhere)] == ["author", "author", "staff"]
    chief.post(path, {"badge": ""})
    assert set(Comment.objects.values_list("author_badge", flat=True)) == {"staff"}


@pytest.mark.row("MOD-12")
def test_the_accounts_screen_says_how_near_to_trust_it_is(sit, article, reader):
    now = clock.now()
    for number in range(3):
        make_seen(article, reader, now=now - timedelta(days=40 - number))
    path = f"{DESK}accounts/{reader.public_id}/"
    assert "3 of 20 comments stand" in text_of(sit().get(path))
    for number in range(17):
        make_seen(article, reader, now=now - timedelta(days=30 - number))
    assert "Trusted reader since" in text_of(sit().get(path))
    Comment.objects.filter(author=reader).order_by("-pk").update(state="removed", held_for="")
    page = text_of(sit().get(path))
    assert "Not a trusted reader yet: 0 of 20 comments stand" in page
    assert "which counts until" in page
