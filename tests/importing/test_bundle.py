"""A bundle comes back as it went out, again and again, whole or not at all."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.importing.actions.export_bundle import export_bundle
from broadsheet.importing.actions.load_bundle import load_bundle
from broadsheet.importing.errors import BundleBrokenError, ImportRefusedError, TargetTakenError
from broadsheet.importing.models import Imported
from broadsheet.kernel.models import Delivery
from broadsheet.newsroom.actions.drafts import update_article
from broadsheet.newsroom.queries import archive
from broadsheet.newsroom.queries.articles import article_by_number
from broadsheet.search.queries import search
from tests.importing.bundles import article, bundle_files, picture_bytes, write_bundle

pytestmark = [pytest.mark.row("ART-16"), pytest.mark.django_db]


class _UndoneError(Exception):
    pass


def in_empty_site(work: Callable[[], Any]) -> Any:
    """Do the work on a site that is empty before and afterwards."""
    found = []
    try:
        with transaction.atomic():
            found.append(work())
            raise _UndoneError
    except _UndoneError:
        return found[0]


def contents(folder: Path) -> dict[str, bytes]:
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    head = json.loads(files.pop("bundle.json"))
    assert set(head) == {"format", "version", "made_at", "generator", "clock"}
    return files


def test_a_whole_site_comes_back_identical(tmp_path: Path) -> None:
    write_bundle(tmp_path / "first")

    def out(source: str, target: str) -> dict[str, bytes]:
        report = load_bundle(tmp_path / source)
        assert report.failed == []
        assert report.skipped == []
        assert [line.reason for line in report.dropped if "doesn't know" not in line.reason] == []
        export_bundle(tmp_path / target)
        return contents(tmp_path / target)

    second = in_empty_site(lambda: out("first", "second"))
    third = in_empty_site(lambda: out("second", "third"))
    assert third == second
    assert third["pictures/1000000902.jpg"] == second["pictures/1000000902.jpg"]
    row = json.loads(second["articles/1000000101.json"])
    first = bundle_files()["articles/1000000101.json"]
    for name in ("headline", "body", "kind", "slug", "standfirst", "dateline", "corrections", "published_at", "updated_at",
                 "authors", "tags", "lead", "status"):  # fmt: skip
        wanted = first[name]
        if name == "body":
            wanted = [block | {"html": block["html"]} if "html" in block else block for block in wanted]
        assert row[name] == wanted, name
    bell = json.loads(second["media.json"])[0]
    assert bell["transcripts"] == {"en": "<p>A bell.</p>", "fr": "<p>Une cloche.</p>"}
    live = json.loads(second["articles/1000000102.json"])["live"]
    assert [post["key"] for post in live["posts"]] == ["p1", "p2"]
    assert live["posts"][0]["changed_at"] == "2026-03-02T09:30:00Z"
    states = {name: json.loads(text) for name, text in second.items() if name.startswith("articles/")}
    assert states["articles/1000000103.json"]["status"] == "draft"
    assert states["articles/1000000104.json"]["status"] == "withdrawn"
    assert states["articles/1000000105.json"]["pending"]["headline"] == "The draft behind it"
    assert states["articles/1000000106.json"]["translation"] == "1000000101"


def test_what_is_loaded_is_public_and_found(tmp_path: Path) -> None:
    load_bundle(write_bundle(tmp_path))
    assert Delivery.objects.count() == 0
    page = article_by_number(1000000101)
    assert page is not None
    assert page.public_path() == "/harbour/202603021000000101-tide-turns/"
    assert article_by_number(1000000103) is None or not article_by_number(1000000103).live
    found = search("tide turns", edition_id=archive.edition_page("en").pk)
    assert {hit.card.public_id for hit in found.hits} >= {1000000101, 1000000102}


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    load_bundle(write_bundle(tmp_path))
    revisions = archive.article_row(1000000101).revisions.count()
    report = load_bundle(tmp_path)
    assert report.changed == 0
    assert report.skipped == report.failed == []
    assert archive.article_row(1000000101).revisions.count() == revisions
    assert len(archive.article_numbers()) == 7
    assert archive.all_pictures().count() == 2


def test_its_own_export_changes_nothing(tmp_path: Path) -> None:
    load_bundle(write_bundle(tmp_path / "in"))
    export_bundle(tmp_path / "out.zip")
    report = load_bundle(tmp_path / "out.zip")
    assert report.changed == 0
    assert report.skipped == report.failed == []


def test_changes_are_taken_over_unless_the_article_was_edited_here(tmp_path: Path) -> None:
    files = bundle_files()
    load_bundle(write_bundle(tmp_path, files))
    for number in ("1000000102", "1000000105"):
        files[f"articles/{number}.json"]["headline"] = f"Changed at the source {number}"
    update_article(article=archive.article_row(1000000105), headline="Changed here")
    write_bundle(tmp_path, files)
    report = load_bundle(tmp_path)
    assert report.counts["articles", "updated"] == 1
    assert [line.what for line in report.skipped] == ["article 1000000105"]
    assert "changed here" in report.skipped[0].reason
    assert archive.article_row(1000000102).title == "Changed at the source 1000000102"
    assert archive.article_row(1000000105).get_latest_revision_as_object().title == "Changed here"
    forced = load_bundle(tmp_path, force=True)
    assert forced.counts["articles", "updated"] == 1
    assert archive.article_row(1000000105).title == "Changed at the source 1000000105"


def test_an_article_of_the_same_number_from_elsewhere_is_left(tmp_path: Path) -> None:
    load_bundle(write_bundle(tmp_path / "a"))
    export_bundle(tmp_path / "b")
    Imported.objects.all().delete()
    path = tmp_path / "b" / "articles" / "1000000101.json"
    path.write_text(path.read_text().replace("The tide turns", "Of another paper: the tide turns"))
    (tmp_path / "b" / "manifest.json").unlink()
    report = load_bundle(tmp_path / "b")
    assert [line.what for line in report.skipped] == ["article 1000000101"]
    assert "did not come from this source" in report.skipped[0].reason


def test_a_deleted_article_stays_deleted(tmp_path: Path) -> None:
    load_bundle(write_bundle(tmp_path))
    archive.article_row(1000000107).delete()
    files = bundle_files()
    files["articles/1000000107.json"]["headline"] = "Comes again"
    report = load_bundle(write_bundle(tmp_path, files))
    assert any(line.what == "article 1000000107" and "deleted here" in line.reason for line in report.skipped)


def test_what_the_checks_block_stays_a_draft_and_is_told(tmp_path: Path) -> None:
    files = bundle_files()
    files["pictures.json"][0]["credit"] = {"agency": ""}
    report = load_bundle(write_bundle(tmp_path, files))
    assert any("stays a draft" in line.reason for line in report.dropped)
    assert not archive.article_row(1000000101).live


def broken(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    files = bundle_files()
    change(files)
    return files


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "no head": (lambda f: f.pop("bundle.json"), "no bundle.json"),
    "another format": (lambda f: f["bundle.json"].update(format="zine"), "Broadsheet bundle"),
    "a later version": (lambda f: f["bundle.json"].update(version=3), "version 3"),
    "no edition": (lambda f: [f.pop("editions/en.json"), f.pop("editions/fr.json")], "no edition"),
    "no picture file": (lambda f: f.pop("pictures/a.jpg"), "pictures/a.jpg is missing"),
    "an empty picture": (lambda f: f.update({"pictures/a.jpg": b""}), "empty"),
    "unknown section": (lambda f: f["articles/1000000101.json"].update(section="x"), "section “x”"),
    "unknown author": (lambda f: f["articles/1000000101.json"].update(authors=["en/x"]), "en/x"),
    "unknown picture": (lambda f: f["articles/1000000101.json"].update(lead={"picture": "1000000999"}), "1000000999"),
    "half JSON": (lambda f: f.update({"tags.json": b'[{"key": '}), "tags.json is not JSON"),
    "UTF-16": (lambda f: f.update({"tags.json": "[]".encode("utf-16")}), "not UTF-8"),
    "binary": (lambda f: f.update({"authors.json": bytes(range(256))}), "authors.json"),
    "deep": (lambda f: f.update({"tags.json": b"[" * 100_000}), "tags.json"),
    "no status": (lambda f: f["articles/1000000101.json"].update(status="gone"), "must be one of"),
    "no time": (lambda f: f["articles/1000000101.json"].update(published_at="yesterday"), "must be a time"),
    "a time without zone": (lambda f: f["articles/1000000101.json"].update(updated_at="2026-03-02T08:15:00"), "time"),
    "live without a time": (lambda f: f["articles/1000000101.json"].update(published_at=None, first_published_at=None),
                            "since when"),
    "a number of letters": (lambda f: f["articles/1000000101.json"].update(public_id="abc"), "ten digits"),
    "another's file": (lambda f: f.update({"articles/1000000150.json": f["articles/1000000101.json"]}), "holds the article"),
    "a block of no kind": (lambda f: f["articles/1000000101.json"]["body"].append({"type": "marquee"}), "must have a type"),
    "two of one number": (lambda f: f["pictures.json"].append(f["pictures.json"][0]), "two entries"),
    "a picture's number": (lambda f: f["pictures.json"][1].update(public_id="1000000101"), "which isn't there"),
    "a file outside": (lambda f: f["pictures.json"][0].update(file="../../etc/passwd"), "missing"),
    "two roots": (lambda f: f["editions/fr.json"].update(at_root=True), "more than one edition"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_bundle_is_refused_before_anything_is_written(name: str, tmp_path: Path) -> None:
    change, words = BROKEN[name]
    write_bundle(tmp_path, broken(change))
    with pytest.raises(BundleBrokenError) as refused:
        load_bundle(tmp_path)
    assert words in refused.value.message
    assert refused.value.message.startswith("Nothing was imported: ")
    assert archive.all_editions() == []
    assert archive.all_pictures().count() == 0


def zipped(target: Path, files: dict[str, bytes], **more: Any) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive_file:
        for name, value in files.items():
            archive_file.writestr(name, value)
    return target


def test_archives_that_lead_outside_or_explode_are_refused(tmp_path: Path) -> None:
    head = json.dumps(bundle_files()["bundle.json"]).encode()
    for name in ("../evil.json", "/etc/evil.json", "a/../../evil", "C:/evil", "..\\evil"):
        with pytest.raises(BundleBrokenError, match="outside"):
            load_bundle(zipped(tmp_path / "slip.zip", {"bundle.json": head, name: b"x"}))
    with pytest.raises(BundleBrokenError, match="times its size"):
        load_bundle(zipped(tmp_path / "bomb.zip", {"bundle.json": head, "articles/1.json": b"0" * 200_000_000}))
    link = zipfile.ZipInfo("pictures/a.jpg")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as file:
        file.writestr("bundle.json", head)
        file.writestr(link, "/etc/passwd")
    with pytest.raises(BundleBrokenError, match="link"):
        load_bundle(tmp_path / "link.zip")
    assert not (tmp_path.parent / "evil.json").exists()


def test_a_cut_off_or_changed_archive_is_refused(tmp_path: Path) -> None:
    load_bundle(write_bundle(tmp_path / "in"))
    export_bundle(tmp_path / "out.zip")
    whole = (tmp_path / "out.zip").read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 30):
        (tmp_path / "cut.zip").write_bytes(whole[:cut])
        with pytest.raises(ImportRefusedError):
            load_bundle(tmp_path / "cut.zip")
    flipped = bytearray(whole)
    place = whole.index(b"\xff\xd8\xff") + 500
    flipped[place] ^= 0xFF
    (tmp_path / "flipped.zip").write_bytes(flipped)
    with pytest.raises(BundleBrokenError, match="damaged"):
        load_bundle(tmp_path / "flipped.zip")
    export_bundle(tmp_path / "folder")
    path = tmp_path / "folder" / "pictures" / "1000000901.jpg"
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(BundleBrokenError, match="cut off or changed"):
        load_bundle(tmp_path / "folder")
    path.unlink()
    with pytest.raises(BundleBrokenError, match="missing"):
        load_bundle(tmp_path / "folder")


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(picture_bytes())
    write_bundle(tmp_path / "in")
    (tmp_path / "in" / "pictures" / "a.jpg").unlink()
    (tmp_path / "in" / "pictures" / "a.jpg").symlink_to(secret)
    with pytest.raises(BundleBrokenError, match="missing"):
        load_bundle(tmp_path / "in")


def test_an_unsound_picture_fails_alone_and_is_told(tmp_path: Path) -> None:
    files = bundle_files()
    files["pictures/b.jpg"] = b"<svg><script>alert(1)</script></svg>"
    report = load_bundle(write_bundle(tmp_path, files))
    assert [line.what for line in report.failed] == ["picture 1000000902"]
    told = {line.what for line in report.dropped if "1000000902" in line.reason}
    assert told == {"article 1000000101", "article 1000000102", "author en/ann-shore", "recording bell"}
    assert archive.article_row(1000000102) is not None


def test_markup_is_cleaned(tmp_path: Path) -> None:
    files = bundle_files()
    evil = '<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a><img src=x onerror=y></p>'
    files["articles/1000000102.json"]["body"] = [{"type": "paragraph", "html": evil}]
    files["articles/1000000102.json"]["live"]["posts"][0]["html"] = evil
    load_bundle(write_bundle(tmp_path, files))
    page = archive.article_row(1000000102)
    stored = str(page.body.get_prep_value()) + "".join(post.text for post in page.live_posts.all())
    for word in ("script", "onclick", "onerror", "javascript", "<img"):
        assert word not in stored


def test_authors_and_tags_may_be_called_otherwise_than_their_addresses(tmp_path: Path) -> None:
    files = bundle_files()
    files["tags.json"][0].update(key="en/landing")
    files["authors.json"][0].update(key="en/ann")
    for number in range(1000000101, 1000000108):
        row = files[f"articles/{number}.json"]
        for content in (row, row.get("pending") or {}):
            content["tags"] = ["en/landing" if key == "en/quay" else key for key in content.get("tags", [])]
            content["authors"] = ["en/ann" if key == "en/ann-shore" else key for key in content.get("authors", [])]
        for post in (row["live"] or {"posts": []})["posts"]:
            post["author"] = "en/ann" if post["author"] else None
    next(block for block in files["editions/en.json"]["front"] if block.get("tag"))["tag"] = "en/landing"
    report = load_bundle(write_bundle(tmp_path / "in", files))
    assert not [line for line in report.dropped if "isn't here" in line.reason]
    export_bundle(tmp_path / "out")
    row = json.loads((tmp_path / "out" / "articles" / "1000000102.json").read_text())
    assert (row["tags"], row["authors"], row["live"]["posts"][0]["author"]) == (
        ["en/quay"],
        ["en/ann-shore"],
        "en/ann-shore",
    )
    front = json.loads((tmp_path / "out" / "editions" / "en.json").read_text())["front"]
    assert [block["tag"] for block in front if block.get("tag")] == ["en/quay"]
    assert load_bundle(tmp_path / "in").changed == 0


def test_nothing_is_written_over(tmp_path: Path) -> None:
    load_bundle(write_bundle(tmp_path / "in"))
    with pytest.raises(TargetTakenError):
        export_bundle(tmp_path / "in")
    assert (tmp_path / "in" / "bundle.json").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.row("OPS-01")
def test_times_move_to_now_and_clock_times_stay(tmp_path: Path) -> None:
    files = bundle_files()
    files["bundle.json"]["clock"] = "2026-03-02T12:00:00Z"
    files["articles/1000000101.json"]["published_at"] = files["articles/1000000101.json"]["first_published_at"] = (
        "2026-03-02T11:30:00Z"
    )
    files["articles/1000000101.json"]["updated_at"] = "2026-03-02T11:59:30Z"
    now = datetime(2026, 7, 10, 9, 0, 20, tzinfo=UTC)
    load_bundle(write_bundle(tmp_path, files), shift_to=now)
    recent = archive.article_row(1000000101)
    assert recent.listed_at == datetime(2026, 7, 10, 8, 30, tzinfo=UTC)
    assert recent.updated_at == datetime(2026, 7, 10, 8, 59, 30, tzinfo=UTC)
    old = archive.article_row(1000000102)  # 1 March 08:15 in London: 129 whole days later, again 08:15 there
    assert old.listed_at == datetime(2026, 7, 8, 7, 15, tzinfo=UTC)
    assert old.public_path().startswith("/harbour/20260708")
    assert max(page.listed_at for page in [recent, old]) <= now


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="é中ع"), min_size=1, max_size=60
).filter(lambda text: text.strip() == text and text)
INLINE = st.builds(
    lambda tag, text: f"<{tag}>{text}</{tag}>" if tag else text,
    st.sampled_from(["b", "i", "em", "strong", "code", "sup", ""]),
    WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
)
BLOCKS = st.one_of(
    st.builds(lambda parts: {"type": "paragraph", "html": f"<p>{' '.join(parts)}</p>"}, st.lists(INLINE, min_size=1)),
    st.builds(lambda text: {"type": "heading", "level": 2, "text": text}, WORDS),
    st.builds(lambda text, by: {"type": "quote", "text": text, "by": by, "role": "", "pull": False}, WORDS, WORDS),
    st.builds(lambda items: {"type": "list", "ordered": False, "items": [f"<p>{x}</p>" for x in items]},
              st.lists(INLINE, min_size=1, max_size=3)),
    st.builds(lambda rows: {"type": "table", "caption": "", "header": True, "rows": rows, "note": ""},
              st.lists(st.lists(WORDS.filter(lambda t: "<" not in t), min_size=2, max_size=2), min_size=1, max_size=3)),
    st.builds(lambda text, x: {"type": "fact_box", "title": text, "html": f"<p>{x}</p>"}, WORDS, INLINE),
)  # fmt: skip
ARTICLES = st.builds(
    lambda headline, standfirst, body, status: {
        "headline": " ".join(headline.split()), "standfirst": standfirst, "body": body, "status": status,
    },
    WORDS, WORDS, st.lists(BLOCKS, max_size=5), st.sampled_from(["live", "draft", "withdrawn"]),
)  # fmt: skip


@settings(max_examples=4)
@given(rows=st.lists(ARTICLES, min_size=1, max_size=4))
def test_any_articles_come_back_identical(rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("bundle")
    files = {name: value for name, value in bundle_files().items() if not name.startswith("articles/")}
    for number, row in enumerate(rows):
        key = f"{1000000200 + number}"
        times = {"published_at": None, "first_published_at": None} if row["status"] == "draft" else {}
        files[f"articles/{key}.json"] = article(key, **row, **times)
    write_bundle(folder / "first", files)

    def out(source: str, target: str) -> dict[str, bytes]:
        report = load_bundle(folder / source)
        assert report.failed == []
        export_bundle(folder / target)
        return contents(folder / target)

    second = in_empty_site(lambda: out("first", "second"))
    third = in_empty_site(lambda: out("second", "third"))
    assert third == second
    for number, row in enumerate(rows):
        kept = json.loads(second[f"articles/{1000000200 + number}.json"])
        assert kept["status"] == row["status"]
        assert kept["headline"] == row["headline"]
        assert len(kept["body"]) == len(row["body"])
