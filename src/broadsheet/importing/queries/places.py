"""Where everything that a bundle can name is in the database."""

from broadsheet.importing.queries.exported import term_key
from broadsheet.importing.rules.bundle_blocks import Places
from broadsheet.newsroom.queries import archive


def places_now() -> Places:
    """Return the places of all pictures, recordings, tags and pages as they are now."""
    return Places(
        pictures={f"{row.public_id:010d}": row.pk for row in archive.all_pictures().only("pk", "public_id")},
        media={row.key: row.pk for row in archive.all_media()},
        tags={term_key(row): row.pk for row in archive.all_tags()},
        pages={f"{kind}:{name}": number for number, (kind, name) in archive.page_names().items()},
    )
