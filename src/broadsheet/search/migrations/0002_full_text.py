"""Makes the database's own full-text index; reversible: the index is rebuilt from the articles."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from broadsheet.search.engines import postgresql, sqlite


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index that this database can hold."""
    statements = postgresql.CREATE if editor.connection.vendor == "postgresql" else (sqlite.CREATE,)
    for statement in statements:
        editor.execute(statement)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop it."""
    statements = postgresql.DROP if editor.connection.vendor == "postgresql" else (sqlite.DROP,)
    for statement in statements:
        editor.execute(statement)


class Migration(migrations.Migration):
    """The full-text index."""

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
