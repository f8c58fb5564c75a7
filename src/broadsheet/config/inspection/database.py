"""The database."""

from collections.abc import Iterator

from django.db import DatabaseError, connection

from broadsheet.config.inspection.finding import Finding, problem, warning
from broadsheet.config.state import state
from broadsheet.kernel import clock

FATAL = {"no-database", "no-paper", "behind", "damaged-database"}
LEAST_POSTGRESQL = 150000
SKEW_SECONDS = 5.0


def look() -> Iterator[Finding]:
    """Look whether it answers, is whole, and of this version."""
    found = state()
    if found.refusal is not None:
        refusal = found.refusal
        why = refusal.why + (f" The first: {found.behind[0]}." if refusal.code == "behind" else "")
        yield problem(refusal.code, refusal.what, why, refusal.remedy)
        if refusal.code == "no-database":
            return
    yield from (_postgresql() if connection.vendor == "postgresql" else _sqlite())


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        try:
            cursor.execute("PRAGMA quick_check(1)")
            answer = str(cursor.fetchone()[0])
        except DatabaseError as error:
            answer = str(error)
        if answer != "ok":
            yield problem(
                "damaged-database",
                "The database file is damaged.",
                answer.splitlines()[0],
                "Restore the newest backup into an empty folder: broadsheet --data FOLDER restore FILE.",
            )
            return
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0]).lower()
        if mode not in {"wal", "memory"}:
            yield problem(
                "no-wal",
                "Readers and writers wait for each other.",
                f"The database's journal is in mode {mode}, not WAL.",
                "Keep the data folder on a local disk; network file systems can't hold SQLite's WAL.",
            )
        cursor.execute("SELECT count(*) FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'")
        if not cursor.fetchone()[0]:
            yield problem(
                "no-fts5",
                "Search does not work.",
                "This Python's SQLite was built without FTS5.",
                "Use Debian's or python.org's Python, or PostgreSQL.",
            )


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
        if version < LEAST_POSTGRESQL:
            yield problem(
                "old-postgresql",
                "This PostgreSQL is too old.",
                f"It is version {version // 10000}; 15 is the least.",
                "Upgrade the database server.",
            )
        cursor.execute("SELECT clock_timestamp(), current_setting('server_encoding')")
        at, encoding = cursor.fetchone()
        skew = (at - clock.now()).total_seconds()
        if abs(skew) > SKEW_SECONDS:
            yield problem(
                "clock-of-the-database",
                "The clocks of this machine and of the database server differ.",
                f"They are {skew:+.0f} s apart.",
                "Let both follow a time server (timedatectl set-ntp true).",
            )
        if encoding != "UTF8":
            yield warning(
                "database-encoding",
                "Not every letter can be stored.",
                f"The database's encoding is {encoding}.",
                "Make it anew with encoding UTF8.",
            )
