"""Addresses of pictures for pages (ART-04)."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from django.conf import settings

from broadsheet.delivery.rules.picture_address import PictureAddress, fitted, format_address
from broadsheet.newsroom.queries.cards import PictureView
from broadsheet.newsroom.queries.crops import crop_for

SHARE_SIZE = (1200, 675)
QUALITY = 72
Corners = tuple[int, int, int, int]


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return blake2b(secret.encode(), digest_size=32, person=b"picture-address").digest()


def signing_key() -> bytes:
    """Return the key that signs addresses of pictures."""
    return _key(settings.SECRET_KEY)


def picture_url(
    picture: PictureView, *, crop: Corners, width: int, height: int, quality: int = QUALITY, ext: str = "jpg"
) -> str:
    """Return the address of this part at this size; smaller where it has not the pixels."""
    wide, high = crop[2] - crop[0], crop[3] - crop[1]
    scale = min(1.0, wide / width, high / height)
    address = PictureAddress(
        public_id=picture.public_id,
        crop=(crop[0], crop[1], crop[2], crop[3]),
        width=max(1, min(wide, round(width * scale))),
        height=max(1, min(high, round(height * scale))),
        quality=quality,
        ext=ext,
    )
    return f"{settings.PICTURE_URL}{format_address(address, signing_key())}"


def picture_at(picture: PictureView, *, ratio: str, width: int, ext: str = "jpg", quality: int = QUALITY) -> str:
    """Return the address of the picture at this ratio and width, the height following."""
    crop = crop_for(picture, ratio)
    wide, high = fitted(crop, width)
    return picture_url(picture, crop=crop, width=wide, height=high, ext=ext, quality=quality)


def sizes_at(picture: PictureView, ratio: str, widths: Sequence[int]) -> list[tuple[int, int]]:
    """Return the sizes that the picture has pixels for, at least the largest it can be."""
    crop = crop_for(picture, ratio)
    most = crop[2] - crop[0]
    kept = sorted({width for width in widths if width <= most})
    return [fitted(crop, width) for width in kept or [most]]


def srcset(picture: PictureView, ratio: str, widths: Sequence[int], ext: str) -> str:
    """Return the `srcset` at these widths, leaving out what would be larger than the picture is."""
    crop = crop_for(picture, ratio)
    parts = (
        f"{picture_url(picture, crop=crop, width=width, height=height, ext=ext)} {width}w"
        for width, height in sizes_at(picture, ratio, widths)
    )
    return ", ".join(parts)


def share_picture(picture: PictureView) -> tuple[str, int, int]:
    """Return absolute address, width and height of the picture for shares, 1200 × 675 at most."""
    crop = crop_for(picture, "16:9")
    wide, high = crop[2] - crop[0], crop[3] - crop[1]
    width, height = SHARE_SIZE if wide >= SHARE_SIZE[0] and high >= SHARE_SIZE[1] else fitted(crop, wide)
    address = picture_url(picture, crop=crop, width=width, height=height)
    return (address if settings.PICTURE_URL else f"{settings.PUBLIC_URL}{address}"), width, height
