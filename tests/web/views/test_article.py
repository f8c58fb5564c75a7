"""The page of an article (ART-02, 03, 05, 07, 08, 09, 12)."""

import pytest
from django.conf import settings

from broadsheet.newsroom.actions.drafts import update_article
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.queries.addresses import path_of
from tests.factories import newsroom as make
from tests.web.conftest import KINDS, NOON, block, listed


def published(paper, headline, blocks, **fields):
    return path_of(make.make_article(paper.world, headline, body=blocks, at=NOON, **fields))


@pytest.mark.row("ART-02")
def test_headline_once_standfirst_and_every_block(paper, read):
    picture, media = paper.picture.pk, make.make_media(kind="audio", transcripts={"en": "<p>Bells.</p>"})
    film = make.make_media(kind="video")
    blocks = [
        block("paragraph", "<p>First <b>words</b>.</p>"),
        block("heading", {"level": "2", "text": "A <heading>"}),
        block("heading", {"level": "3", "text": "Smaller"}),
        block("image", {"picture": picture, "caption": "Another caption", "alt": "Another alt", "size": "wide"}),
        block("gallery", {"title": "Gates", "items": listed({"picture": picture, "caption": "One"}, {"picture": picture, "caption": "Two"})}),
        block("quote", {"text": "Now it is a barrier.", "by": "Samir", "role": "engineer", "pull": False}),
        block("quote", {"text": "The river stops.", "by": "Nadia", "role": "", "pull": True}),
        block("list", {"ordered": True, "items": listed("<p>One</p>", "<p>Two</p>")}),
        block("table", {"caption": "Rates", "header": True, "rows": listed(listed("Quarter", "Rate"), listed("Q1", "3.75")), "note": "Bank"}),
        block("fact_box", {"title": "In figures", "text": "<p>4.9 m</p>"}),
        block("embed", {"url": "https://video.example/x", "provider": "Strait Video", "title": "The tower"}),
        block("audio", {"media": media.pk, "caption": "Bells at noon"}),
        block("video", {"media": film.pk, "caption": "Gates"}),
        block("related", {"article": paper.articles["opinion"].pk, "url": "", "title": ""}),
        block("related", {"article": None, "url": "https://river.example/", "title": "The river"}),
    ]  # fmt: skip
    page = read(
        published(paper, "Every block", blocks, fields={"standfirst": "All that a body is made of, in one article."})
    )
    assert page.words("h1") == "Every block"
    assert page.words(".story-standfirst") == "All that a body is made of, in one article."
    assert page.one(".story-body > p b").text == "words"
    assert [h.text for h in page.all(".story-body > h2")] == ["A <heading>"]
    assert page.words(".story-body > h3") == "Smaller"
    figure = page.one(".figure-wide")
    assert figure.select("img")[0].get("alt") == "Another alt"
    assert figure.select(".caption")[0].text == "Another caption"
    assert [e.get_text() for e in page.all(".gallery .caption")] == ["One", "Two"]
    assert page.words(".quote blockquote") == "Now it is a barrier."
    assert page.words(".pull blockquote") == "The river stops."
    assert [li.text for li in page.all(".story-body > ol li")] == ["One", "Two"]
    assert [th.text for th in page.all(".table thead th")] == ["Quarter", "Rate"]
    assert page.one(".table thead th:first-child").get("scope") == "col"
    assert page.words(".table .note") == "Bank"
    assert page.words(".fact-box") == "In figures 4.9 m"
    assert "Strait Video" in page.words(".embed-offer")
    assert page.all("iframe") == []
    assert page.one(".embed a").get("href") == "https://video.example/x"
    assert len(page.all("audio")) == 1
    assert page.words(".transcript").endswith("Bells.")
    assert len(page.all("video")) == 1
    assert [a.get("href") for a in page.all(".related a")] == [paper.path("opinion"), "https://river.example/"]


@pytest.mark.row("ART-02")
def test_what_would_be_contacted_is_framed_on_a_page_of_its_own(paper, client):
    embed = {"url": "https://video.example/x", "provider": "Strait Video", "title": "The tower"}
    path = published(paper, "With embed", [block("embed", embed)])
    number = path.split("/")[2][8:18]
    response = client.get(f"/embed/{number}/1/")
    assert 'src="https://video.example/x"' in response.content.decode()
    assert "sandbox=" in response.content.decode()
    assert "frame-src https:" in response["Content-Security-Policy"]
    assert client.get(f"/embed/{number}/2/").status_code == 404


@pytest.mark.row("ART-03")
def test_a_picture_is_shown_with_caption_alt_and_credit(paper, read):
    page = read(paper.path())
    lead = page.one(".story-lead")
    assert lead.select("img")[0].get("alt") == "A steel gate"
    assert lead.select(".caption")[0].text == "A gate"
    assert lead.select(".credit")[0].text == "© Tidewire 2026 / Jane Roe"


@pytest.mark.row("ART-04")
def test_pictures_are_offered_in_three_formats_and_never_larger_than_they_are(paper, read):
    picture = read(paper.path()).one(".story-lead picture")
    assert [s.get("type") for s in picture.select("source")] == ["image/avif", "image/webp"]
    widths = [int(part.split()[1][:-1]) for part in picture.select("source")[0].get("srcset").split(", ")]
    assert max(widths) <= 1600
    image = picture.select("img")[0]
    assert int(image.get("width")) / int(image.get("height")) == pytest.approx(16 / 9, abs=0.01)


@pytest.mark.row("ART-05")
def test_tags_stand_in_the_editors_order_and_are_linked(paper, read):
    page = read(paper.path())
    assert page.words(".tags") == "Tags: Saltmere, Ines, Floods"
    assert [a.get("href") for a in page.all(".tags a")] == ["/tag/saltmere/", "/tag/ines/", "/tag/floods/"]
    assert page.one(".story-head .kicker a").get("href") == "/world/"


@pytest.mark.row("ART-06")
def test_the_short_address_is_to_be_had_without_scripts(paper, read, client):
    page = read(paper.path())
    form = page.one("form[data-short]")
    assert form.select("button")[0].text == "Get short URL"
    short = client.get(form.get("action"), headers={"accept": "application/json"}).json()["url"]
    assert page.one("link[rel=shortlink]").get("href") == short
    response = client.get(short.removeprefix(settings.PUBLIC_URL))
    assert (response.status_code, response["Location"]) == (301, paper.path())


@pytest.mark.row("ART-07")
def test_views_are_counted_apart_and_labelled(paper, read):
    assert page_views(read(paper.path())) == "0 views"


def page_views(page):
    return page.words("[data-views]")


@pytest.mark.row("ART-08")
def test_notices_are_linked_both_ways_after_the_last_paragraph(paper, read):
    make.make_notice(paper.edition)
    make.make_notice(paper.edition, "other", name="Other", text="Other is banned, too.", aliases=[])
    blocks = [
        block("paragraph", '<p>The <span data-notice="harrow-front">Harrow Front</span> and <span data-notice="other">Other</span>.</p>'),
        block("paragraph", '<p>Again <span data-notice="harrow-front">the Furrow Brigade</span>.</p>'),
    ]  # fmt: skip
    page = read(published(paper, "Marked", blocks))
    marks = page.all(".story-body a.mark")
    assert [(m.text, m.get("href")) for m in marks] == [("*", "#notice-1"), ("**", "#notice-2"), ("*", "#notice-1")]
    assert page.words("#notice-1 p").startswith("The Harrow Front is banned in Orrel.")
    for number in ("1", "2"):
        back = page.one(f"#notice-{number} a.mark").get("href")
        assert page.one(back) is not None
    last = page.all(".story-body > p")[-1]
    order = [e for e in page.tree.find_all(True) if e is last or e.get("id") == "notices"]
    assert order[0] is last


@pytest.mark.row("ART-09")
def test_times_byline_dateline_and_corrections(paper, read):
    article = paper.articles["news"]
    log = [(NOON, "An earlier version gave 5.2 metres. It was 4.9.")]
    article = publish_article(article=update_article(article=article, corrections=log))
    ArticlePage.objects.filter(pk=article.pk).update(updated_at=NOON.replace(hour=15))
    page = read(paper.path())
    assert page.words(".byline") == "Mara Quill, Correspondent"
    assert page.one(".byline a").get("href") == "/author/mara-quill/"
    assert page.words(".dateline") == "SALTMERE"
    dates = {e.select("dt")[0].text: e.select("time")[0].text for e in page.all(".dates div")}
    assert dates == {"Published": "20 November 2026, 12:00", "Updated": "20 November 2026, 15:00"}
    assert "It was 4.9." in page.words("#corrections")
    assert page.words("#corrections time") == "20 November 2026, 12:00"
    assert "An earlier version" in read("/corrections/").words(".log")


@pytest.mark.row("ART-09")
def test_times_are_those_of_the_editions_zone(paper, read):
    assert "20 novembre 2026, 13:00" in read(paper.path("fr")).words(".dates")


@pytest.mark.row("ART-12")
def test_every_kind_has_its_page(every_kind, read):
    for kind in KINDS:
        page = read(every_kind.path(kind))
        assert f"story-{kind}" in page.one("body").get("class")
        assert page.words("h1") == f"The {kind} of the day"
        if kind not in {"news", "live"}:
            assert page.words(".story-head .kind").lower() == kind


@pytest.mark.row("ART-12")
def test_an_opinion_shows_its_author(paper, read):
    assert len(read(paper.path("opinion")).all(".story-head .portrait img")) == 1


@pytest.mark.row("ART-12")
def test_questions_of_an_interview_stand_out(paper, read):
    blocks = [block("paragraph", "<p><b>Where were you?</b></p>"), block("paragraph", "<p>In a <b>corner</b>.</p>")]
    page = read(published(paper, "Asked", blocks, kind="interview"))
    assert [p.get_text() for p in page.all("p.question")] == ["Where were you?"]


@pytest.mark.row("ART-12")
def test_a_film_has_captions_and_a_recording_its_words(paper, read):
    recording = make.make_media(kind="audio", title="Bells", transcripts={"en": "<p>Five bells.</p>"})
    page = read(published(paper, "Heard", [], kind="audio", fields={"lead_media": recording}))
    assert len(page.all("audio[controls]")) == 1
    assert page.all("audio[autoplay]") == []
    assert "Five bells." in page.words("details.transcript")


@pytest.mark.row("PAGE-05")
def test_news_recommended_and_multimedia_stand_by_every_article(paper, read):
    page = read(paper.path())
    news = page.one(".story-rail .news")
    links = [a.get("href") for a in news.select("a")]
    assert links[0] == links[-1] == "/all-news/"
    assert paper.path() not in links
    assert paper.path("analysis") in links
    assert page.words(".story-rail #recommended") == "Recommended"
    assert page.words(".story-rail .why")
    assert "Multimedia" in page.words(".story-after .multimedia h2")


def test_what_was_taken_over_names_source_and_licence(paper, read):
    fields = {"source_name": "River News", "source_url": "https://river.example/1", "source_licence": "CC BY 4.0"}
    page = read(published(paper, "Taken over", [], fields=fields))
    assert page.words(".source") == "Taken over from River News. Licence: CC BY 4.0."
    assert page.one(".source a").get("href") == "https://river.example/1"


HEADLINES = (
    "x" * 255, "ประเทศไทยวันนี้มีข่าวใหม่จากแม่น้ำ" * 4, "🌊" * 40, "\u202eesrever\u202c and \u200frtl", "<script>alert(1)</script>",
)  # fmt: skip


def test_any_headline_makes_a_page(paper, read):
    for headline in HEADLINES:
        page = read(published(paper, headline, []))
        assert page.words("h1") == headline
        check_quiet(page)


def check_quiet(page):
    assert [s for s in page.all("script") if "alert" in (s.text or "") and s.get("type") != "application/ld+json"] == []


@pytest.mark.row("PERF-03")
def test_an_article_asks_at_most_ten_questions(paper, client, django_assert_max_num_queries, monkeypatch):
    from broadsheet.web.queries import rails

    monkeypatch.setattr(rails, "listening", lambda: True)  # as in a serving process, whose tailer runs
    client.get(paper.path())
    with django_assert_max_num_queries(10):
        client.get(paper.path())
