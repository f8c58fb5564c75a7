"""What the database is asked to promise."""

import pytest
from django.db import connection

from broadsheet.config.env import Environment

FULL, NORMAL = 2, 1  # https://sqlite.org/pragma.html#pragma_synchronous


@pytest.mark.row("OPS-01")
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="it is SQLite's")
@pytest.mark.django_db
def test_what_is_answered_is_on_the_disk_unless_an_operator_says_otherwise(tmp_path):
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert cursor.execute("PRAGMA synchronous").fetchone()[0] == FULL
        for said, expected in (("off", NORMAL), ("on", FULL)):
            given = Environment({"BROADSHEET_DATA": str(tmp_path), "BROADSHEET_COMMIT_TO_DISK": said}).database()
            outside = connection.copy()
            outside.settings_dict = {**outside.settings_dict, "NAME": str(tmp_path / said), "OPTIONS": given["OPTIONS"]}
            with outside.cursor() as other:
                assert other.execute("PRAGMA synchronous").fetchone()[0] == expected
            outside.close()
