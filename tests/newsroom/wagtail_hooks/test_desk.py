"""An editor at the desk: writing, checks, publishing, approval, two at one article, rights."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.kernel import clock
from broadsheet.newsroom.conf import EDITORS
from broadsheet.newsroom.models import ArticlePage, EditionPage, LegalNotice, Tag
from tests.factories import newsroom as make

pytestmark = [pytest.mark.row("ART-13"), pytest.mark.django_db]


def form(headline="A headline", body=(("paragraph", "<p>Text.</p>"),), **values):
    """What the browser sends for an article."""
    blocks = [(kind, rich_text(value, features=["bold"]) if kind == "paragraph" else value) for kind, value in body]
    return nested_form_data(
        {
            "title": headline,
            "short_title": "",
            "standfirst": "A sentence that says what the story is about, long enough for a list of stories.",
            "kind": "news",
            "dateline": "",
            "lead_picture": "",
            "lead_caption": "",
            "lead_alt": "",
            "lead_media": "",
            "story_group": "",
            "address_slug": "",
            "source_name": "",
            "source_url": "",
            "source_licence": "",
            "body": streamfield(blocks),
            "bylines": inline_formset([]),
            "tagged": inline_formset([]),
            "corrections": inline_formset([]),
            "comments": inline_formset([]),
            **values,
        }
    )


@pytest.fixture
def section():
    return make.make_section()


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_url(section) -> str:
    return reverse("wagtailadmin_pages:add", args=["newsroom", "articlepage", section.pk])


def newest(page) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def texts(response) -> str:
    return " ".join(str(message) for message in response.context["messages"]) if response.context else ""


def test_writing_and_publishing(desk, section):
    desk.post(add_url(section), form("Written at the desk"))
    article = ArticlePage.objects.get()
    assert not article.live
    assert article.latest_revision is not None
    response = desk.post(edit_url(article), {**form("Written at the desk"), "action-publish": "1"}, follow=True)
    assert response.status_code == 200
    article.refresh_from_db()
    assert article.live
    assert article.listed_at is not None
    assert article.public_path().endswith("-written-at-the-desk/")


def test_created_and_published_at_once(desk, section):
    desk.post(add_url(section), {**form("At once"), "action-publish": "1"})
    assert ArticlePage.objects.get().listed_at is not None


def test_autosave_keeps_one_revision_a_session(desk, section):
    draft = make.make_draft(section)
    page = desk.get(edit_url(draft))
    assert b"w-autosave" in page.content
    loaded = draft.latest_revision
    values = {
        **form("Autosaved"),
        "loaded_revision_id": str(loaded.pk),
        "loaded_revision_created_at": loaded.created_at.isoformat(),
    }
    first = desk.post(edit_url(draft), values, headers={"Accept": "application/json"})
    assert first.status_code == 200
    answer = json.loads(first.content)
    assert answer["success"]
    values = {**form("Autosaved again"), "overwrite_revision_id": str(answer["revision_id"])}
    second = desk.post(edit_url(draft), values, headers={"Accept": "application/json"})
    assert json.loads(second.content)["revision_id"] == answer["revision_id"]
    assert draft.revisions.count() == 2
    assert newest(draft).title == "Autosaved again"


@pytest.mark.row("ART-03")
def test_what_blocks_is_said_and_the_draft_is_kept(desk, section):
    picture = make.make_picture(agency="", title="Gates")
    draft = make.make_draft(section)
    values = {**form("Not yet", lead_picture=str(picture.pk)), "action-publish": "1"}
    response = desk.post(edit_url(draft), values, follow=True)
    assert "not published" in texts(response)
    assert "“Gates” has no credit" in texts(response)
    draft.refresh_from_db()
    assert not draft.live
    assert newest(draft).title == "Not yet"
    page = desk.get(edit_url(draft)).content.decode()
    assert 'data-jump="lead_picture"' in page
    assert "Blocks publication" in page


def test_created_with_something_that_blocks_it_stays_a_draft(desk, section):
    picture = make.make_picture(alt="")
    values = {**form("Not yet", lead_picture=str(picture.pk)), "action-publish": "1"}
    response = desk.post(add_url(section), values, follow=True)
    assert "no alternative text" in texts(response)
    assert not ArticlePage.objects.get().live


@pytest.mark.row("ART-08")
def test_an_unmarked_name_can_be_marked_from_the_checks(desk, section):
    make.make_notice(section.edition)
    draft = make.make_draft(section, body=[make.paragraph("<p>The Harrow Front &amp; others said.</p>")])
    checks = desk.get(reverse("newsroom_desk:checks", args=[draft.pk])).content.decode()
    assert "“Harrow Front” is named without the mark" in checks
    block = draft.body[0].id
    assert f'data-jump="body.{block}"' in checks
    values = {"key": "harrow-front", "words": "Harrow Front", "anchor": f"body.{block}"}
    desk.post(reverse("newsroom_desk:mark", args=[draft.pk]), values)
    latest = newest(draft)
    assert '<span data-notice="harrow-front">Harrow Front</span> &amp;' in str(latest.body[0].value.source)
    assert "is named without" not in desk.get(reverse("newsroom_desk:checks", args=[draft.pk])).content.decode()


def test_the_checks_follow_what_was_saved_last(desk, section):
    draft = make.make_draft(section)
    desk.post(edit_url(draft), form("Changed", standfirst="Short."))
    assert (
        "The standfirst has 6 characters" in desk.get(reverse("newsroom_desk:checks", args=[draft.pk])).content.decode()
    )


def test_two_editors_saving_lose_nothing_and_the_second_is_told(enter, section):
    first, second = enter(EDITORS, "ada@paper.example"), enter(EDITORS, "ben@paper.example")
    draft = make.make_draft(section, "Before")
    loaded = str(draft.latest_revision_id)
    first.post(edit_url(draft), {**form("Ada's version"), "loaded_revision_id": loaded})
    response = second.post(edit_url(draft), {**form("Ben's version"), "loaded_revision_id": loaded}, follow=True)
    assert "saved another version at" in texts(response)
    assert "Compare the versions" in response.content.decode()
    titles = [revision.as_object().title for revision in draft.revisions.order_by("pk")]
    assert titles == ["Before", "Ada's version", "Ben's version"]


def test_nobody_publishes_over_a_version_not_seen(enter, section):
    first, second = enter(EDITORS, "ada@paper.example"), enter(EDITORS, "ben@paper.example")
    draft = make.make_draft(section, "Before")
    loaded = str(draft.latest_revision_id)
    first.post(edit_url(draft), {**form("Ada's version"), "loaded_revision_id": loaded})
    values = {**form("Ben's version"), "loaded_revision_id": loaded, "action-publish": "1"}
    response = second.post(edit_url(draft), values, follow=True)
    assert "was not published" in texts(response)
    assert "/revisions/compare/" in response.redirect_chain[-1][0]
    assert newest(draft).title == "Ben's version"
    draft.refresh_from_db()
    assert not draft.live
    assert draft.revisions.count() == 3


def test_autosave_does_not_run_over_another_version(enter, section):
    first, second = enter(EDITORS, "ada@paper.example"), enter(EDITORS, "ben@paper.example")
    draft = make.make_draft(section)
    loaded = str(draft.latest_revision_id)
    first.post(edit_url(draft), {**form("Ada's version"), "loaded_revision_id": loaded})
    values = {**form("Ben's version"), "loaded_revision_id": loaded}
    response = second.post(edit_url(draft), values, headers={"Accept": "application/json"})
    assert response.status_code == 400
    assert newest(draft).title == "Ada's version"


def test_an_author_sends_for_approval_and_an_editor_approves(enter, section):
    author, editor = enter("Authors"), enter(EDITORS)
    author.post(add_url(section), {**form("For approval"), "action-submit": "1"})
    article = ArticlePage.objects.get()
    assert not article.live
    assert article.workflow_in_progress
    author.post(edit_url(article), {**form("For approval"), "action-publish": "1"})
    article.refresh_from_db()
    assert not article.live
    task = article.current_workflow_task_state
    editor.post(reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task.pk]), {"comment": ""})
    article.refresh_from_db()
    assert article.live
    assert article.listed_at is not None


def test_what_blocks_blocks_an_approval_too(enter, section):
    author, editor = enter("Authors"), enter(EDITORS)
    picture = make.make_picture(agency="")
    author.post(add_url(section), {**form("Wrong", lead_picture=str(picture.pk)), "action-submit": "1"})
    article = ArticlePage.objects.get()
    task = article.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task.pk])
    response = editor.post(url, {"comment": ""}, follow=True)
    assert "has no credit" in texts(response)
    article.refresh_from_db()
    assert not article.live
    assert article.workflow_in_progress


def test_scheduling_at_the_desk(desk, section):
    draft = make.make_draft(section)
    later = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    values = {**form("Later", go_live_at=later, expire_at=""), "action-publish": "1"}
    desk.post(edit_url(draft), values)
    assert Revision.objects.filter(approved_go_live_at__isnull=False, object_id=str(draft.pk)).exists()
    draft.refresh_from_db()
    assert not draft.live


def test_comparing_and_going_back(desk, section):
    article = make.make_article(section, "First words")
    first = article.latest_revision_id
    desk.post(edit_url(article), {**form("Second words"), "action-publish": "1"})
    article.refresh_from_db()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, first, article.latest_revision_id])
    compared = desk.get(url).content.decode()
    assert "First" in compared
    assert "Second" in compared
    desk.post(edit_url(article), {**form("First words"), "revision": str(first), "action-publish": "1"})
    article.refresh_from_db()
    assert article.title == "First words"


@pytest.mark.parametrize(
    "headline",
    ["x" * 500, "word " * 100],
)
def test_a_headline_that_is_too_long_is_refused_in_words(desk, section, headline):
    response = desk.post(add_url(section), form(headline))
    assert response.status_code == 200
    assert "255" in response.content.decode()
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize(
    "headline",
    [
        "x" * 255,
        "น้ำท่วมกรุงเทพมหานครครั้งใหญ่ที่สุด",
        "🌊🏳️‍🌈 wave",
        "\u202eright to left\u202c",
        "سوق السمك",
        "<script>alert(1)</script>",
    ],
)
def test_any_headline_can_be_published(desk, section, headline):
    desk.post(add_url(section), {**form(headline), "action-publish": "1"})
    article = ArticlePage.objects.get()
    assert article.live
    assert article.title == headline
    page = desk.get(edit_url(article)).content.decode()
    assert "<script>alert(1)</script>" not in page
    listing = desk.get(reverse("wagtailadmin_explore", args=[section.pk])).content.decode()
    assert "<script>alert(1)</script>" not in listing


def test_markup_in_every_field_stays_text(desk, section):
    bad = "<img src=x onerror=alert(1)>"
    values = dict.fromkeys(("short_title", "standfirst", "dateline", "lead_caption", "lead_alt", "source_name"), bad)
    desk.post(add_url(section), form(bad, body=[("paragraph", f"<p>a</p>{bad}"), ("quote", {"text": bad})], **values))
    article = ArticlePage.objects.get()
    assert article.standfirst == bad
    page = desk.get(edit_url(article)).content.decode()
    assert bad not in page
    assert "<img" not in str(article.body[0].value.source)
    assert bad not in desk.get(reverse("newsroom_desk:checks", args=[article.pk])).content.decode()


def test_the_desk_contacts_nobody_and_its_scripts_carry_the_nonce(desk, section):
    article = make.make_article(section, kind="live")
    for url in ("/editor/", edit_url(article), edit_url(section), edit_url(section.edition),
                reverse("newsroom_desk:live", args=[article.pk])):  # fmt: skip
        response = desk.get(url)
        html = response.content.decode()
        policy = response.headers["Content-Security-Policy"]
        assert "'nonce-" in policy
        nonce = policy.split("'nonce-")[1].split("'")[0]
        assert "<script>" not in html
        for part in html.split("<script")[1:]:
            head = part.split(">")[0]
            assert "src=" in head or "application/json" in head or nonce in head.replace("&#x3D;", "=")
        for word in (
            'src="http',
            'href="https://docs.wagtail',
            "gravatar",
            "releases.wagtail",
            "editor guide",
            "Documents",
        ):
            assert word not in html


def test_tags_keep_the_editors_order(desk, section):
    tags = [make.make_tag(section.edition, slug) for slug in ("a", "b", "c")]
    rows = [{"tag": str(tags[place].pk)} for place in (2, 0, 1)]
    for order, row in enumerate(rows, 1):
        row["ORDER"] = str(order)
    desk.post(add_url(section), {**form("Tagged", tagged=inline_formset(rows)), "action-publish": "1"})
    assert [row.tag.slug for row in ArticlePage.objects.get().tagged.all()] == ["c", "a", "b"]


def test_registers(desk, section):
    edition = section.edition
    desk.post("/editor/snippets/newsroom/legalnotice/add/", {
        "edition": edition.pk, "key": "front", "name": "Harrow Front", "aliases": "Jabhat al-Harrow\n\nFurrow Brigade\n",
        "jurisdiction": "Orrel", "text": "It is banned.",
    })  # fmt: skip
    assert LegalNotice.objects.get().aliases == ["Jabhat al-Harrow", "Furrow Brigade"]
    values = {"edition": edition.pk, "kind": "place", "slug": "saltmere", "name": "Saltmere"}
    desk.post("/editor/snippets/newsroom/tag/add/", values)
    tag = Tag.objects.get()
    assert tag.locale == edition.locale
    make.make_article(section, tags=[tag])
    response = desk.post(f"/editor/snippets/newsroom/tag/delete/{tag.pk}/", follow=True)
    assert "still use it" in texts(response) or "protected" in response.content.decode().lower()
    assert Tag.objects.exists()


def test_an_edition_is_made_in_the_desk(desk, section):
    root = Page.get_first_root_node()
    url = reverse("wagtailadmin_pages:add", args=["newsroom", "editionpage", root.pk])
    values = nested_form_data({
        "title": "Die Mündung", "code": "de", "language": "de", "short_name": "", "tagline": "", "brand": "",
        "account_domain": "", "time_zone": "Europe/Berlin", "zone_label": "", "accent": "#123456", "privacy_address": "",
        "moderators_address": "", "contact_address": "", "minimum_age": "", "layout": streamfield([]), "comments": inline_formset([]),
    })  # fmt: skip
    wrong = desk.post(url, {**values, "time_zone": "Europe/Nowhere", "action-publish": "1"})
    assert "There is no time zone" in wrong.content.decode()
    wrong = desk.post(url, {**values, "country": "de", "helplines": "Call us | any time", "action-publish": "1"})
    assert "“Call us | any time” is no helpline." in wrong.content.decode()
    lines = {"country": "de", "helplines": "\r\n Listening | 0800 123 | nights \r\n\r\n"}
    desk.post(url, {**values, **lines, "action-publish": "1"})
    edition = EditionPage.objects.get(code="de")
    assert edition.live
    assert (edition.country, edition.helplines) == ("DE", "Listening | 0800 123 | nights")
    assert edition.locale.language_code == "de"
    assert edition.public_path() == "/de/"
