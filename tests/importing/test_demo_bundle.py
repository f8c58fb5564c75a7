"""The demo paper's bundle holds together: every key, picture, link and translation it names exists."""

import json
import re
from collections import Counter, defaultdict
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

import broadsheet.importing

DEMO = Path(broadsheet.importing.__file__).parent / "demo"
EDITIONS = ("en", "fr", "ar")
KINDS = {
    "news", "analysis", "opinion", "interview", "live", "gallery", "cartoon", "infographic", "video", "audio",
}  # fmt: skip
INLINE = {"p", "b", "i", "em", "strong", "a", "br", "sup", "sub", "code", "span"}
PAGES = {"about", "imprint", "corrections", "accessibility", "tdm"}  # the policies are the shipped ones
TAG_ORDER = ["place", "person", "topic"]
# The fewest words of body and live posts together that a printed piece of the kind has. Arabic writes the
# article, the conjunction and the pronoun as one word with the noun: three quarters say the same.
ARABIC_SHARE = 0.75
FEWEST_WORDS = {
    "news": 250, "analysis": 500, "opinion": 450, "interview": 500, "live": 350,
    "gallery": 100, "infographic": 120, "video": 50, "audio": 80, "cartoon": 15,
}  # fmt: skip

pytestmark = pytest.mark.row("OPS-01")


def load(name: str):
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


ARTICLES = {path.stem: load(f"articles/{path.name}") for path in sorted((DEMO / "articles").glob("*.json"))}
PICTURES = {row["public_id"]: row for row in load("pictures.json")}
AUTHORS = {row["key"]: row for row in load("authors.json")}
TAGS = {row["key"]: row for row in load("tags.json")}
NOTICES = {row["key"]: row for row in load("notices.json")}
MEDIA = {row["key"]: row for row in load("media.json")}
BUNDLE = load("bundle.json")


@pytest.fixture(params=EDITIONS)
def edition(request) -> dict:
    return load(f"editions/{request.param}.json")


@pytest.fixture(params=sorted(ARTICLES))
def article(request) -> dict:
    return ARTICLES[request.param]


def of(code: str) -> list[dict]:
    return [row for row in ARTICLES.values() if row["edition"] == code]


def markup(article: dict) -> list[str]:
    """Every piece of rich text of an article."""
    found: list[str] = []
    for block in article["body"]:
        found += [block["html"]] if "html" in block else []
        found += [item for item in block.get("items", []) if isinstance(item, str)]
        found += [cell for row in block.get("rows", []) for cell in row]
    posts = article["live"]["posts"] if article["live"] else []
    return found + [post["html"] for post in posts]


def words(article: dict) -> int:
    texts = markup(article)
    for block in article["body"]:
        texts += [block["text"]] if "text" in block else []
        texts += [item["caption"] for item in block.get("items", []) if isinstance(item, dict)]
    return sum(len(re.sub(r"<[^>]+>", " ", text).split()) for text in texts)


class Marks(HTMLParser):
    """The tags, links and notice marks of one piece of rich text; unclosed elements stay on the stack."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.links, self.notices, self.stack = set(), [], [], []
        self.notice = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        values = dict(attrs)
        if tag != "br":
            self.stack.append(tag)
        if tag == "a":
            self.links.append(values.get("href", ""))
        self.notice = values.get("data-notice", self.notice)

    def handle_endtag(self, tag):
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack.pop() == tag
        self.notice = None if tag == "span" else self.notice

    def handle_data(self, data):
        if self.notice:
            self.notices.append((self.notice, data))


def pictures_of(article: dict) -> list[tuple[str, str, str]]:
    """Each use of a picture: its id, and the caption and alt that a reader of the article gets."""
    uses = [article["lead"]] if article["lead"] else []
    for block in article["body"]:
        uses += [block] if block["type"] == "image" else []
        uses += block["items"] if block["type"] == "gallery" else []
    found = []
    for use in uses:
        asset = PICTURES[use["picture"]]
        caption, alt = use.get("caption") or asset["caption"], use.get("alt") or asset["alt"]
        found.append((use["picture"], caption, alt))
    return found


def ids_in(layout: list[dict] | None) -> list[str]:
    found = []
    for block in layout or []:
        found += [block["article"]] if block["type"] == "lead" else []
        found += block.get("supporting", []) + block.get("articles", [])
    return found


def test_bundle_is_of_the_documented_format():
    assert (BUNDLE["format"], BUNDLE["version"]) == ("broadsheet-bundle", 1)


def test_there_are_forty_articles_and_twelve_stories_in_all_three_editions():
    groups = defaultdict(list)
    for row in ARTICLES.values():
        if row["translation"]:
            groups[row["translation"]].append(row["edition"])
    assert len(ARTICLES) >= 40
    assert all(max(Counter(codes).values()) == 1 for codes in groups.values())
    assert sum(sorted(codes) == sorted(EDITIONS) for codes in groups.values()) >= 12


@pytest.mark.parametrize("code", EDITIONS)
def test_every_kind_and_block_is_shown(code):
    blocks = {block["type"] for row in of(code) for block in row["body"]}
    assert {row["kind"] for row in of(code)} == KINDS
    assert {"paragraph", "heading", "image", "gallery", "quote", "list", "table", "fact_box"} <= blocks
    assert {"embed", "related"} <= {block["type"] for row in ARTICLES.values() for block in row["body"]}


def test_translations_are_of_one_kind_and_section(article):
    for other in ARTICLES.values():
        if article["translation"] and other["translation"] == article["translation"]:
            assert (other["kind"], other["section"]) == (article["kind"], article["section"])


def test_article_refers_only_to_what_exists(article):
    code = article["edition"]
    sections = [row["key"] for row in load(f"editions/{code}.json")["sections"]]
    assert article["section"] in sections
    assert article["authors"]
    assert all(AUTHORS[key]["edition"] == code for key in article["authors"])
    assert all(TAGS[key]["edition"] == code for key in article["tags"])
    assert article["lead_media"] is None or article["lead_media"] in MEDIA
    for block in article["body"]:
        if block["type"] in {"audio", "video"}:
            assert block["media"] in MEDIA
        if block["type"] == "related" and block["article"]:
            assert ARTICLES[block["article"]]["edition"] == code
            assert block["article"] != article["public_id"]


def test_article_has_a_plain_address_and_a_unique_id(article):
    assert ARTICLES[article["public_id"]] is article
    assert re.fullmatch(r"1000000\d{3}", article["public_id"])
    assert article["public_id"] not in PICTURES
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", article["slug"])


def test_tags_stand_in_the_order_places_people_topics(article):
    order = [TAG_ORDER.index(TAGS[key]["kind"]) for key in article["tags"]]
    assert order == sorted(order)
    assert len(set(article["tags"])) == len(article["tags"]) >= 2


def test_headings_and_standfirst_fit_their_places(article):
    assert 8 <= len(article["headline"]) <= 110
    assert 4 <= len(article["short_title"]) <= 55
    assert 60 <= len(article["standfirst"]) <= 240


def test_text_is_long_enough_for_its_kind_and_no_filler(article):
    text = json.dumps(article, ensure_ascii=False).lower()
    share = ARABIC_SHARE if article["edition"] == "ar" else 1
    assert words(article) >= FEWEST_WORDS[article["kind"]] * share
    assert not re.search(r"lorem|ipsum|todo|xxx|placeholder|\btbd\b", text)


def test_rich_text_uses_the_allowed_elements_and_is_closed(article):
    for text in markup(article):
        marks = Marks(text)
        assert marks.tags <= INLINE, text
        assert marks.stack == [], text


def test_links_inside_the_paper_lead_to_articles_of_the_edition(article):
    for text in markup(article):
        for href in Marks(text).links:
            assert href.startswith(("article:", "https://", "mailto:")), href
            if href.startswith("article:"):
                assert ARTICLES[href.removeprefix("article:")]["edition"] == article["edition"]


def test_pictures_have_caption_credit_and_an_alt_of_their_own(article):
    assert article["lead"]
    for public_id, caption, alt in pictures_of(article):
        assert PICTURES[public_id]["credit"]["agency"]
        assert caption
        assert alt
        assert caption != alt


def test_tables_have_rows_of_one_width(article):
    for block in article["body"]:
        if block["type"] == "table":
            assert len({len(row) for row in block["rows"]}) == 1
            assert block["caption"]


def test_times_run_forwards_and_stop_at_the_clock(article):
    clock, published = at(BUNDLE["clock"]), at(article["published_at"])
    assert at("2026-11-08T00:00:00Z") <= published <= clock
    updated = at(article["updated_at"] or article["published_at"])
    assert published <= updated <= clock
    assert all(published < at(row["at"]) <= updated and row["text"] for row in article["corrections"])


def test_live_posts_lie_between_start_and_end(article):
    assert bool(article["live"]) == (article["kind"] == "live")
    if not article["live"]:
        return
    start, end = at(article["live"]["starts_at"]), at(article["live"]["ends_at"])
    posts = article["live"]["posts"]
    assert len(posts) >= (10 if article["edition"] == "en" else 8)
    assert len({row["key"] for row in posts}) == len(posts)
    assert all(start <= at(row["at"]) <= end and row["headline"] for row in posts)
    assert all(row["author"] is None or row["author"] in AUTHORS for row in posts)


def test_sound_and_film_have_their_file(article):
    if article["kind"] in {"audio", "video"}:
        assert MEDIA[article["lead_media"]]["kind"] == article["kind"]


def test_pictures_were_taken_and_received_before_they_were_printed(article):
    printed = at(article["live"]["ends_at"] if article["live"] else article["updated_at"] or article["published_at"])
    for public_id, _caption, _alt in pictures_of(article):
        assert at(f"{PICTURES[public_id]['taken_on']}T00:00:00Z") <= at(PICTURES[public_id]["uploaded_at"]) <= printed


def film_boxes(data: bytes) -> dict[str, bytes]:
    """The boxes of an MP4 file, in their order, those of the movie and its first track with the outer ones."""
    found: dict[str, bytes] = {}
    place = 0
    while place < len(data):
        size, name = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8].decode("latin-1")
        inner = data[place + 8 : place + size]
        found.setdefault(name, inner)
        if name in {"moov", "trak"}:
            found |= {key: value for key, value in film_boxes(inner).items() if key not in found}
        place += size
    return found


def test_the_film_is_sharp_and_light_and_starts_before_all_of_it_is_there():
    row = next(row for row in MEDIA.values() if row["kind"] == "video")
    data = (DEMO / row["file"]).read_bytes()
    boxes = film_boxes(data)
    assert len(data) < 1_500_000
    assert list(boxes).index("moov") < list(boxes).index("mdat")
    width, height = (int.from_bytes(boxes["tkhd"][start : start + 2]) for start in (76, 80))
    assert (width, height) >= (960, 540)
    assert width * 9 == height * 16
    scale, length = (int.from_bytes(boxes["mvhd"][start : start + 4]) for start in (12, 16))
    assert 8 <= length / scale <= 15
    assert row["duration_s"] == round(length / scale)
    for track in row["captions"]:
        ends = re.findall(r"--> 00:00:(\d\d\.\d{3})", (DEMO / track["file"]).read_text(encoding="utf-8"))
        assert ends
        assert float(ends[-1]) <= length / scale


def prose_of(value) -> list[str]:
    """Every text of a record that a reader sees, without its markup."""
    if isinstance(value, dict):
        unread = {"url", "slug", "key", "at", "media", "article", "tag", "section", "accent", "type"}
        return [text for key, one in value.items() if key not in unread for text in prose_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in prose_of(one)]
    return [re.sub(r"<[^>]+>", " ", value)] if isinstance(value, str) and " " in value else []


def test_french_is_spaced_as_french_is_printed():
    texts = prose_of([of("fr"), load("editions/fr.json")])
    texts += prose_of(
        [row for name in ("authors", "notices", "tags") for row in load(f"{name}.json") if row["edition"] == "fr"]
    )
    assert len(texts) > 500
    for text in texts:
        assert not re.search(r"[^\u202f?!][;!?»]|[^\u202f\d]:(?!\d)|«[^\u202f]|\d[ \u00a0]?%|['\"]|\.\.\.", text), text


def test_arabic_has_arabic_punctuation():
    texts = prose_of([of("ar"), load("editions/ar.json")])
    assert len(texts) > 500
    for text in texts:
        assert not re.search(r"[\u0621-\u064a\u0651][,;?\"']|[“”]|[\u0660-\u0669]", text), text


def test_corrections_stand_under_at_least_two_articles():
    assert sum(bool(row["corrections"]) for row in ARTICLES.values()) >= 2


@pytest.mark.parametrize("code", EDITIONS)
def test_legal_notice_is_marked_with_its_own_names(code):
    names = {key: {row["name"], *row["aliases"]} for key, row in NOTICES.items() if row["edition"] == code}
    marked = defaultdict(set)
    for row in of(code):
        for text in markup(row):
            for key, term in Marks(text).notices:
                assert term.casefold() in {name.casefold() for name in names[key]}
                marked[key].add((row["public_id"], term))
    assert set(marked) == set(names)
    if code == "en":
        (uses,) = marked.values()
        assert len({public_id for public_id, _ in uses}) == 2
        assert len({term for _, term in uses}) == 3


def test_asset_files_are_there_and_described():
    for row in PICTURES.values():
        assert (DEMO / row["file"]).stat().st_size > 0
        assert row["credit"]["agency"]
        assert row["decorative"] or (row["alt"] and row["alt"] != row["caption"])
    for row in MEDIA.values():
        assert (DEMO / row["file"]).stat().st_size > 0
        assert row["credit"]["agency"]
        assert row["transcript"] or row["captions"]
        assert row["poster"] is None or row["poster"] in PICTURES


def test_edition_has_its_sections_pages_and_addresses(edition):
    assert len(edition["sections"]) == 8
    assert all(row["description"] and re.fullmatch(r"[a-z-]+", row["slug"]) for row in edition["sections"])
    assert {row["key"] for row in edition["pages"]} == PAGES
    assert all(row["translation"] == f"page-{row['key']}" for row in edition["pages"])
    for row in edition["pages"]:
        assert Marks(row["html"]).stack == []
        assert len(re.sub(r"<[^>]+>", " ", row["html"]).split()) >= 60
    assert all("@" in edition[f"{who}_address"] for who in ("privacy", "moderators", "contact"))


def test_layouts_show_articles_of_their_edition(edition):
    assert edition["front"][0]["type"] == "lead"
    assert {"lead", "grid", "rail", "news", "multimedia"} <= {block["type"] for block in edition["front"]}
    keys = {row["key"] for row in edition["sections"]}
    for layout in [edition["front"], *[row["layout"] for row in edition["sections"]]]:
        for block in layout or []:
            assert block.get("section") is None or block["section"] in keys
            assert block.get("tag") is None or TAGS[block["tag"]]["edition"] == edition["code"]
        assert all(ARTICLES[public_id]["edition"] == edition["code"] for public_id in ids_in(layout))


def test_front_shows_no_article_twice_in_its_own_choice(edition):
    chosen = ids_in(edition["front"])
    assert len(chosen) == len(set(chosen)) >= 8


@pytest.mark.parametrize("rows", [AUTHORS, TAGS], ids=["authors", "tags"])
def test_authors_and_tags_are_translated_one_to_one(rows):
    groups, slugs = defaultdict(set), Counter()
    for row in rows.values():
        groups[row["translation"]].add(row["edition"])
        slugs[row["edition"], row.get("kind"), row["slug"]] += 1
        assert row["name"]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["slug"])
    assert all(codes == set(EDITIONS) for key, codes in groups.items() if key)
    assert max(slugs.values()) == 1
