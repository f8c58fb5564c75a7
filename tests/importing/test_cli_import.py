"""The commands: exit codes, words, JSON, drafts from pages, and a dry run that needs nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from broadsheet.importing.actions.import_page import import_page
from broadsheet.importing.errors import DestinationMissingError, ImportRefusedError
from broadsheet.importing.rules.report import Report
from broadsheet.newsroom.actions.drafts import update_article
from broadsheet.newsroom.actions.editions import create_edition, create_section
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.actions.terms import put_notice
from broadsheet.newsroom.queries import archive
from broadsheet.newsroom.queries.articles import article_by_number, detail
from tests.importing.bundles import bundle_files, picture_bytes, write_bundle
from tests.importing.wikinews_pages import render, stories
from tests.papers import copy_of_new, copy_of_prepared

pytestmark = [pytest.mark.row("ART-16"), pytest.mark.row("OPS-04")]

PARAGRAPH = (
    "The water rose for six hours and fell for six hours, as it has done since there was a harbour to measure it in. "
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Tide turns at noon - The Gull</title>
<link rel="canonical" href="https://gull.example/harbour/202603021000000777-tide-turns-at-noon/">
<meta property="article:section" content="Harbour"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Tide turns at noon</h1><p class="standfirst">It was high at eleven, and the ferry waited for the water.</p>
<p>By Ann Shore</p>
<figure><img src="Tide_files/quay.jpg" alt="A stone quay"><figcaption>The quay at noon. © AP Photo / Jane Roe</figcaption></figure>
<p>{PARAGRAPH * 3}</p><p>The Grey Hand* denied it. {PARAGRAPH * 2}</p><p>{PARAGRAPH * 3}</p>
<p>* The Grey Hand (also known as Jabhat al-Rih) is a terrorist organisation banned in Gullhaven.</p>
</article><footer>© 2026 The Gull</footer></body></html>"""


def broadsheet(*words: str, data: Path | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BROADSHEET_LOG": "error"}
    for name in ("DJANGO_SETTINGS_MODULE", "BROADSHEET_DATABASE"):
        environment.pop(name, None)
    if data is not None:
        environment["BROADSHEET_DATA"] = str(data)
    command = [sys.executable, "-m", "broadsheet", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300, **more)


@pytest.fixture
def edition(db: None) -> object:
    made = create_edition(code="en", language="en", name="The Gull", at_root=True)
    create_section(edition=made, name="News", slug="news")
    create_section(edition=made, name="Harbour", slug="harbour")
    return made


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    (tmp_path / "Tide.html").write_text(PAGE)
    (tmp_path / "Tide_files").mkdir()
    (tmp_path / "Tide_files" / "quay.jpg").write_bytes(picture_bytes())
    return tmp_path / "Tide.html"


def test_a_saved_page_becomes_a_draft_once(edition: object, saved: Path) -> None:
    report = Report()
    first = import_page(place=str(saved), report=report)
    assert first.outcome == "created"
    assert first.public_id == "1000000777"
    page = archive.article_row(1000000777)
    assert not page.live
    assert page.title == "Tide turns at noon"
    assert page.section.slug == "harbour"
    assert page.standfirst.startswith("It was high at eleven")
    assert [line.author.name for line in page.bylines.all()] == ["Ann Shore"]
    assert page.lead_picture.agency == "AP Photo"
    assert page.lead_picture.author == "Jane Roe"
    assert page.lead_picture.alt == "A stone quay"
    assert page.source_url.startswith("https://gull.example/")
    notice = archive.all_notices().get()
    assert (notice.name, notice.aliases, notice.jurisdiction) == ("Grey Hand", ["Jabhat al-Rih"], "Gullhaven")
    assert f'<span data-notice="{notice.key}">Grey Hand</span> denied' in str(page.body.get_prep_value())
    assert import_page(place=str(saved), report=Report()).outcome == "unchanged"
    assert archive.article_numbers() == [1000000777]
    assert archive.all_pictures().count() == 1
    saved.write_text(PAGE.replace("Tide turns at noon</h1>", "Tide turns at one</h1>"))
    assert import_page(place=str(saved), report=Report()).outcome == "updated"
    assert archive.article_row(1000000777).title == "Tide turns at one"
    published = publish_article(article=archive.article_row(1000000777))
    assert published.public_path().startswith("/harbour/202603021000000777-")


def test_an_edited_draft_is_left(edition: object, saved: Path) -> None:
    import_page(place=str(saved), report=Report())
    update_article(article=archive.article_row(1000000777), headline="Mine")
    saved.write_text(PAGE.replace("Tide turns at noon</h1>", "Tide turns at one</h1>"))
    report = Report()
    assert import_page(place=str(saved), report=report).outcome == ""
    assert "changed here" in report.skipped[0].reason
    assert import_page(place=str(saved), report=Report(), force=True).outcome == "updated"


def test_a_taken_number_and_a_known_notice(edition: object, saved: Path) -> None:
    from broadsheet.newsroom.actions.drafts import create_article

    section = archive.section_page("en", "news")
    create_article(section=section, headline="First come", public_id=1000000777)
    put_notice(edition=edition, key="rih", name="Grey Hand", text="Banned.", aliases=["Jabhat al-Rih"])
    report = Report()
    kept = import_page(place=str(saved), report=report)
    assert kept.outcome == "created"
    assert kept.public_id != "1000000777"
    assert any("1000000777" in line.what for line in report.dropped)
    assert archive.all_notices().count() == 1
    body = str(archive.article_row(int(kept.public_id or 0)).body.get_prep_value())
    assert 'data-notice="rih"' in body


def test_pictures_come_only_from_the_pages_own_folder(edition: object, saved: Path) -> None:
    secret = saved.parent / "elsewhere"
    secret.mkdir()
    (saved.parent / "Tide_files" / "quay.jpg").rename(secret / "quay.jpg")
    (saved.parent / "Tide_files" / "quay.jpg").symlink_to(secret / "quay.jpg")
    report = Report()
    import_page(place=str(saved), report=report)
    assert archive.all_pictures().count() == 0
    assert any(line.what.startswith("picture ") for line in report.dropped)


def test_no_edition_is_said(db: None, saved: Path) -> None:
    with pytest.raises(DestinationMissingError, match="no edition"):
        import_page(place=str(saved), report=Report())


@pytest.mark.parametrize(("edition_code", "section"), [("xx", None), ("en", "nothing")])
def test_unknown_destinations_are_said(edition: object, saved: Path, edition_code: str, section: str | None) -> None:
    report = Report()
    if section is None:
        with pytest.raises(ImportRefusedError, match="There are: en"):
            import_page(place=str(saved), report=report, edition=edition_code)
    else:
        import_page(place=str(saved), report=report, edition=edition_code, section=section)
        assert "There are: news, harbour" in report.failed[0].reason
    assert archive.article_numbers() == []


def test_wikinews_articles_come_and_go_out_with_byline_and_licence(
    edition: object, shared: Path, tmp_path: Path
) -> None:
    rows = list(stories(shared))
    for number, story in enumerate(rows):
        path = tmp_path / f"{story.name}.html"
        path.write_text(render(story, number), encoding="utf-8")
        kept = import_page(place=str(path), report=Report())
        assert kept.outcome == "created", story.name
        page = publish_article(article=archive.article_row(int(kept.public_id or 0)))
        shown = detail(article_by_number(page.public_id))
        assert story.byline in [author.name for author in shown.card.authors]
        assert page.source_licence == story.licence
        assert page.source_url == story.url
        assert page.published_on == story.day
    assert len(archive.article_numbers()) == 43


def test_a_dry_run_needs_no_django(saved: Path, tmp_path: Path) -> None:
    script = (
        "import sys, runpy\nsys.argv = ['broadsheet', 'import', 'page', '--dry-run', '--json', sys.argv[1]]\n"
        "try:\n    runpy.run_module('broadsheet', run_name='__main__')\nexcept SystemExit as end:\n    status = end.code\n"
        "bad = [name for name in sys.modules if name.split('.')[0] in {'django', 'wagtail', 'psycopg'}]\n"
        "assert not bad, bad\nsys.exit(status)"
    )
    environment = {"PATH": os.environ["PATH"], "BROADSHEET_DATA": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "-c", script, str(saved)], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert list(said) == ["headline", "short_title", "standfirst", "section", "tags", "published_on", "public_id",
                          "language", "canonical_url", "authors", "source", "licence", "images", "body", "notices",
                          "unmarked_mentions", "dropped"]  # fmt: skip
    assert said["public_id"] == "1000000777"
    assert said["published_on"] == "2026-03-02"
    assert not (tmp_path / "none").exists()


def test_several_files_one_bad(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    done = broadsheet("import", "page", "--dry-run", "--json", str(tmp_path / "empty.html"), str(saved))
    assert done.returncode == 65
    assert "Nothing was imported" in done.stderr
    assert json.loads(done.stdout)["headline"] == "Tide turns at noon"


def test_the_commands_end_to_end(tmp_path: Path, saved: Path) -> None:
    data = tmp_path / "paper"
    done = broadsheet("import", "page", str(saved), data=tmp_path / "nowhere")
    assert done.returncode == 69
    assert "There is no paper" in done.stderr
    copy_of_new(data)
    first = broadsheet("import", "page", str(saved), str(tmp_path / "nothing.html"), "--json", data=data)
    assert first.returncode == 66
    said = json.loads(first.stdout)
    assert [row["outcome"] for row in said["pages"]] == ["created"]
    assert len(said["report"]["failed"]) == 1
    out = tmp_path / "out.zip"
    assert broadsheet("export", str(out), data=data).returncode == 0
    again = broadsheet("import", "bundle", str(out), "--json", data=data)
    assert again.returncode == 0
    counts = json.loads(again.stdout)["counts"]
    assert all(kinds["created"] == kinds["updated"] == 0 for kinds in counts.values())
    bad = broadsheet("import", "bundle", str(saved), data=data)
    assert bad.returncode == 65
    assert bad.stderr.startswith("Nothing was imported: ")
    assert "Traceback" not in bad.stderr
    assert broadsheet("import", "feed", str(saved), data=data).returncode == 65
    assert broadsheet("import", "wordpress", str(saved), data=data).returncode == 65


@pytest.mark.row("OPS-01")
def test_a_killed_import_goes_on_without_doubles(tmp_path: Path) -> None:
    data, bundle = tmp_path / "paper", write_bundle(tmp_path / "bundle", many_articles())
    environment = {**os.environ, "BROADSHEET_DATA": str(data), "BROADSHEET_LOG": "error"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    copy_of_prepared(data)
    command = [sys.executable, "-m", "broadsheet", "import", "bundle", str(bundle), "--json"]
    killed = 0
    for _attempt in range(4):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        before = _articles(data)
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline and _articles(data) < before + 3:
            time.sleep(0.05)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert killed >= 1
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)["counts"]
    assert sum(counts["articles"].values()) == 20
    last = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert all(kinds["created"] == kinds["updated"] == 0 for kinds in json.loads(last.stdout)["counts"].values())
    assert _articles(data) == 20


def many_articles() -> dict[str, Any]:
    from tests.importing.bundles import article

    files = {name: value for name, value in bundle_files().items() if not name.startswith("articles/")}
    for number in range(1000000301, 1000000321):
        link = f'<p><a href="article:{number + 1}">next</a></p>'
        files[f"articles/{number}.json"] = article(str(number), body=[{"type": "paragraph", "html": link}])
    return files


def _articles(data: Path) -> int:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(data / "broadsheet.sqlite3", timeout=30)) as database:
        return int(database.execute("SELECT count(*) FROM newsroom_articlepage").fetchone()[0])


@pytest.mark.slow
def test_progress_is_shown_on_a_terminal_and_not_in_a_file(tmp_path: Path) -> None:
    """A terminal sees a bar; a file or a pipe sees none."""
    import pty

    files = bundle_files()
    data, bundle = tmp_path / "paper", write_bundle(tmp_path / "bundle", files)
    assert broadsheet("new", str(data), "--name", "Die Möwe", "--language", "de").returncode == 0
    quiet = broadsheet("import", "bundle", str(bundle), data=data)
    assert quiet.returncode == 1
    assert "edition en: " in quiet.stdout
    assert "root" in quiet.stdout
    assert quiet.stderr == ""
    files["editions/en.json"]["at_root"] = False  # the paper has one there already
    write_bundle(bundle, files)
    environment = {
        **os.environ,
        "BROADSHEET_DATA": str(data),
        "BROADSHEET_LOG": "error",
        "TERM": "xterm",
        "COLUMNS": "100",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "broadsheet", "import", "bundle", str(bundle)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
        assert process.wait(60) == 0
    os.close(ours)
    assert "━".encode() in shown
    assert b"Checking" in shown or b"Importing" in shown


def test_a_page_from_the_web(edition: object, tmp_path: Path) -> None:
    """Private addresses are refused unless allowed; then page and pictures come from there."""
    import threading
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    (tmp_path / "Tide_files").mkdir()
    (tmp_path / "Tide_files" / "quay.jpg").write_bytes(picture_bytes())

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_words: object) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=web.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{web.server_port}/page.html"
    (tmp_path / "page.html").write_text(PAGE.replace("https://gull.example", address.removesuffix("/page.html")).replace(
        "Tide_files/", f"{address.removesuffix('page.html')}Tide_files/"))  # fmt: skip
    try:
        with pytest.raises(ImportRefusedError, match="private"):
            import_page(place=address, report=Report())
        assert archive.article_numbers() == []
        kept = import_page(place=address, report=Report(), allow_private=True)
        assert kept.outcome == "created"
        assert archive.article_row(1000000777).lead_picture.agency == "AP Photo"
    finally:
        web.shutdown()
