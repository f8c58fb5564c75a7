"""`broadsheet check` says in words what is wrong: each fault is made, found, and explained."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadsheet.cli.terminal import say_json
from tests.config.inspecting import check, run, sql

pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.files]


def test_a_new_paper_has_no_error_and_says_what_is_still_to_do(made):
    answer = check(made)
    assert answer.status == 0
    assert {f["code"] for f in answer.findings if f["level"] == "error"} == set()
    assert "not-running" in answer.codes


SETTING_FAULTS = [
    ({"BROADSHEET_URL": "paper.example"}, "bad-address"),
    ({"BROADSHEET_URL": "ftp://paper.example"}, "bad-address"),
    ({"BROADSHEET_URL": "https://paper.example/news"}, "address-with-path"),
    ({"BROADSHEET_URL": "http://paper.example"}, "no-tls"),
    ({"BROADSHEET_PICTURE_URL": "//pictures"}, "bad-address"),
    ({"BROADSHEET_MAIL": "mail.example:25"}, "bad-address"),
    ({"BROADSHEET_MAIL": "smtp://127.0.0.1:9"}, "no-mail-server"),
    ({"BROADSHEET_MAIL_FROM": "Büro <büro@paper.example>"}, "bad-sender"),
    ({"BROADSHEET_REDIS": "redis://127.0.0.1:9/0"}, "no-redis"),
    ({"BROADSHEET_REDIS": "http://127.0.0.1"}, "bad-address"),
    ({"BROADSHEET_WEBSUB_HUBS": "hub.example"}, "bad-address"),
    ({"BROADSHEET_URL": "https://paper.example", "BROADSHEET_DEBUG": "on"}, "debug-in-public"),
    ({"BROADSHEET_URL": "https://paper.example"}, "no-mail"),
    ({"PORT": "eighty"}, "not-a-number"),
    ({"PORT": "70000"}, "bad-port"),
    ({"BROADSHEET_THREADS": "many"}, "not-a-number"),
    ({"BROADSHEET_DEBUG": "maybe"}, "not-a-switch"),
    ({"BROADSHEET_LOG": "loud"}, "bad-log-level"),
    ({"BROADSHEET_ERASED_COMMENTS": "nothing"}, "bad-erasing"),
    ({"BROADSHEET_DSA_ROLE": "newspaper"}, "dsa-role"),
    ({"BROADSHEET_SECRET_KEY": "short"}, "short-key"),
    ({"BROADSHEET_SECRET_KEY": "ab" * 30}, "weak-key"),
    ({"BROADSHEET_DATABSE": "postgresql://x"}, "unknown-setting"),
    ({"BROADSHEET_DATABASE": "postgresql://nobody@127.0.0.1:9/none"}, "no-database"),
]


@pytest.mark.parametrize(
    ("settings", "code"), SETTING_FAULTS, ids=[f"{code}-{i}" for i, (_s, code) in enumerate(SETTING_FAULTS)]
)
def test_a_wrong_setting_is_named(paper, settings, code):
    answer = check(paper, **settings)
    assert code in answer.codes
    finding = next(f for f in answer.findings if f["code"] == code)
    assert answer.status == (1 if finding["level"] == "error" else answer.status)


def test_a_secret_is_never_shown(paper):
    done = run(paper, "check", BROADSHEET_MAIL="mail://user:pass-word-7@", BROADSHEET_SECRET_KEY="hush")
    assert "pass-word-7" not in done.stdout + done.stderr
    assert "hush" not in done.stdout + done.stderr


def test_a_missing_folder_is_named(tmp_path):
    answer = check(tmp_path / "nowhere")
    assert {"no-paper", "no-database", "no-folder"} & answer.codes
    assert answer.status == 1


def test_a_folder_without_a_paper_is_named(tmp_path):
    assert "no-paper" in check(tmp_path).codes


def test_a_key_others_can_read_is_named(paper):
    (paper / "secret.key").chmod(0o644)
    assert "open-key" in check(paper).codes


def test_migrations_behind_are_named(paper):
    sql(paper, "DELETE FROM django_migrations WHERE app = 'search' AND name LIKE '0002%'")
    answer = check(paper)
    assert "behind" in answer.codes
    assert "broadsheet upgrade" in next(f for f in answer.findings if f["code"] == "behind")["remedy"]


def test_a_damaged_database_is_named(paper):
    file = paper / "broadsheet.sqlite3"
    sql(paper, "PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\x55" * (4096 * 37)
    file.write_bytes(content)
    assert {"damaged-database", "no-database", "database-unchecked"} & check(paper).codes


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("time_zone", "Mars/Olympus", "bad-zone"),
        ("at_root", 0, "no-root-edition"),
        ("privacy_address", "", "no-privacy-address"),
    ],
)
def test_a_wrong_edition_is_named(paper, column, value, code):
    sql(paper, f"UPDATE newsroom_editionpage SET {column} = {value!r}")
    assert code in check(paper).codes


def test_no_live_edition_is_named(paper):
    sql(paper, "UPDATE wagtailcore_page SET live = 0 WHERE depth = 2")
    assert "no-edition" in check(paper).codes


def test_an_edition_without_a_catalogue_is_named(paper):
    sql(paper, "UPDATE wagtailcore_locale SET language_code = 'mn'")
    assert "no-catalogue" in check(paper).codes


def test_missing_static_files_are_named(paper):
    (paper / "static" / "staticfiles.json").unlink()
    assert "no-static-files" in check(paper).codes


def test_nobody_on_the_staff_is_named(paper):
    sql(paper, "UPDATE readers_reader SET is_staff = 0")
    assert "no-staff" in check(paper).codes


def test_staff_without_a_second_factor_is_named(paper):
    sql(paper, "UPDATE readers_reader SET last_login = '2026-11-01 00:00:00'")
    assert "no-second-factor" in check(paper).codes


def test_an_index_that_lost_articles_is_named(paper):
    sql(
        paper,
        "INSERT INTO search_document (id, article_id, edition_id, section_id, kind, published_at, headline, standfirst, body, "
        "stems_headline, stems_standfirst, stems_body, stems_tags, words, filters) "
        "VALUES (1, 1, 1, 1, 'news', '2026-11-01', '', '', '', '', '', '', '', '', '')",
    )
    assert "stale-index" in check(paper).codes


def test_a_clock_that_went_back_is_named(paper):
    at = datetime.now(UTC) + timedelta(hours=2)
    sql(paper, f"INSERT OR REPLACE INTO kernel_heartbeat (name, at) VALUES ('outbox', '{at:%Y-%m-%d %H:%M:%S}')")
    assert "clock-went-back" in check(paper).codes


@pytest.mark.parametrize(("attempts", "code"), [(3, "failing-deliveries"), (0, "late-deliveries")])
def test_deliveries_that_fail_or_wait_are_named(paper, attempts, code):
    at = datetime.now(UTC) - timedelta(minutes=10)
    sql(
        paper,
        f"INSERT INTO kernel_fact (id, name, payload, keys, at) VALUES (900, 'X', '{{}}', '[]', '{at:%Y-%m-%d %H:%M:%S}')",
    )
    sql(
        paper,
        "INSERT INTO kernel_delivery (fact_id, handler, attempts, due_at, failed_with) "
        f"VALUES (900, 'some.handler', {attempts}, '{at:%Y-%m-%d %H:%M:%S}', 'ValueError')",
    )
    assert code in check(paper).codes


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make a folder that belongs to somebody else")
def test_an_unwritable_store_is_named(paper):
    import shutil

    (paper / "pages").mkdir(exist_ok=True)
    (paper / "pages").chmod(0o555)
    copy = Path("/tmp") / f"bs-unwritable-{os.getpid()}-{time.monotonic_ns()}"
    shutil.copytree(paper, copy)
    try:
        for path in [copy, *copy.rglob("*")]:
            shutil.chown(path, "nobody", "nogroup")
        shutil.chown(copy / "pages", "root", "root")
        done = subprocess.run(
            ["runuser", "-u", "nobody", "--", sys.executable, "-m", "broadsheet", "check", "--json"],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env={"PATH": os.environ["PATH"], "BROADSHEET_DATA": str(copy), "HOME": str(copy)},
        )
        if "ermission denied" in done.stderr and not done.stdout:
            pytest.skip("another user of this machine cannot read the program")
        assert "unwritable-pages" in done.stdout
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def test_the_demo_under_a_public_address_is_named(paper):
    (paper / "demo").touch()
    assert "demo-in-public" in check(paper, BROADSHEET_URL="https://paper.example").codes


def test_accounts_of_the_demo_under_a_public_address_are_an_error(paper):
    sql(paper, "UPDATE readers_reader SET email = 'moderator@estuary.example'")
    assert "demo-accounts-in-public" not in check(paper).codes, "on this machine they may be"
    answer = check(paper, BROADSHEET_URL="https://paper.example")
    assert answer.status == 1
    assert next(one for one in answer.findings if one["code"] == "demo-accounts-in-public")["level"] == "error"


def test_words_are_for_people_and_json_for_machines(paper, capsys):
    done = run(paper, "check", PORT="eighty")
    assert done.returncode == 1
    assert "PORT is not understood" in done.stdout
    assert "→ Set it to a number" in done.stdout
    say_json({"ok": True})
    assert json.loads(capsys.readouterr().out) == {"ok": True}
