"""A WordPress export comes in: posts, pages, authors, sections, tags, pictures, states, old addresses; no doubles."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from broadsheet.importing.actions.import_wordpress import import_wordpress
from broadsheet.importing.engines.wordpress import entry_of, read_items, read_site
from broadsheet.importing.errors import ImportRefusedError
from broadsheet.importing.queries.old_addresses import article_at
from broadsheet.newsroom.actions.drafts import update_article
from broadsheet.newsroom.actions.editions import create_edition, create_section
from broadsheet.newsroom.queries import archive
from tests.importing.bundles import picture_bytes

pytestmark = [pytest.mark.row("ART-16"), pytest.mark.django_db]

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old Gull</title><link>https://old.example</link><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ann]]></wp:author_login>
<wp:author_display_name><![CDATA[Ann Shore]]></wp:author_display_name></wp:author>
"""
TAIL = "</channel></rss>"


def item(number: int, content: str = "", *, kind: str = "post", status: str = "publish", more: str = "", name: str = "",
         title: str = "A post", excerpt: str = "", category: str = "Harbour") -> str:  # fmt: skip
    return textwrap.dedent(f"""
    <item><title><![CDATA[{title}]]></title><link>https://old.example/2019/05/{name or number}/</link>
    <pubDate>Mon, 06 May 2019 08:00:00 +0000</pubDate><dc:creator><![CDATA[ann]]></dc:creator>
    <guid isPermaLink="false">https://old.example/?p={number}</guid>
    <content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>
    <wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2019-05-06 08:00:00</wp:post_date_gmt>
    <wp:post_modified_gmt>2019-05-07 09:30:00</wp:post_modified_gmt><wp:post_name>{name}</wp:post_name>
    <wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
    <category domain="category" nicename="{category.lower()}"><![CDATA[{category}]]></category>
    <category domain="category" nicename="weather"><![CDATA[Weather]]></category>
    <category domain="post_tag" nicename="quay"><![CDATA[Quay]]></category>{more}</item>""")


ATTACHMENT = """<item><title>Harbour wall</title><link>https://old.example/wall/</link>
<content:encoded><![CDATA[]]></content:encoded><excerpt:encoded><![CDATA[The wall in May.]]></excerpt:encoded>
<wp:post_id>50</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://old.example/wp-content/uploads/2019/05/wall.jpg</wp:attachment_url>
<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value><![CDATA[A stone wall]]></wp:meta_value></wp:postmeta>
</item>"""
CLASSIC = """First line
second line

[caption id="attachment_50" width="300"]<img class="wp-image-50" src="https://old.example/wp-content/uploads/2019/05/wall-300x200.jpg" /> Seen from the sea[/caption]

[gallery ids="50,50"]

[fancy_slider id="3"]

He said [sic] so. [contact-form-7 id="9" title="x"]

https://films.example/watch/1"""
GUTENBERG = """<!-- wp:paragraph --><p>Hello <strong>there</strong></p><!-- /wp:paragraph -->
<!-- wp:heading {"level":3} --><h3>Small</h3><!-- /wp:heading -->
<!-- wp:image {"id":50} --><figure class="wp-block-image"><img src="https://old.example/wp-content/uploads/2019/05/wall-1024x768.jpg" class="wp-image-50"/><figcaption>Own words</figcaption></figure><!-- /wp:image -->
<!-- wp:quote --><blockquote class="wp-block-quote"><p>Quoted</p><cite>Pilot</cite></blockquote><!-- /wp:quote -->
<!-- wp:list --><ul><li>a</li><li>b</li></ul><!-- /wp:list -->
<!-- wp:table --><figure class="wp-block-table"><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table><figcaption>T</figcaption></figure><!-- /wp:table -->
<!-- wp:embed {"url":"https://films.example/2"} --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://films.example/2
</div></figure><!-- /wp:embed -->
<!-- wp:audio --><figure class="wp-block-audio"><audio controls src="https://old.example/a.mp3"></audio></figure><!-- /wp:audio -->
<!-- wp:latest-posts {"postsToShow":3} /-->
<!-- wp:html --><script>alert(1)</script><!-- /wp:html -->"""
COMMENT = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>Hi</wp:comment_content></wp:comment>"
THUMBNAIL = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>50</wp:meta_value></wp:postmeta>"


@pytest.fixture
def edition(db: None) -> object:
    made = create_edition(code="en", language="en", name="The Gull", at_root=True)
    create_section(edition=made, name="News", slug="news")
    return made


@pytest.fixture
def export(tmp_path: Path) -> Path:
    uploads = tmp_path / "uploads" / "2019" / "05"
    uploads.mkdir(parents=True)
    (uploads / "wall.jpg").write_bytes(picture_bytes())
    items = [
        ATTACHMENT,
        item(1, CLASSIC, name="classic", title="Classic &amp; old", more=COMMENT + COMMENT, excerpt="In short."),
        item(2, GUTENBERG, name="blocks", title="Blocks", more=THUMBNAIL + "<wp:is_sticky>1</wp:is_sticky>"),
        item(3, "Draft text", status="draft", title="A draft"),
        item(4, "Private text", status="private", title="Private"),
        item(5, "Gone", status="trash", title="In the bin"),
        item(6, "<p>We are <a href='https://old.example/x'>here</a>.</p>", kind="page", name="about-us", title="About us"),
        item(7, "", kind="nav_menu_item"),
        item(8, "Behind", title="Locked", more="<wp:post_password>x</wp:post_password>"),
        item(9, "No category", title="Loose", category="Uncategorized").replace("Weather", "Uncategorized").replace(
            'nicename="weather"', 'nicename="uncategorized"'),
    ]  # fmt: skip
    path = tmp_path / "export.xml"
    path.write_text(HEAD + "".join(items) + TAIL, encoding="utf-8")
    return path


def bring(export: Path, **more: object) -> object:
    return import_wordpress(file=export, uploads=export.parent / "uploads", **more)  # type: ignore[arg-type]


def by_title(title: str) -> object:
    rows = [archive.article_row(number) for number in archive.article_numbers()]
    return next(row for row in rows if row.title == title)


def test_everything_comes_in_once(edition: object, export: Path) -> None:
    report = bring(export)
    assert report.failed == []
    assert report.counts["articles", "created"] == 6
    assert report.counts["standing pages", "created"] == 1
    again = bring(export)
    assert again.changed == 0
    assert len(archive.article_numbers()) == 6
    assert archive.all_pictures().count() == 1


def test_posts_become_articles(edition: object, export: Path) -> None:
    bring(export)
    classic = by_title("Classic & old")
    assert classic.section.slug == "harbour"
    assert [line.author.name for line in classic.bylines.all()] == ["Ann Shore"]
    assert [row.tag.name for row in classic.tagged.all()] == ["Quay", "Weather"]
    assert classic.address_slug == "classic"
    assert classic.standfirst == "In short."
    assert classic.first_published_at.isoformat() == "2019-05-06T08:00:00+00:00"
    body = list(classic.get_latest_revision_as_object().body.get_prep_value())
    assert [block["type"] for block in body] == ["paragraph", "image", "gallery", "paragraph", "embed"]
    assert body[0]["value"] == "<p>First line<br>second line</p>"
    assert body[3]["value"] == "<p>He said [sic] so.</p>"
    picture = archive.all_pictures().get()
    assert (picture.caption, picture.alt, picture.title) == ("Seen from the sea", "A stone wall", "Harbour wall")
    blocks = by_title("Blocks").get_latest_revision_as_object()
    kinds = [block["type"] for block in blocks.body.get_prep_value()]
    assert kinds == ["paragraph", "heading", "image", "quote", "list", "table", "embed", "embed"]
    assert blocks.lead_picture == picture
    assert by_title("Loose").section.slug == "news"


def test_states_and_addresses(edition: object, export: Path) -> None:
    report = bring(export)
    # The picture has no credit, so the checks keep its articles drafts; those without one are public.
    assert not by_title("Blocks").live
    assert any("stays a draft" in line.reason for line in report.dropped)
    assert by_title("Loose").live
    for title in ("A draft", "Private", "Locked"):
        assert not by_title(title).live
    assert article_at("https://old.example/2019/05/classic/") == by_title("Classic & old").pk
    assert article_at("/?p=2") == by_title("Blocks").pk
    assert article_at("/nothing/") is None
    page = archive.info_page("en", "about-us")
    assert page.live
    assert page.text == '<p>We are <a href="https://old.example/x">here</a>.</p>'


def test_what_is_left_is_told(edition: object, export: Path) -> None:
    reasons = " ".join(f"{line.what} {line.reason}" for line in bring(export).dropped)
    for words in ("2 comments", "with the conversation", "fancy_slider", "contact-form-7", "latest-posts", "a script",
                  "In the bin", "It lay in the bin", "nav_menu_item", "stood on top", "password"):  # fmt: skip
        assert words in reasons, words
    assert "[sic]" not in reasons


def test_changes_at_the_source_come_but_never_over_edits_made_here(edition: object, export: Path) -> None:
    bring(export)
    update_article(article=by_title("A draft"), headline="Edited here")
    text = export.read_text().replace("Draft text", "Other draft text").replace("No category", "Still none")
    export.write_text(text)
    report = bring(export)
    assert report.counts["articles", "updated"] == 1
    assert [line.what for line in report.skipped] == ["“A draft”"]
    assert "Still none" in str(by_title("Loose").body.get_prep_value())


def test_pictures_are_never_fetched_unasked(edition: object, export: Path) -> None:
    report = import_wordpress(file=export)
    assert archive.all_pictures().count() == 0
    assert any(line.what.startswith("picture https://old.example") for line in report.dropped)


BAD = {
    "empty": b"",
    "binary": bytes(range(256)) * 50,
    "a page": b"<!doctype html><html><body>Hello</body></html>",
    "cut off": (HEAD + item(1, "x") * 3)[:-200].encode(),
    "no items, no site": b"<rss><channel></channel></rss>",
    "entities": (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + HEAD.split("?>", 1)[1] + TAIL
    ).encode(),
    "outside entity": (
        '<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd">' + HEAD.split("?>", 1)[1] + TAIL
    ).encode(),
    "mis-declared": (HEAD.replace("UTF-8", "UTF-16") + item(1, "é") + TAIL).encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_before_anything_is_written(name: str, edition: object, tmp_path: Path) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(BAD[name])
    with pytest.raises(ImportRefusedError) as refused:
        import_wordpress(file=path)
    assert refused.value.message.startswith("Nothing was imported: ")
    assert archive.article_numbers() == []


def test_utf16_is_read(edition: object, tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes((HEAD.replace("UTF-8", "UTF-16") + item(1, "é", title="Día") + TAIL).encode("utf-16"))
    assert import_wordpress(file=path).counts["articles", "created"] == 1
    assert by_title("Día")


def test_a_large_export_needs_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        body = "<p>" + "water and stone " * 4000 + "</p>"
        for number in range(1000):  # 64 MB
            file.write(item(number + 1, body, title=f"Post {number}"))
        file.write(TAIL)
    script = (
        "import resource,sys\nfrom pathlib import Path\nfrom broadsheet.importing.engines.wordpress import read_site,read_items\n"
        "base=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "site=read_site(Path(sys.argv[1])); n=sum(1 for _ in read_items(Path(sys.argv[1])))\n"
        "print(site.items,n,(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss-base)//1024)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    first, second, megabytes = map(int, done.stdout.split())
    assert first == second == 1000
    assert megabytes < 40


def test_old_and_odd_content_is_read(edition: object, tmp_path: Path) -> None:
    second = ATTACHMENT.replace(">50<", ">51<").replace("wall.jpg", "pier.jpg").replace(
        "<wp:status>", "<wp:post_parent>7</wp:post_parent><wp:status>"
    )  # fmt: skip
    lazy = '<p>Lazy <img src="data:image/gif;base64,R0lG" data-src="https://old.example/wp-content/uploads/2019/05/wall.jpg"></p>'
    cover = '<!-- wp:cover --><div><span aria-hidden="true"></span><p>On it</p></div><!-- /wp:cover -->'
    items = [
        ATTACHMENT,
        second,
        item(7, "Before\n\n[gallery]\n\n[youtube https://films.example/watch/7]", title="Own pictures"),
        item(8, "[gallery ids=&#8221;50,51&#8243;]", title="Curly marks"),
        item(9, lazy, title="Lazy"),
        item(10, cover, title="Cover"),
        item(11, "Later", status="future", title="Scheduled"),
        item(12, "One", name="same", title="Same address"),
        item(13, "Two", name="same", title="Same address, again"),
    ]
    path = tmp_path / "export.xml"
    path.write_text(HEAD + "".join(items) + TAIL, encoding="utf-8")
    site = read_site(path)
    read = {one.title: entry_of(one, site, site.by_address) for one in read_items(path) if one.kind == "post"}
    assert [block["type"] for block in read["Own pictures"].body] == ["paragraph", "image", "embed"]
    assert read["Own pictures"].pictures[0].address.endswith("/pier.jpg")
    assert [block["type"] for block in read["Curly marks"].body] == ["gallery"]
    assert read["Lazy"].pictures[0].address.endswith("/wall.jpg")
    assert [block["html"] for block in read["Cover"].body] == ["<p>On it</p>"]
    report = import_wordpress(file=path)
    assert report.failed == []
    assert report.counts["articles", "created"] == 7
    assert not by_title("Scheduled").live
    assert any("a schedule" in line.what for line in report.dropped)
    assert import_wordpress(file=path).changed == 0
