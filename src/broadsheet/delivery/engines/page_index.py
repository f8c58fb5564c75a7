"""Which page names which keys: a small database beside the pages, emptied with them.

It belongs to one machine's store, not to the paper's database: every machine has its own pages, and a reader who
asks for a page must never wait for an editor who saves. Its write lock is also what orders a rendering's end
against a purge: either the purge sees the page, or the page sees the purge.
"""

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KEEP_PURGES_SECONDS = 120.0  # longer than any rendering that may still be stored
OWED = 1.0  # as the time of renewal: the page is stale, and a process has taken on to renew it
WAIT = 5.0  # seconds for another process's turn
_TABLES = (
    "CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS page (path TEXT PRIMARY KEY, number INTEGER NOT NULL, keep INTEGER NOT NULL,"
    " refresh_at REAL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS page_key (key TEXT, path TEXT, PRIMARY KEY (key, path)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS page_key_path ON page_key (path)",
    "CREATE INDEX IF NOT EXISTS page_refresh ON page (refresh_at) WHERE refresh_at IS NOT NULL",
    "CREATE TABLE IF NOT EXISTS purge (seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, at REAL NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Start:
    """How things stood when a rendering began."""

    epoch: str
    seq: int
    at: float


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page that is stored: as of which fact, whether it is renewed in place, and when it wants to be."""

    path: str
    number: int
    keep: bool
    refresh_at: float | None


def _use_wal(connection: sqlite3.Connection) -> None:
    """Let the file be in WAL mode. Where several begin on a new file, SQLite refuses at once, whatever its time-out."""
    until = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


class PageIndex:
    """The index of one store. Every method may raise `sqlite3.Error` or `OSError`."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()
        self._turn = threading.Lock()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.file, timeout=WAIT, isolation_level=None)
            _use_wal(connection)
            connection.execute("PRAGMA synchronous=OFF")  # a new boot empties the store anyway
            for table in _TABLES:
                connection.execute(table)
            self._local.connection = connection
        return connection

    def forget_connection(self) -> None:
        """Close this thread's connection; the next question opens one."""
        connection = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the store's write lock, over all processes; what is written counts where nothing is raised."""
        with self._turn:
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def state(self, name: str) -> str:
        """Return a word about the whole store, empty where it was never said."""
        row = self._connection().execute("SELECT value FROM state WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else ""

    def start(self) -> Start:
        """Return how things stand, for a rendering about to begin."""
        row = self._connection().execute(
            "SELECT (SELECT value FROM state WHERE name = 'epoch'), (SELECT max(seq) FROM purge)"
        )
        epoch, seq = row.fetchone()
        return Start(epoch or "", seq or 0, time.time())

    def page(self, path: str) -> PageRow | None:
        """Return what is known of a stored page."""
        row = self._connection().execute("SELECT number, keep, refresh_at FROM page WHERE path = ?", [path])
        found = row.fetchone()
        return PageRow(path, found[0], bool(found[1]), found[2]) if found else None

    def note(self, row: PageRow, keys: Iterable[str]) -> None:
        """Say, before the page is put in place, that it names these keys; keys of before stay until `settle`."""
        with self.writing() as connection:
            connection.execute(
                "INSERT INTO page VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET keep = excluded.keep",
                [row.path, row.number, row.keep, row.refresh_at],
            )
            connection.executemany("INSERT OR IGNORE INTO page_key VALUES (?, ?)", [(key, row.path) for key in keys])

    def naming(self, key: str) -> list[PageRow]:
        """Return the stored pages that name the key."""
        return pages_naming(self._connection(), [key])

    def expired(self, before: float, limit: int = 500) -> list[str]:
        """Return pages that wanted to be renewed before this moment."""
        rows = self._connection().execute(
            "SELECT path FROM page WHERE refresh_at < ? ORDER BY refresh_at LIMIT ?", [before, limit]
        )
        return [row[0] for row in rows]

    def count(self) -> int:
        """Return how many pages are stored."""
        return int(self._connection().execute("SELECT count(*) FROM page").fetchone()[0])


def purged_since(connection: sqlite3.Connection, start: Start, keys: set[str]) -> bool:
    """Return whether one of the keys was purged, or the store emptied, since the rendering began."""
    epoch = connection.execute("SELECT value FROM state WHERE name = 'epoch'").fetchone()
    if (epoch[0] if epoch else "") != start.epoch or time.time() - start.at > KEEP_PURGES_SECONDS:
        return True
    rows = connection.execute("SELECT key FROM purge WHERE seq > ?", [start.seq])
    return any(row[0] in keys for row in rows)


def settle(connection: sqlite3.Connection, row: PageRow, keys: set[str]) -> None:
    """Let the index say of the page exactly what has been put in place."""
    connection.execute(
        "INSERT INTO page VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET number = excluded.number,"
        " keep = excluded.keep, refresh_at = excluded.refresh_at",
        [row.path, row.number, row.keep, row.refresh_at],
    )
    held = {found[0] for found in connection.execute("SELECT key FROM page_key WHERE path = ?", [row.path])}
    gone, new = ([(key, row.path) for key in some] for some in (held - keys, keys - held))
    connection.executemany("DELETE FROM page_key WHERE key = ? AND path = ?", gone)
    connection.executemany("INSERT INTO page_key VALUES (?, ?)", new)  # removed since `note`: the page was overdue


def log_purge(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Write down that the keys are purged now, and forget purges that no rendering asks for any more."""
    now = time.time()
    connection.execute("DELETE FROM purge WHERE at < ?", [now - 2 * KEEP_PURGES_SECONDS])
    connection.executemany("INSERT INTO purge (key, at) VALUES (?, ?)", [(key, now) for key in keys])


def pages_naming(connection: sqlite3.Connection, keys: Iterable[str]) -> list[PageRow]:
    """Return the stored pages that name one of the keys."""
    found: dict[str, PageRow] = {}
    for key in keys:
        rows = connection.execute(
            "SELECT page.path, number, keep, refresh_at FROM page_key JOIN page USING (path) WHERE key = ?",
            [key],
        )
        found.update({row[0]: PageRow(row[0], row[1], bool(row[2]), row[3]) for row in rows})
    return list(found.values())


def owe_renewal(connection: sqlite3.Connection, path: str) -> None:
    """Write down that the page is stale until somebody renews it: a killed process doesn't come to it."""
    connection.execute("UPDATE page SET refresh_at = ? WHERE path = ?", [OWED, path])


def forget_page(connection: sqlite3.Connection, path: str) -> None:
    """Let the index know nothing of the page."""
    connection.execute("DELETE FROM page WHERE path = ?", [path])
    connection.execute("DELETE FROM page_key WHERE path = ?", [path])
