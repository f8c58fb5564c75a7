"""The desk moves with the paper: people, rights, histories, schedules, approvals, counts; secrets and locks stay."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Comment, Page, Revision, Workflow, WorkflowState

import broadsheet.importing
from broadsheet.delivery.queries.views import short_link_uses_of, views_of
from broadsheet.importing.actions.export_bundle import export_bundle
from broadsheet.importing.actions.load_bundle import load_bundle
from broadsheet.importing.engines.bundle_source import open_source
from broadsheet.importing.errors import BundleBrokenError
from broadsheet.importing.queries.old_addresses import article_at
from broadsheet.kernel import clock
from broadsheet.kernel.ids import allocate_public_number
from broadsheet.newsroom.actions.drafts import update_article
from broadsheet.newsroom.actions.scheduled import publish_and_expire_due
from broadsheet.newsroom.queries import archive
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.newsroom.queries.roles import member
from broadsheet.readers.actions.staff import make_login_link, put_staff, redeem_login_link
from broadsheet.readers.queries.staff import staff
from broadsheet.web.queries.rails import forget_rails
from tests.importing.bundles import bundle_files, write_bundle
from tests.importing.furnished import SOON, furnish
from tests.importing.test_bundle import contents, in_empty_site

pytestmark = [pytest.mark.row("ART-16"), pytest.mark.django_db]
DEMO = Path(broadsheet.importing.__file__).parent / "demo"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "bundle.md"
NUMBERS = [1000000101, 1000000102, 1000000103, 1000000105, 1000000107]
PATHS = ("/", "/harbour/", "/fr/", "/fr/port/", "/all-news/")


def furnished(folder: Path) -> Path:
    """Export a furnished paper from a site that is empty again afterwards."""

    def work() -> None:
        load_bundle(write_bundle(folder / "plain"))
        furnish(NUMBERS)
        export_bundle(folder / "out")

    in_empty_site(work)
    return folder / "out"


def row_of(folder: Path, number: int) -> dict[str, Any]:
    return json.loads((folder / "articles" / f"{number}.json").read_text())


def test_a_furnished_paper_comes_back_identical(tmp_path: Path) -> None:
    out = furnished(tmp_path)
    report = load_bundle(out)
    assert report.failed == report.skipped == []
    assert {line.reason.partition(":")[0] for line in report.dropped} == {
        "It came without a password and a second factor"
    }
    export_bundle(tmp_path / "again")
    assert contents(tmp_path / "again") == contents(out)
    assert load_bundle(out).changed == 0


def test_a_database_whose_tree_has_no_root_yet_takes_the_bundle_too(tmp_path: Path) -> None:
    out = furnished(tmp_path)
    for root in Page.get_root_nodes():  # none where a test that really commits ran before
        root.delete()
    report = load_bundle(out)
    assert report.failed == report.skipped == []
    export_bundle(tmp_path / "again")
    assert contents(tmp_path / "again") == contents(out)


def pages(paths: list[str]) -> dict[str, str]:
    forget_rails()
    forget_editions()
    client = Client()
    found = {}
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        found[path] = answer.content.decode()
    return found


def test_readers_see_the_same_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_noon = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def shown() -> dict[str, str]:
        with monkeypatch.context() as patch:
            patch.setattr("django.utils.timezone.now", lambda: at_noon)  # the clock on each page
            return pages(public_paths())

    def first() -> dict[str, str]:
        load_bundle(write_bundle(tmp_path / "plain"))
        furnish(NUMBERS)
        export_bundle(tmp_path / "out")
        return shown()

    before = in_empty_site(first)

    def second() -> dict[str, str]:
        load_bundle(tmp_path / "out")
        return shown()

    shutil.rmtree(settings.MEDIA_ROOT)  # or a recording's file would get another name beside the first
    after = in_empty_site(second)
    assert after == before
    assert len(before) == len(PATHS) + 1 + 5


def public_paths() -> list[str]:
    rows = [archive.article_row(number) for number in archive.article_numbers()]
    standing = archive.all_info_pages(archive.edition_page("en").pk)
    return [*PATHS, *(row.public_path() for row in [*standing, *rows] if row.live)]


def test_people_come_without_secrets_and_enter_by_a_link(tmp_path: Path) -> None:
    out = furnished(tmp_path)
    text = (out / "staff.json").read_text()
    assert "pbkdf2" not in text
    assert "argon2" not in text
    assert "password" not in text
    load_bundle(out)
    people = {one.email: one for one in staff()}
    assert set(people) == {"chief@gull.example", "author@gull.example", "editor@gull.example"}
    editor = people["editor@gull.example"]
    assert not editor.has_usable_password()
    assert not Authenticator.objects.filter(user=editor).exists()
    assert people["chief@gull.example"].is_superuser
    assert not editor.is_superuser
    token = make_login_link(reader=editor, now=clock.now())
    link = redeem_login_link(token=token, now=clock.now())
    assert link is not None
    assert link.reader == editor


def test_an_editor_of_one_section_stays_one(tmp_path: Path) -> None:
    load_bundle(furnished(tmp_path))
    editor = staff().get(email="editor@gull.example")
    inside, outside = archive.section_page("en", "harbour"), archive.section_page("fr", "port")
    for section, may in ((inside, True), (outside, False)):
        article = section.get_children().first().specific
        assert article.permissions_for_user(editor).can_publish() is may
    assert [section.pk for section in member(editor.pk).sections] == [inside.pk]
    assert editor.has_perm("newsroom.add_tag")
    assert Group.objects.get(name="Chiefs").page_permissions.filter(page=Page.get_first_root_node()).exists()


def test_revisions_and_comments_come_with_their_people_and_times(tmp_path: Path) -> None:
    out = furnished(tmp_path)
    history = row_of(out, NUMBERS[0])["history"]
    load_bundle(out)
    page = archive.article_row(NUMBERS[0])
    revisions = list(page.revisions.order_by("created_at"))
    assert [one.created_at.isoformat().replace("+00:00", "Z") for one in revisions] == [
        one["at"] for one in history["revisions"]
    ]
    assert [one.user.email for one in revisions[-2:]] == ["author@gull.example", "editor@gull.example"]
    assert revisions[-2].as_object().standfirst == "A draft by the author, newer than what is public."
    assert page.live
    assert page.has_unpublished_changes
    assert page.title != "The editor's own headline"
    assert page.draft_title == "The editor's own headline"
    assert page.get_latest_revision_as_object().title == "The editor's own headline"
    assert page.live_revision == revisions[history["live"]]
    assert not page.locked
    comment = Comment.objects.get(page=page)
    assert (comment.text, comment.position) == ("Is that so? 中ع", '{"from": 3}')
    assert comment.has_valid_contentpath(page.get_latest_revision_as_object())
    assert [reply.user.email for reply in comment.replies.all()] == ["author@gull.example"]


def test_what_is_scheduled_publishes_itself_after_the_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_bundle(furnished(tmp_path))
    assert archive.article_row(NUMBERS[1]).title.startswith("The tide turns")
    assert not archive.article_row(NUMBERS[2]).live
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON.replace(month=4))
    assert publish_and_expire_due() == 3
    assert archive.article_row(NUMBERS[1]).title == "Another tomorrow"
    assert archive.article_row(NUMBERS[2]).live


def test_a_schedule_that_is_over_is_taken_off_and_told(tmp_path: Path) -> None:
    out = furnished(tmp_path)
    for path in (*out.glob("articles/*.json"), *out.glob("editions/*.json")):
        path.write_text(path.read_text().replace("2099-03-0", "2026-03-0"))
    (out / "manifest.json").unlink()
    report = load_bundle(out)
    assert sum("at a time that is over" in line.reason for line in report.dropped) == 3
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_approvals_go_on_where_they_stood(tmp_path: Path) -> None:
    load_bundle(furnished(tmp_path))
    chief = staff().get(email="chief@gull.example")
    back = WorkflowState.objects.for_instance(archive.article_row(NUMBERS[4])).get()
    assert back.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert [step.comment for step in back.task_states.all()] == ["Not yet: who says so?"]
    article = archive.article_row(NUMBERS[3])
    states = WorkflowState.objects.for_instance(article).order_by("created_at")
    assert [state.status for state in states] == ["cancelled", "in_progress"]
    article.current_workflow_task_state.specific.approve(user=chief)
    assert archive.article_row(NUMBERS[3]).short_title == f"For approval {NUMBERS[3]}"
    assert Workflow.objects.filter(name="Newsroom approval").count() == 2
    assert Page.get_first_root_node().get_workflow().active


def test_counts_numbers_and_old_addresses_come_along(tmp_path: Path) -> None:
    out = furnished(tmp_path)
    last = json.loads((out / "counts.json").read_text())["last_number"]
    load_bundle(out)
    first = archive.article_row(NUMBERS[0])
    assert (views_of(first.pk), short_link_uses_of(first.pk)) == (4321, 17)
    assert article_at("https://old.example/2019/the-tide") == archive.article_row(NUMBERS[1]).pk
    assert allocate_public_number("article") == int(last) + 1


def test_a_locked_page_is_told_at_the_export(tmp_path: Path) -> None:
    load_bundle(write_bundle(tmp_path / "plain"))
    furnish(NUMBERS)
    lost = export_bundle(tmp_path / "out")["lost"]
    assert [line["reason"] for line in lost] == ["Somebody has locked it; locks are not in a bundle."]


def test_an_account_of_the_same_address_stays_and_stands_for_the_bundles(tmp_path: Path) -> None:
    out = furnished(tmp_path)
    here = put_staff(email="editor@gull.example", name="Another", role="author")
    report = load_bundle(out)
    assert [line.what for line in report.skipped] == ["account editor@gull.example"]
    here.refresh_from_db()
    assert here.display_name == "Another"
    assert archive.article_row(NUMBERS[0]).get_latest_revision().user == here
    assert load_bundle(out).changed == 0


def test_what_was_changed_here_since_stays_and_is_told(tmp_path: Path) -> None:
    out = furnished(tmp_path)
    load_bundle(out)
    update_article(article=archive.article_row(NUMBERS[0]), headline="Changed here")
    Group.objects.create(name="Interns")
    path = out / "articles" / f"{NUMBERS[0]}.json"
    path.write_text(path.read_text().replace("newer than what is public", "as changed at the source"))
    path = out / "desk.json"
    path.write_text(path.read_text().replace('"A second pair of eyes"', '"Two pairs of eyes"'))
    (out / "manifest.json").unlink()
    report = load_bundle(out)
    assert {line.what for line in report.skipped} == {f"article {NUMBERS[0]}", "groups and workflows"}
    assert all("changed here" in line.reason for line in report.skipped)
    assert Group.objects.filter(name="Interns").exists()
    load_bundle(out, force=True)
    assert not Group.objects.filter(name="Interns").exists()
    assert archive.article_row(NUMBERS[0]).get_latest_revision_as_object().title == "The editor's own headline"


def test_a_load_that_was_broken_off_anywhere_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = furnished(tmp_path)
    from broadsheet.importing.actions.keeping import Keeper

    keep = Keeper.keep
    left = 0

    def broken(self: Keeper, thing: Any) -> str:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return keep(self, thing)

    def load() -> dict[str, bytes]:
        nonlocal left
        monkeypatch.setattr(Keeper, "keep", broken)
        for step in range(0, 60, 4):
            left = step
            try:
                load_bundle(out)
            except KeyboardInterrupt:
                continue
            break
        else:
            pytest.fail("the load never ended")
        assert step > 20
        monkeypatch.setattr(Keeper, "keep", keep)
        export_bundle(tmp_path / "again")
        return contents(tmp_path / "again")

    assert in_empty_site(load) == contents(out)


Change = Callable[[dict[str, Any]], Any]


def changed(out: Path, name: str, change: Change) -> Path:
    value = json.loads((out / name).read_text())
    change(value)
    (out / name).write_text(json.dumps(value))
    (out / "manifest.json").unlink(missing_ok=True)
    return out


ARTICLE = f"articles/{NUMBERS[0]}.json"
BROKEN: dict[str, tuple[str, Change, str]] = {
    "an unknown writer": (ARTICLE, lambda v: v["history"]["revisions"][0].update(by="NOBODY2345"), "NOBODY2345"),
    "an unknown owner": ("editions/en.json", lambda v: v["history"].update(owner="NOBODY2345"), "NOBODY2345"),
    "an unknown member": ("desk.json", lambda v: v["groups"][0]["members"].append("NOBODY2345"), "NOBODY2345"),
    "an unknown task": ("desk.json", lambda v: v["workflows"][0]["tasks"].append("none"), "none"),
    "two accounts of one address": ("staff.json", lambda v: v[0].update(email=v[1]["email"]), "two accounts"),
    "a place beyond the revisions": (ARTICLE, lambda v: v["history"].update(live=99), "there are"),
    "a revision without a headline": (ARTICLE, lambda v: v["history"]["revisions"][0]["content"].pop("headline"), "headline"),
    "a revision with an unknown picture": (
        ARTICLE, lambda v: v["history"]["revisions"][1]["content"].update(lead={"picture": "1000000999"}), "1000000999"),
    "no UUID": (ARTICLE, lambda v: v["history"]["log"].append({"action": "x", "at": v["history"]["revisions"][0]["at"], "mark": "1"}),
                "UUID"),
    "half a character": ("staff.json", lambda v: v[0].update(name="\ud800"), "half a character"),
    "counts of words": ("counts.json", lambda v: v["articles"].update({"1000000101": {"views": "many"}}), "whole number"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_desk_is_refused_before_anything_is_written(name: str, tmp_path: Path) -> None:
    file, change, words = BROKEN[name]
    out = changed(furnished(tmp_path), file, change)
    with pytest.raises(BundleBrokenError, match=words):
        load_bundle(out)
    assert archive.all_editions() == []
    assert not staff().exists()


def test_an_older_bundle_without_a_desk_is_read(tmp_path: Path) -> None:
    assert bundle_files()["bundle.json"]["version"] == 1
    report = load_bundle(write_bundle(tmp_path))
    assert report.failed == report.skipped == []
    assert set(Group.objects.values_list("name", flat=True)) >= {"Authors", "Editors", "Chiefs"}
    assert "desk.json" not in open_source(tmp_path)


def test_every_table_is_in_the_bundle_made_anew_or_left_out_with_its_reason() -> None:
    text = DOCS.read_text(encoding="utf-8").partition("## Every table")[2].partition("\n# ")[0]
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    named = [label for line in rows for label in re.findall(r"`(\w+\.\w+)`", line.split("|")[1])]
    assert all(len(line.split("|")[2].strip()) > 5 for line in rows)
    assert len(named) == len(set(named))
    assert set(named) == {model._meta.label for model in apps.get_models(include_auto_created=True)}


@pytest.mark.slow
@pytest.mark.row("OPS-01")
def test_the_demo_paper_furnished_comes_back_identical(tmp_path: Path) -> None:
    def first() -> None:
        load_bundle(DEMO, shift_to=clock.now())
        live = [number for number in archive.article_numbers() if archive.article_row(number).kind == "news"]
        furnish(live[:5])
        export_bundle(tmp_path / "out.zip")
        export_bundle(tmp_path / "out")

    in_empty_site(first)
    report = load_bundle(tmp_path / "out.zip")
    assert report.failed == report.skipped == []
    export_bundle(tmp_path / "again")
    assert contents(tmp_path / "again") == contents(tmp_path / "out")
