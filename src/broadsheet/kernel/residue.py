"""What SQLite's files still hold of deleted rows, and how it goes.

`secure_delete` overwrites a row where it is deleted. But rows move to other pages of the file while it grows, and
where they lay before nothing overwrites them; and the write-ahead log keeps older pages until it is emptied. Writing
the file anew leaves neither. PostgreSQL's files are for whoever runs that server (`docs/explanation/privacy.md`).
"""

import logging
import threading
import time
from datetime import datetime

from django.db import OperationalError, connection

from broadsheet.kernel import clock
from broadsheet.kernel.models import Heartbeat
from broadsheet.kernel.schedule import NEVER
from broadsheet.kernel.sqlite.base import writing_alone

log = logging.getLogger("broadsheet.residue")
DONE, TRIED = "overwritten", "overwriting"  # names of signs of life
MOST_SECONDS = 10.0  # others wait for as long to write, and give up after 20
TRIES, TRY_SECONDS = 20, 0.1  # to find the moment in which nobody reads


def size() -> int:
    """Return the bytes of the database's file; 0 where it isn't SQLite."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])


def last(name: str) -> datetime:
    """Return when the files were last free of what was deleted (`DONE`), or last tried (`TRIED`)."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first() or NEVER


def overwrite() -> bool:
    """Write the file anew, of live rows alone, and empty the log; return whether nothing deleted is left in either.

    Nobody writes meanwhile, some five seconds a gigabyte; after ten it is given up. Reading goes on. Takes twice the
    file's room for a moment. Not inside a transaction. On another database nothing is to be done.
    """
    began = clock.now()
    _note(TRIED, began)
    if connection.vendor == "sqlite":
        try:
            with writing_alone():
                _rewrite()
        except OperationalError as error:
            log.warning(
                "the database's file was not written anew, so that it may hold what was deleted: %s", type(error).__name__,
                exc_info=error,
            )  # fmt: skip
            return False
        if not empty_log():
            return False
    _note(DONE, began)
    return True


def empty_log() -> bool:
    """Write the log into the database's file and cut it to nothing; return whether that was so before somebody read.

    Nobody waits for it.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        patience = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            for _try in range(TRIES):
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                if cursor.fetchone()[0] == 0:
                    return True
                time.sleep(TRY_SECONDS)
        except OperationalError:  # another process is at it
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return False


def _rewrite() -> None:
    with connection.cursor() as cursor:
        handle = connection.connection
        stop = threading.Timer(MOST_SECONDS, handle.interrupt)
        cursor.execute("PRAGMA temp_store")
        where = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA temp_store = FILE")  # the new file is not built in memory
        stop.start()
        try:
            cursor.execute("VACUUM")
        finally:
            stop.cancel()
            cursor.execute(f"PRAGMA temp_store = {where}")


def _note(name: str, at: datetime) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})
