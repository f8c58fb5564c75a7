"""What a backup holds, and which of them this version can put back."""

from dataclasses import dataclass
from typing import Any

from broadsheet.importing.errors import BackupRefusedError

FORMAT = "broadsheet-backup"
VERSION = 1
HEAD = "backup.json"
SQLITE = "database/broadsheet.sqlite3"
# Of the data folder: everything that can't be made anew. Stored pages, renditions and static files can.
FOLDERS = ("media", "theme", "locale", "mail", "avatars", "avatars-hidden")
FILES = ("secret.key", "push.key", "dkim.key", "broadsheet.env", "demo")
PRIVATE = ("secret.key", "push.key", "dkim.key", "broadsheet.env", SQLITE)  # for the paper's own user alone
ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class BackupHead:
    """What a backup says of itself; `tables` are (name, columns) and `sequences` last numbers, on PostgreSQL."""

    made_at: str
    generator: str
    engine: str
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sequences: tuple[tuple[str, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the head as it is written."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_at": self.made_at,
            "generator": self.generator,
            "engine": self.engine,
            "migrations": [list(pair) for pair in self.migrations],
            "tables": [{"name": name, "columns": list(columns)} for name, columns in self.tables],
            "sequences": dict(self.sequences),
        }


def read_head(value: Any, *, present: str) -> BackupHead:
    """Return the head; refused where it is none of ours, or of a version newer than `present`."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BackupRefusedError("the file is no Broadsheet backup. A bundle is read by `broadsheet import bundle`.")
    generator = str(value.get("generator", ""))
    if value.get("version") != VERSION or _numbers(generator) > _numbers(present):
        raise BackupRefusedError(
            f"the backup was made by {generator or 'another version'}, which is newer than this one ({present}). "
            "Install that version first."
        )
    if value.get("engine") not in ENGINES:
        raise BackupRefusedError("the backup doesn't say of which database it is.")
    try:
        return BackupHead(
            made_at=str(value["made_at"]),
            generator=generator,
            engine=value["engine"],
            migrations=tuple((str(app), str(name)) for app, name in value["migrations"]),
            tables=tuple((str(row["name"]), tuple(map(str, row["columns"]))) for row in value.get("tables", [])),
            sequences=tuple((str(name), int(last)) for name, last in value.get("sequences", {}).items()),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BackupRefusedError("its first page (backup.json) is damaged.") from error


def _numbers(generator: str) -> tuple[int, ...]:
    version = generator.rpartition(" ")[2]
    return tuple(int(part) for part in version.split(".") if part.isdigit())
