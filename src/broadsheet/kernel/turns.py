"""Turns: what one process of the installation does at a time, whatever the database and however many machines.

On SQLite every transaction is a turn already, since it begins by taking the database's only write lock. On
PostgreSQL, where transactions run side by side and each statement sees what others have committed meanwhile,
reading and then writing needs a turn taken before it reads.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from django.conf import settings
from django.db import connection

PAUSE_SECONDS = 0.1


def take_turn(name: str) -> None:
    """Wait until nobody else holds the turn of this name; it is held until the caller's transaction ends.

    What is read afterwards is as the one before left it. Take several turns in one order everywhere.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"The turn {name} was taken outside a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_key(name)])


@contextmanager
def alone(name: str, *, wait: bool = False) -> Iterator[bool]:
    """Do work of many transactions alone; the value says whether that is so, at once or after waiting.

    Nothing is left held by a process that is killed.
    """
    held = _alone_in_database if connection.vendor == "postgresql" else _alone_in_folder
    with held(name, wait) as granted:
        yield granted


@contextmanager
def _alone_in_database(name: str, wait: bool) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_lock(%s)", [_key(name)])
        granted = wait or bool(cursor.fetchone()[0])
    try:
        yield granted
    finally:
        if granted and connection.connection is not None:  # else it went with its connection
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_key(name)])


@contextmanager
def _alone_in_folder(name: str, wait: bool) -> Iterator[bool]:
    handle = os.open(settings.DATA / f".{name}.turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        granted = _lock(handle)
        while wait and not granted:
            time.sleep(PAUSE_SECONDS)
            granted = _lock(handle)
        yield granted
    finally:
        os.close(handle)  # which gives the turn back


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _key(name: str) -> int:
    return 0x62726F61_00000000 | crc32(name.encode())
