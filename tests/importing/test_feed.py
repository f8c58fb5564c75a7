"""RSS, Atom and JSON feeds come in as drafts, once; the readers agree with an outside one on what a feed says."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.actions.import_feed import import_feed
from broadsheet.importing.engines.feed import read_feed
from broadsheet.importing.errors import ImportRefusedError
from broadsheet.newsroom.actions.editions import create_edition, create_section
from broadsheet.newsroom.queries import archive

pytestmark = pytest.mark.row("ART-16")

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Shore News</title><link>https://shore.example/</link>
<language>en</language><copyright>CC BY 4.0</copyright>
<item><title>Ferry &amp; tide</title><link>https://shore.example/2</link><guid isPermaLink="false">tag:2</guid>
<pubDate>Tue, 03 Mar 2026 09:30:00 +0100</pubDate><dc:creator>Ann Shore</dc:creator><category>Harbour</category>
<category>Quay</category><description>In short.</description>
<content:encoded><![CDATA[<p onclick="x()">It <b>waited</b>.</p><script>x()</script><p><a href="/more">More</a></p>]]></content:encoded>
<media:content url="https://shore.example/i.jpg" type="image/jpeg"><media:credit>AP Photo / Jane Roe</media:credit>
<media:description>The ferry</media:description></media:content></item>
<item><title>Second</title><link>https://shore.example/1</link><description>&lt;p&gt;Only a description.&lt;/p&gt;</description>
<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Shore</title>
<id>urn:f</id><updated>2026-03-03T09:00:00Z</updated><author><name>Desk</name></author>
<entry><title type="html">Tide &amp;lt;b&amp;gt;</title><id>urn:1</id><link href="https://shore.example/a1"/>
<published>2026-03-03T08:00:00Z</published><updated>2026-03-03T09:00:00Z</updated><category term="Quay"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>In <em>XHTML</em></p></div></content></entry>
<entry><title>Plain</title><id>urn:2</id><updated>2026-03-02T08:00:00Z</updated><summary>Text &amp; all</summary></entry></feed>"""
JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Shore", "language": "en",
    "items": [{"id": "j1", "url": "https://shore.example/j1", "title": "Json <tide>", "content_html": "<p>Hi</p>",
               "date_published": "2026-03-03T08:00:00+01:00", "authors": [{"name": "Ann"}], "tags": ["Quay"]},
              {"id": 2, "content_text": "Only text\n\nTwo & more"}],
})  # fmt: skip
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel>
<item rdf:about="https://shore.example/r1"><title>Rdf</title><link>https://shore.example/r1</link><dc:date>2026-03-03T08:00:00Z</dc:date>
<description>D</description></item></rdf:RDF>"""


def test_rss() -> None:
    first, second = read_feed(RSS.encode())
    assert first.key == "tag:2"
    assert first.headline == "Ferry & tide"
    assert first.published_at == datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
    assert first.authors == ("Ann Shore",)
    assert first.tags == ("Harbour", "Quay")
    assert first.section == "Harbour"
    assert first.standfirst == "In short."
    assert [block["html"] for block in first.body] == [
        "<p>It <b>waited</b>.</p>", '<p><a href="https://shore.example/more">More</a></p>',
    ]  # fmt: skip
    picture = first.pictures[first.lead or 0]
    assert (picture.address, picture.caption) == ("https://shore.example/i.jpg", "The ferry")
    assert picture.credit is not None
    assert (picture.credit.agency, picture.credit.author) == ("AP Photo", "Jane Roe")
    assert (first.source_name, first.source_url, first.source_licence) == (
        "Shore News",
        "https://shore.example/2",
        "CC BY 4.0",
    )
    assert second.key == "https://shore.example/1"
    assert second.body[0]["html"] == "<p>Only a description.</p>"
    assert any("script" in line.what for line in first.dropped)


def test_atom_json_and_rdf() -> None:
    first, second = read_feed(ATOM.encode())
    assert first.headline == "Tide <b>"
    assert first.authors == second.authors == ("Desk",)
    assert first.updated_at == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert first.body[0]["html"] == "<p>In <em>XHTML</em></p>"
    assert second.body[0]["html"] == "<p>Text &amp; all</p>"
    one, two = read_feed(JSON_FEED.encode())
    assert (one.headline, one.key, one.authors, one.tags) == ("Json <tide>", "j1", ("Ann",), ("Quay",))
    assert two.key == "2"
    assert [block["html"] for block in two.body] == ["<p>Only text</p>", "<p>Two &amp; more</p>"]
    assert read_feed(RDF.encode())[0].published_at == datetime(2026, 3, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF])
def test_an_outside_reader_says_the_same(feed: str) -> None:
    other = feedparser.parse(feed.encode())
    ours = read_feed(feed.encode())
    assert len(ours) == len(other.entries)
    for mine, theirs in zip(ours, other.entries, strict=True):
        assert mine.key == theirs.get("id", theirs.get("link"))
        moment = theirs.get("published_parsed") or theirs.get("updated_parsed")
        assert mine.published_at is not None
        assert mine.published_at.timetuple()[:6] == moment[:6]
        assert mine.source_url == ("" if theirs.get("link", "").startswith("urn:") else theirs.get("link"))


@pytest.fixture
def edition(db: None) -> object:
    made = create_edition(code="en", language="en", name="The Gull", at_root=True)
    create_section(edition=made, name="Harbour", slug="harbour")
    return made


def feed_file(tmp_path: Path, text: str) -> str:
    (tmp_path / "feed.xml").write_text(
        text.replace('<media:content url="https://shore.example/i.jpg"', "<media:content")
    )
    return str(tmp_path / "feed.xml")


def titles() -> dict[str, object]:
    return {row.title: row for row in (archive.article_row(n) for n in archive.article_numbers()) if row}


@pytest.mark.django_db
def test_a_feed_comes_in_once(edition: object, tmp_path: Path) -> None:
    place = feed_file(tmp_path, RSS)
    report = import_feed(place=place)
    assert report.counts["articles", "created"] == 2
    assert not any(row.live for row in titles().values())
    assert titles()["Ferry & tide"].section.slug == "harbour"
    assert import_feed(place=place).changed == 0
    changed = import_feed(place=feed_file(tmp_path, RSS.replace("Second", "Second, again")))
    assert changed.counts["articles", "updated"] == 1
    assert set(titles()) == {"Ferry & tide", "Second, again"}


@pytest.mark.django_db
def test_published_on_demand_with_its_own_time(edition: object, tmp_path: Path) -> None:
    import_feed(place=feed_file(tmp_path, RSS), publish=True)
    page = titles()["Second"]
    assert page.live
    assert page.listed_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert page.public_path().startswith("/harbour/20260302")
    assert import_feed(place=feed_file(tmp_path, RSS), publish=True).changed == 0


BAD = {
    "empty": b"",
    "blank": b"  \n ",
    "binary": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "a page": b"<!doctype html><html><body><p>Hi</p></body></html>",
    "no feed": b"<?xml version='1.0'?><opml><body/></opml>",
    "cut off": RSS[: len(RSS) // 2].encode(),
    "JSON cut off": JSON_FEED[:-20].encode(),
    "other JSON": b'{"a": 1}',
    "too large": b"<rss>" + b" " * 26_000_000 + b"</rss>",
    "deep JSON": b'{"a":' * 100_000,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD)
def test_bad_feeds_are_refused(name: str, edition: object, tmp_path: Path) -> None:
    (tmp_path / "feed").write_bytes(BAD[name])
    with pytest.raises(ImportRefusedError) as refused:
        import_feed(place=str(tmp_path / "feed"))
    assert refused.value.message.startswith("Nothing was imported")
    assert archive.article_numbers() == []


def test_small_faults_and_other_encodings_are_forgiven() -> None:
    assert len(read_feed(RSS.replace("In short.", "In&nbsp;short &").encode())) == 2
    assert (
        read_feed(RSS.replace("UTF-8", "UTF-16").replace("Second", "Sécond").encode("utf-16"))[1].headline == "Sécond"
    )
    assert (
        read_feed(RSS.replace("UTF-8", "ISO-8859-1").replace("Second", "Sécond").encode("latin-1"))[1].headline
        == "Sécond"
    )
    wrongly = RSS.replace("UTF-8", "UTF-16").replace("Second", "Sécond").encode("utf-8")
    assert read_feed(wrongly)[1].headline == "Sécond"


def test_entities_are_never_resolved(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("do not read me")
    outside = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    bomb = (
        "<!DOCTYPE rss ["
        '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
    )
    for declared, name in ((outside, "x"), (bomb, "a11")):
        feed = RSS.replace("?>", "?>" + declared, 1).replace("In short.", f"&{name};")
        text = str(read_feed(feed.encode())[0])
        assert "do not read me" not in text
        assert len(text) < 20_000


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for wrapped in (content, b"<rss><channel><item><title>" + content + b"</title></item></channel></rss>"):
        with suppress(ImportRefusedError):
            read_feed(wrapped)


ODD = {
    "RSS 0.91": b"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
        "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Old</title>
        <item><title>First</title><link>http://o.example/1</link><description>Caf&eacute; &lt;b&gt;open&lt;/b&gt;</description></item>
        <item><title>Second</title><description>No link</description></item>
        <item><title>Third</title><description>No link either</description></item></channel></rss>""",
    "RSS 0.90": b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
        <channel><title>M</title></channel><item><title>First</title><link>http://m.example/1</link></item>
        <item><title>Second</title><link>http://m.example/2</link></item></rdf:RDF>""",
    "Atom 0.3": b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title><entry><title>First</title><id>u:9</id>
        <issued>2004-01-02T03:04:05Z</issued><modified>2004-01-03T03:04:05Z</modified>
        <content type="text/html" mode="escaped">&lt;p&gt;Hi&lt;/p&gt;</content></entry></feed>""",
    "one name for all": b"""<rss version="2.0"><channel><item><guid>1</guid><title>First</title><link>https://o.example/a</link></item>
        <item><guid>1</guid><title>Second</title><link>https://o.example/b</link></item>
        <item><guid>1</guid><title>Third</title><description>No link</description></item>
        <item><guid>1</guid><title>Second</title><link>https://o.example/b</link></item></channel></rss>""",
    "JSON Feed 1.0": b"""{"version":"https://jsonfeed.org/version/1","author":{"name":"Ann"},"items":[
        {"id":"1","title":"First","content_html":"<p>x</p>","date_published":"yesterday"},
        {"id":2.5,"content_text":"Second"},{"url":"https://j.example/3","content_text":"Third"},null,"x"]}""",
    "JSON in UTF-16": '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"title":"First"}]}'.encode("utf-16"),
}  # fmt: skip
IN_ALL = {"RSS 0.91": 3, "RSS 0.90": 2, "Atom 0.3": 1, "one name for all": 3, "JSON Feed 1.0": 3, "JSON in UTF-16": 1}


@pytest.mark.parametrize("name", ODD)
def test_every_entry_of_an_odd_feed_is_kept_apart(name: str) -> None:
    entries = read_feed(ODD[name])
    assert [entry.headline for entry in entries] == ["First", "Second", "Third"][: IN_ALL[name]]
    assert len({entry.key for entry in entries}) == IN_ALL[name]
    assert [entry.key for entry in read_feed(ODD[name])] == [entry.key for entry in entries]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ODD)
def test_odd_feeds_come_in_once(name: str, edition: object, tmp_path: Path) -> None:
    (tmp_path / "feed").write_bytes(ODD[name])
    report = import_feed(place=str(tmp_path / "feed"), section="harbour")
    assert (report.counts["articles", "created"], report.failed) == (IN_ALL[name], [])
    assert import_feed(place=str(tmp_path / "feed"), section="harbour").changed == 0
    assert len(archive.article_numbers()) == IN_ALL[name]


def test_letters_by_name_and_text_that_begins_with_a_sign_are_kept() -> None:
    assert read_feed(ODD["RSS 0.91"])[0].body[0]["html"] == "<p>Café <b>open</b></p>"
    twice = RSS.replace("Ferry &amp; tide", "&amp;c. and more").replace("In short.", "Caf&eacute;")
    first = read_feed(twice.encode())[0]
    assert (first.headline, first.standfirst) == ("&c. and more", "Café")


def test_times_that_are_none_are_told() -> None:
    wrong = RSS.replace("Tue, 03 Mar 2026 09:30:00 +0100", "Tue, 31 Feb 2026")
    first = read_feed(wrong.encode())[0]
    assert first.published_at is None
    assert any("31 Feb" in line.what for line in first.dropped)
    old = read_feed(ODD["Atom 0.3"])[0]
    assert old.published_at == datetime(2004, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert old.updated_at == datetime(2004, 1, 3, 3, 4, 5, tzinfo=UTC)


def test_the_widest_picture_of_a_group_is_taken() -> None:
    group = (
        '<media:group><media:content url="https://shore.example/small.jpg" medium="image" width="90"/>'
        '<media:content url="https://shore.example/wide.jpg" medium="image" width="1800"/></media:group>'
    )
    second = read_feed(RSS.replace("<title>Second</title>", f"<title>Second</title>{group}").encode())[1]
    assert [picture.address for picture in second.pictures] == ["https://shore.example/wide.jpg"]


@pytest.mark.django_db
def test_an_entry_that_says_nothing_is_told_and_not_kept(edition: object, tmp_path: Path) -> None:
    (tmp_path / "feed").write_bytes(b"<rss><channel><item><guid>1</guid></item></channel></rss>")
    report = import_feed(place=str(tmp_path / "feed"))
    assert archive.article_numbers() == []
    assert [line.what for line in report.dropped] == ["an entry"]
