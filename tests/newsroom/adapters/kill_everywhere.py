"""Publishes in children that are killed before every write and around every commit, and looks at what is left.

Run by `test_killed_anywhere` as a process of its own: `python kill_everywhere.py FOLDER`, with a migrated database. Prints one JSON
object, by action: how many places there were, and those after which the article and its fact disagree.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

FACTS = {"publish": "ArticlePublished", "schedule": "ArticlePublished", "withdraw": "ArticleWithdrawn",
         "move": "ArticleWithdrawn", "delete": "ArticleWithdrawn"}  # fmt: skip


def main(folder: Path) -> None:
    """Try every action, and print what was found."""
    import django

    django.setup()
    articles, target = prepare()
    database = folder / "broadsheet.sqlite3"
    keep(database, folder / "start.sqlite3")
    print(
        json.dumps({action: kill_at_all_places(folder, action, number, target) for action, number in articles.items()})
    )


def kill_at_all_places(folder: Path, action: str, number: int, target: int) -> dict[str, Any]:
    """Kill one child after another, each one place further, until one lives to the end."""
    database = folder / "broadsheet.sqlite3"
    begin_again(folder)
    act(action, number, target, kill_at=0)  # what is loaded at the first use is loaded before the children begin
    connections().close_all()
    wrong, places = [], 0
    while True:
        places += 1
        begin_again(folder)
        child = os.fork()
        if child == 0:
            try:
                act(action, number, target, kill_at=places)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended not in {0, -signal.SIGKILL}:
            sys.exit("The child failed instead of being killed.")
        done, told = look(database, action, number, target)
        if done != told:
            wrong.append({"place": places, "done": done, "told": told})
        if ended == 0:
            return {"places": places, "wrong": wrong, "done": done}


def connections() -> Any:
    """Return Django's connections."""
    from django.db import connections as all_connections

    return all_connections


def keep(database: Path, copy: Path) -> None:
    """Copy the database as it stands."""
    connections().close_all()
    plain = sqlite3.connect(database)
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    shutil.copy(database, copy)


def begin_again(folder: Path) -> None:
    """Put the database back as it stood before anything was tried."""
    connections().close_all()
    for name in ("broadsheet.sqlite3", "broadsheet.sqlite3-wal", "broadsheet.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(folder / "start.sqlite3", folder / "broadsheet.sqlite3")


def prepare() -> tuple[dict[str, int], int]:
    """Make a paper with an article for each action; return their ids, and that of another section."""
    from datetime import timedelta

    from broadsheet.kernel import clock
    from broadsheet.kernel.models import FactRecord
    from tests.factories import newsroom as make

    section = make.make_section()
    other = make.make_section(section.edition, "economy")
    tag = make.make_tag(section.edition)
    articles = {}
    for action in FACTS:
        public = action not in {"publish", "schedule"}
        articles[action] = (make.make_article if public else make.make_draft)(section, tags=[tag])
    revision = articles["schedule"].get_latest_revision()
    revision.approved_go_live_at = clock.now() - timedelta(seconds=1)
    revision.save()
    FactRecord.objects.all().delete()
    return {action: article.pk for action, article in articles.items()}, other.pk


def act(action: str, number: int, target: int, *, kill_at: int) -> None:
    """Do it, dying at the given place."""
    from django.db import connection

    from broadsheet.kernel.sqlite.base import DatabaseWrapper
    from broadsheet.newsroom.actions.publish import publish_article
    from broadsheet.newsroom.actions.scheduled import publish_and_expire_due
    from broadsheet.newsroom.models import ArticlePage, SectionPage

    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if not sql.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            step()
        return execute(sql, *args)

    commit = DatabaseWrapper._commit

    def committed(self: Any) -> Any:
        step()
        result = commit(self)
        step()
        return result

    article = ArticlePage.objects.get(pk=number)
    section = SectionPage.objects.get(pk=target)
    if kill_at:
        DatabaseWrapper._commit = committed
    with connection.execute_wrapper(around):
        {
            "publish": lambda: publish_article(article=article),
            "schedule": publish_and_expire_due,
            "withdraw": article.unpublish,
            "move": lambda: article.move(section, pos="last-child"),
            "delete": article.delete,
        }[action]()


def look(database: Path, action: str, number: int, target: int) -> tuple[bool, bool]:
    """Return whether the deed is stored, and whether its fact is, as another process would find them."""
    with sqlite3.connect(database) as plain:
        rows = plain.execute(
            "SELECT p.live, a.listed_at, a.section_id FROM newsroom_articlepage a JOIN wagtailcore_page p"
            " ON p.id = a.page_ptr_id WHERE p.id = ?",
            [number],
        ).fetchall()
        told = plain.execute("SELECT count(*) FROM kernel_fact WHERE name = ?", [FACTS[action]]).fetchone()[0] > 0
    plain.close()
    if action == "delete":
        return not rows, told
    live, listed_at, section = rows[0]
    if action == "move":
        return section == target, told
    if bool(live) != (listed_at is not None):
        return True, not told  # half done: never right
    return bool(live) is (action != "withdraw"), told


if __name__ == "__main__":
    main(Path(sys.argv[1]))
