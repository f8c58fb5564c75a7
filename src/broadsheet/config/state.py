"""What the data folder holds: nothing yet, a paper of this version, of an older one, or something unreadable."""

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from broadsheet.kernel.errors import Refusal

PROBE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class State:
    """`refusal` says why commands can't work on this folder; None where they can."""

    tables: bool
    behind: tuple[str, ...] = ()
    refusal: Refusal | None = None


def state() -> State:
    """Return how the database stands to this version."""
    try:
        _probe()
        executor = MigrationExecutor(connection)
        applied = executor.loader.applied_migrations
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return State(False, (), _unreachable(error))
    behind = tuple(f"{migration.app_label}.{migration.name}" for migration, _backwards in plan)
    ours = [key for key in applied if key[0] == "newsroom"]
    if not ours:
        return State(False, behind, Refusal(
            "no-paper", f"There is no paper in {settings.DATA} yet.", "",
            "Make one with `broadsheet new FOLDER`, or name its folder: BROADSHEET_DATA=FOLDER or --data FOLDER.",
        ))  # fmt: skip
    if behind:
        return State(True, behind, Refusal(
            "behind", "The paper's data are of an older version.", f"{len(behind)} changes are still to be made.",
            "Run `broadsheet upgrade` (make a backup before).",
        ))  # fmt: skip
    return State(True)


def _probe() -> None:
    """Raise at once why a database server can't be reached: the pool only says, much later, that it could not."""
    if connection.vendor != "postgresql" or connection.connection is not None:
        return
    import psycopg

    params = {name: value for name, value in connection.get_connection_params().items() if name != "pool"}
    with connection.wrap_database_errors:
        psycopg.connect(**{"connect_timeout": PROBE_SECONDS, **params}).close()


def _unreachable(error: DatabaseError) -> Refusal:
    lines = str(error).strip().splitlines()
    return Refusal(
        "no-database",
        "The database can't be reached.",
        lines[0] if lines else type(error).__name__,
        "See that it runs and that BROADSHEET_DATABASE is right, or that the data folder can be written.",
    )
