"""The file behind a picture's public number, for those who draw it."""

from dataclasses import dataclass

from broadsheet.newsroom.models import Picture
from broadsheet.newsroom.rules.credit import credit_line


@dataclass(frozen=True, slots=True)
class PictureFile:
    """Where a picture's pixels are, how many, and whose they are."""

    path: str
    width: int
    height: int
    credit: str
    author: str
    agency: str
    caption: str


def picture_file(public_id: int) -> PictureFile | None:
    """Return the file of the picture with this number, None where there is none."""
    picture = Picture.objects.filter(public_id=public_id).first()
    if picture is None:
        return None
    return PictureFile(
        path=picture.file.path,
        width=picture.width,
        height=picture.height,
        credit=credit_line(picture.agency, year=picture.year, author=picture.author, pool=picture.pool),
        author=picture.author,
        agency=picture.agency,
        caption=picture.caption,
    )
