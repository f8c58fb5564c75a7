"""Which part of a picture is shown at each ratio (ART-04)."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from broadsheet.newsroom.conf import RATIOS

Corners = tuple[int, int, int, int]
TOLERANCE = 0.01  # how far an editor's crop may be off its ratio by rounding


class Croppable(Protocol):
    """What a crop depends on: the size, the editor's crops and the focal point, in source pixels."""

    @property
    def width(self) -> int:
        """Pixels from left to right."""

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""

    @property
    def crops(self) -> Mapping[str, Sequence[int]]:
        """The editor's crops by ratio."""

    @property
    def focal(self) -> tuple[int, int, int, int] | None:
        """The middle of what matters, with its width and height."""


def crop_for(picture: Croppable, ratio: str) -> Corners:
    """Return corners x0, y0, x1, y1: the editor's crop, else the largest that keeps the focal area centred.

    `free` is the whole picture. The corners lie inside the picture and have the ratio to within a pixel.
    """
    width, height = max(1, picture.width), max(1, picture.height)
    if ratio not in RATIOS:
        return (0, 0, width, height)
    shape = RATIOS[ratio]
    chosen = picture.crops.get(ratio)
    if chosen is not None and is_crop(chosen, width, height):
        x0, y0, x1, y1 = (int(corner) for corner in chosen)
        return _within((x0, y0, x1, y1), shape, ((x0 + x1) // 2, (y0 + y1) // 2))
    focal = picture.focal
    centre = (focal[0], focal[1]) if focal else (width // 2, height // 2)
    return _within((0, 0, width, height), shape, centre)


def is_crop(corners: Sequence[int], width: int, height: int) -> bool:
    """Return whether these are corners of a part of the picture at least 16 pixels wide and high."""
    if len(corners) != 4 or not all(isinstance(corner, int) for corner in corners):
        return False
    x0, y0, x1, y1 = corners
    least = min(16, width, height)
    return 0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height and min(x1 - x0, y1 - y0) >= least


def fits_ratio(corners: Corners, ratio: str) -> bool:
    """Return whether the corners have the ratio, rounding to whole pixels forgiven."""
    wide, high = RATIOS[ratio]
    width, height = corners[2] - corners[0], corners[3] - corners[1]
    return abs(width * high - height * wide) <= max(wide, high) or (
        abs(width * high / (height * wide) - 1) <= TOLERANCE
    )


def _within(box: Corners, shape: tuple[int, int], centre: tuple[int, int]) -> Corners:
    """Return the largest part of the box with the shape, its middle as near the centre as the box allows."""
    x0, y0, x1, y1 = box
    wide, high = shape
    width, height = x1 - x0, y1 - y0
    if width * high > height * wide:
        width = max(1, round(height * wide / high))
    else:
        height = max(1, round(width * high / wide))
    left = min(max(centre[0] - width // 2, x0), x1 - width)
    top = min(max(centre[1] - height // 2, y0), y1 - height)
    return (left, top, left + width, top + height)
