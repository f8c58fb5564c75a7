"""Takes pictures into the library and changes what is known of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images.rect import Rect
from wagtail.models import Collection

from broadsheet.kernel.ids import take_public_number
from broadsheet.newsroom.conf import RATIOS
from broadsheet.newsroom.engines.picture_files import CheckedPicture, take_picture
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import Picture
from broadsheet.newsroom.rules.crops import fits_ratio, is_crop
from broadsheet.newsroom.rules.wording import sentences

FIELDS = ("title", "caption", "alt", "decorative", "taken_on", "agency", "year", "author", "pool")


def add_picture(  # noqa: PLR0913 - one door with its options
    *,
    file: bytes | File,
    name: str,
    public_id: int | None = None,
    title: str = "",
    caption: str | None = None,
    alt: str | None = None,
    decorative: bool = False,
    taken_on: date | None = None,
    agency: str | None = None,
    year: int | None = None,
    author: str | None = None,
    pool: bool | None = None,
    focal: Sequence[int] | None = None,
    crops: Mapping[str, Sequence[int]] | None = None,
    user: Any = None,
) -> Picture:
    """Store a sound picture and return it; what isn't given (None) is read from the file's own metadata.

    `focal` is x, y, width, height and `crops` corners by ratio, in source pixels. `Refused`, and nothing stored,
    where the file is no sound picture. The file is decoded before the transaction begins.
    """
    taken = take_picture(file if isinstance(file, bytes) else file.read(), name)
    known = taken.metadata
    given = agency is not None
    picture = Picture(
        title=(title or known.title or PurePosixPath(name).stem)[:255],
        caption=known.caption if caption is None else caption,
        alt=known.alt if alt is None else alt,
        decorative=decorative,
        taken_on=taken_on or known.taken_on,
        agency=known.agency if agency is None else agency,
        year=year if given or year else known.year,
        author=known.author if author is None else author,
        pool=known.pool if pool is None else pool,
        uploaded_by_user=user,
        width=taken.width,
        height=taken.height,
    )
    _place_focal(picture, focal)
    picture.crops = checked_crops(crops or {}, taken.width, taken.height)
    return _store(picture, taken, name=name, public_id=public_id)


@transaction.atomic
def _store(picture: Picture, taken: CheckedPicture, *, name: str, public_id: int | None) -> Picture:
    if public_id is not None:
        take_public_number(public_id, "picture")
        picture.public_id = public_id
    picture.collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    picture.file = ContentFile(taken.data, name=PurePosixPath(name.replace("\\", "/")).name)
    picture._set_image_file_metadata()
    _check(picture)
    try:
        picture.save()
    except BaseException:
        picture.file.storage.delete(picture.file.name)
        raise
    return picture


@transaction.atomic
def update_picture(*, picture: Picture, **values: Any) -> Picture:
    """Store other words, credit, focal point (`focal`) or crops (`crops`) of a picture and return it."""
    stored = Picture.objects.select_for_update().get(pk=picture.pk)
    unknown = set(values) - {*FIELDS, "focal", "crops"}
    if unknown:
        raise TypeError(f"A picture has no {', '.join(sorted(unknown))}.")
    for name in FIELDS:
        if name in values:
            setattr(stored, name, values[name])
    if "focal" in values:
        _place_focal(stored, values["focal"])
    if "crops" in values:
        stored.crops = checked_crops(values["crops"], stored.width, stored.height)
    _check(stored)
    stored.save()
    return stored


def checked_crops(crops: Mapping[str, Sequence[int]], width: int, height: int) -> dict[str, list[int]]:
    """Return the crops as they are stored; `Refused` where one lies outside the picture or has another ratio."""
    found: dict[str, list[int]] = {}
    for ratio, corners in crops.items():
        numbers = tuple(int(corner) for corner in corners)
        if ratio not in RATIOS or not is_crop(numbers, width, height):
            raise refuse(
                "crop-outside",
                _("The crop %(ratio)s was not stored.") % {"ratio": ratio},
                _("Its corners must lie inside the picture of %(width)d by %(height)d pixels.")
                % {"width": width, "height": height},
                _("Choose the crop again."),
            )
        x0, y0, x1, y1 = numbers
        if not fits_ratio((x0, y0, x1, y1), ratio):
            raise refuse(
                "crop-ratio",
                _("The crop %(ratio)s was not stored.") % {"ratio": ratio},
                _("It is %(width)d by %(height)d pixels, which is another ratio.")
                % {"width": x1 - x0, "height": y1 - y0},
                _("Choose the crop again."),
            )
        found[ratio] = [x0, y0, x1, y1]
    return found


def _place_focal(picture: Picture, focal: Sequence[int] | None) -> None:
    if focal is None:
        picture.set_focal_point(None)
        return
    x, y, width, height = (int(number) for number in focal)
    if not (0 <= x <= picture.width and 0 <= y <= picture.height):
        raise refuse("focal-outside", _("The focal point was not stored."), _("It lies outside the picture."))
    picture.set_focal_point(Rect.from_point(x, y, max(1, width), max(1, height)))


def _check(picture: Picture) -> None:
    try:
        picture.clean_fields(exclude=["file", "collection", "uploaded_by_user", "crops"])
    except ValidationError as error:
        raise refuse(
            "invalid-picture",
            _("“%(name)s” was not stored.") % {"name": picture.title[:80]},
            sentences(error),
            _("Correct the value."),
        ) from error
