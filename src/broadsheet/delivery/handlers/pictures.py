"""Drops what was drawn of a picture that changed or was removed."""

from pathlib import Path

from django.conf import settings

from broadsheet.kernel.facts import follows
from broadsheet.newsroom.facts import PictureChanged


@follows(PictureChanged)
def drop_renditions(happened: PictureChanged, number: int) -> None:
    """Let the picture be drawn anew at its next request, from the file it has now."""
    name = f"{happened.public_id:010d}"
    folder = Path(settings.DATA) / "img" / name[:6] / name[6:8]
    for file in folder.glob(f"{name}_*") if folder.is_dir() else ():
        file.unlink(missing_ok=True)
