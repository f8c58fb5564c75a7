"""The doors that importers and the command line use."""

from datetime import UTC, datetime

import pytest

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.corrections import add_correction
from broadsheet.newsroom.actions.drafts import create_article, update_article
from broadsheet.newsroom.actions.editions import create_edition, create_section, set_layout
from broadsheet.newsroom.actions.link_checks import ask_for_link_check
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.actions.terms import put_tag
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.newsroom.engines.link_probe import probe
from broadsheet.newsroom.models import ArticlePage, EditionPage, LinkCheck, Picture
from broadsheet.newsroom.queries.articles import detail
from broadsheet.newsroom.queries.cards import newest
from broadsheet.newsroom.queries.checks import checks_of
from broadsheet.newsroom.queries.editions import editions
from tests.factories import newsroom as make

pytestmark = pytest.mark.django_db
OLD = datetime(2019, 12, 31, 23, 30, tzinfo=UTC)


@pytest.fixture
def section():
    return make.make_section()


@pytest.mark.row("ART-01")
def test_an_archives_article_keeps_its_number_and_day(section):
    paris = make.make_section(make.make_edition("fr", at_root=False, time_zone="Europe/Paris"), "monde")
    article = make.make_article(paris, "L'été à Paris", public_id=1_000_000_501, at=OLD)
    assert article.public_path() == "/fr/monde/202001011000000501-lete-a-paris/"
    assert article.listed_at == OLD
    next_one = make.make_article(section)
    assert next_one.public_id > 1_000_000_501


@pytest.mark.row("ART-01")
@pytest.mark.parametrize("number", [0, 999_999_999, 10_000_000_000, -5])
def test_a_number_out_of_range_is_refused(section, number):
    with pytest.raises(Refused, match="ten digits"):
        make.make_draft(section, public_id=number)
    assert not ArticlePage.objects.exists()


@pytest.mark.row("ART-01")
def test_a_number_already_taken_is_refused(section):
    make.make_draft(section, public_id=1_000_000_501)
    with pytest.raises(Refused, match="already"):
        make.make_draft(section, public_id=1_000_000_501)


@pytest.mark.row("ART-02")
def test_everything_an_article_holds(section):
    edition = section.edition
    picture, media = make.make_picture(), make.make_media()
    tags = [make.make_tag(edition, slug) for slug in ("c", "a", "b")]
    authors = [make.make_author(edition), make.make_author(edition)]
    article = make.make_article(
        section,
        kind="analysis",
        tags=tags,
        authors=authors,
        lead_picture=picture,
        body=[
            {"type": "paragraph", "value": "<p>One</p>"},
            {"type": "heading", "value": {"level": "2", "text": "Two"}},
            {"type": "image", "value": {"picture": picture.pk, "caption": "", "alt": "", "size": "wide"}},
            {"type": "gallery", "value": {"title": "G", "items": [{"picture": picture.pk}, {"picture": picture.pk}]}},
            {"type": "quote", "value": {"text": "Q", "by": "B", "role": "R", "pull": True}},
            {"type": "list", "value": {"ordered": True, "items": ["a", "b"]}},
            {"type": "table", "value": {"caption": "T", "header": True, "rows": [["1", "2"], ["3", "4"]], "note": ""}},
            {"type": "fact_box", "value": {"title": "F", "text": "<p>x</p>"}},
            {"type": "embed", "value": {"url": "https://video.example/1", "provider": "Video", "title": "V"}},
            {"type": "audio", "value": {"media": media.pk, "caption": ""}},
            {"type": "related", "value": {"article": None, "url": "https://x.example/", "title": "X"}},
        ],
        fields={"short_title": "Short", "dateline": "SALTMERE"},
    )
    shown = detail(article)
    assert [block.block_type for block in shown.body] == [
        "paragraph", "heading", "image", "gallery", "quote", "list", "table", "fact_box", "embed", "audio", "related",
    ]  # fmt: skip
    assert [tag.slug for tag in shown.tags] == ["c", "a", "b"]
    assert [author.id for author in shown.card.authors] == [author.pk for author in authors]
    assert (shown.card.short_title, shown.dateline, shown.card.kind) == ("Short", "SALTMERE", "analysis")
    assert [list(row) for row in shown.body[6].value["rows"]] == [["1", "2"], ["3", "4"]]


@pytest.mark.row("ART-02")
def test_links_to_numbers_follow_the_article(section):
    target = make.make_article(section, public_id=1_000_000_777)
    body = [make.paragraph('<p><a href="article:1000000777">there</a> <a href="article:1000000778">nowhere</a></p>')]
    draft = make.make_draft(section, body=body)
    source = str(draft.body[0].value.source)
    assert 'linktype="page"' in source
    assert f'id="{target.pk}"' in source
    codes = [finding.code for finding in checks_of(draft)]
    assert codes.count("link-missing") == 1
    withdraw_article(article=target)
    assert "link-withdrawn" in [finding.code for finding in checks_of(draft)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"headline": "x" * 500}, "255"),
        ({"headline": "Ok", "fields": {"short_title": "x" * 81}}, "80"),
        ({"headline": "Ok", "fields": {"standfirst": "x" * 601}}, "600"),
        ({"headline": "Ok", "kind": "rumour"}, "rumour"),
        ({"headline": "Ok", "fields": {"source_url": "javascript:alert(1)"}}, "URL"),
        ({"headline": ""}, "blank"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_stored(section, values, field):
    with pytest.raises(Refused) as caught:
        create_article(section=section, **values)
    assert field in caught.value.refusal.why
    assert not ArticlePage.objects.exists()


def test_an_unknown_field_is_a_programmers_error(section):
    with pytest.raises(TypeError):
        create_article(section=section, headline="x", fields={"colour": "red"})


def test_changing_a_public_article_waits_for_publication(section):
    article = make.make_article(section, "Before")
    article = update_article(article=article, headline="After", tags=[make.make_tag(section.edition)])
    assert article.title == "Before"
    assert article.tagged.count() == 0
    article = publish_article(article=article)
    assert article.title == "After"
    assert article.tagged.count() == 1
    assert newest(section.edition_id)[0].headline == "After"


def test_what_is_not_named_stays(section):
    tag = make.make_tag(section.edition)
    draft = make.make_draft(section, "Before", tags=[tag])
    draft = update_article(article=draft, dateline="S")
    assert (draft.title, draft.dateline, draft.tagged.count()) == ("Before", "S", 1)


def test_moving_by_update(section):
    other = make.make_section(section.edition, "economy")
    article = update_article(article=make.make_article(section), section=other)
    assert article.section_id == other.pk
    assert [card.section.slug for card in newest(section.edition_id)] == ["economy"]


@pytest.mark.row("ART-09")
def test_a_correction_is_dated_and_public_at_once(section):
    article = make.make_article(section)
    add_correction(article=article, text="The height was 4.9 m, not 5.2 m.", at=OLD)
    article = add_correction(article=article, text="Another one.")
    shown = detail(article)
    assert [one.text for one in shown.corrections] == ["Another one.", "The height was 4.9 m, not 5.2 m."]
    assert shown.corrections[1].at == OLD
    assert article.updated_at is None


@pytest.mark.row("ART-09")
def test_an_archives_time_of_updating_is_kept(section):
    draft = make.make_draft(section)
    later = datetime(2020, 1, 5, tzinfo=UTC)
    article = publish_article(article=draft, at=OLD, updated_at=later)
    assert (article.listed_at, article.updated_at) == (OLD, later)


def test_an_author_may_not_publish(section):
    from django.contrib.auth.models import Group
    from django.core.exceptions import PermissionDenied

    from broadsheet.readers.models import Reader

    person = Reader.objects.create_user("a@paper.example", is_staff=True)
    person.groups.add(Group.objects.get(name="Authors"))
    draft = make.make_draft(section)
    with pytest.raises(PermissionDenied):
        publish_article(article=draft, user=person)
    assert not ArticlePage.objects.get(pk=draft.pk).live


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"language": "xx"}, "language"),
        ({"time_zone": "Mars/Olympus"}, "time zone"),
        ({"code": "search"}, "taken"),
        ({"code": "Not a code"}, "code"),
        ({"accent": "red"}, "colour"),
    ],
)
def test_an_edition_that_cannot_be_is_refused(values, words):
    with pytest.raises(Refused) as caught:
        create_edition(**{"code": "en", "language": "en", "name": "Paper", **values})
    assert words in str(caught.value.refusal)
    assert not EditionPage.objects.exists()


def test_a_sections_address_must_not_be_the_papers_own(section):
    make.make_edition("fr", at_root=False)
    for slug in ("all-news", "tag", "fr", "editor"):
        with pytest.raises(Refused):
            create_section(edition=section.edition, name="X", slug=slug)
    with pytest.raises(Refused):
        create_section(edition=section.edition, name="X", slug="world")


def test_editions_are_translations_of_each_other_and_one_may_live_at_the_root(section):
    french = make.make_edition("fr", at_root=False)
    assert french.translation_key == section.edition.translation_key
    assert [edition.path for edition in editions()] == ["/", "/fr/"]
    with pytest.raises(Refused):
        make.make_edition("ar", at_root=True)


@pytest.mark.row("PAGE-05")
def test_a_layout_is_stored_as_the_editor_laid_it(section):
    article = make.make_article(section)
    layout = [
        {"type": "lead", "value": {"article": article.pk, "style": "picture-top", "supporting": [article.pk]}},
        {
            "type": "rail",
            "value": {"title": "W", "source": "section", "section": section.pk, "articles": [], "count": 4},
        },
        {"type": "news", "value": {"title": "", "count": 10}},
    ]
    set_layout(page=section.edition, layout=layout)
    stored = EditionPage.objects.get(pk=section.edition_id)
    assert [block.block_type for block in stored.layout] == ["lead", "rail", "news"]
    assert stored.layout[0].value["article"].pk == article.pk


def test_terms_are_put_not_doubled(section):
    first = make.make_tag(section.edition, "sea", name="Sea")
    second = put_tag(edition=section.edition, slug="sea", name="The sea", kind="place")
    assert first.pk == second.pk
    assert (second.name, second.kind) == ("The sea", "place")
    with pytest.raises(Refused):
        put_tag(edition=section.edition, slug="Not a slug", name="x")


def test_nothing_of_a_refused_picture_is_stored():
    with pytest.raises(Refused):
        make.make_picture(crops={"16:9": [0, 0, 5000, 10]})
    with pytest.raises(Refused):
        make.make_picture(caption="x" * 401)
    assert not Picture.objects.exists()


def test_outside_links_are_tried_only_on_the_open_network(section):
    body = [make.paragraph('<p><a href="http://127.0.0.1:9/x">a</a> <a href="mailto:a@b.example">b</a></p>')]
    draft = make.make_draft(section, body=body)
    assert ask_for_link_check(article=draft) == 1
    assert LinkCheck.objects.get().checked_at is None
    assert probe("http://127.0.0.1:9/x") == (False, "OSError")
    assert probe("http://10.0.0.1/") == (False, "OSError")
    assert probe("ftp://x.example/") == (False, "no web address")
    LinkCheck.objects.update(ok=False)
    assert "link-dead" in [finding.code for finding in checks_of(draft)]
