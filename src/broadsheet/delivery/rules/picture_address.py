"""The address of a picture (ART-04): which part, how large, how well, in which format, and who said so."""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest

FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
QUALITIES = range(20, 96)
LONGEST_SIDE = 6000  # pixels of the largest rendition anybody is served
_ADDRESS = re.compile(
    r"/img/(?P<front>[0-9]{6})/(?P<middle>[0-9]{2})/(?P<id>[0-9]{10})"
    r"_(?P<x0>0|[1-9][0-9]{0,4}):(?P<y0>0|[1-9][0-9]{0,4}):(?P<x1>[1-9][0-9]{0,4}):(?P<y1>[1-9][0-9]{0,4})"
    r"_(?P<width>[1-9][0-9]{0,3})x(?P<height>[1-9][0-9]{0,3})_(?P<quality>[1-9][0-9])"
    r"_(?P<signature>[A-Za-z0-9-]{16})\.(?P<ext>avif|webp|jpg)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class PictureAddress:
    """What one rendition shows: the crop in source pixels, its size on the page, quality and format."""

    public_id: int
    crop: tuple[int, int, int, int]
    width: int
    height: int
    quality: int
    ext: str

    def __post_init__(self) -> None:
        x0, y0, x1, y1 = self.crop
        if not 0 < self.public_id < 10**10 or not (0 <= x0 < x1 <= 99_999 and 0 <= y0 < y1 <= 99_999):
            raise ValueError("A picture has a number of ten digits and corners that span an area.")
        if not (0 < self.width <= x1 - x0 and 0 < self.height <= y1 - y0):
            raise ValueError("A picture is never shown larger than the pixels it has.")
        if max(self.width, self.height) > LONGEST_SIDE:
            raise ValueError(f"No side of a picture on a page is longer than {LONGEST_SIDE} pixels.")
        if self.quality not in QUALITIES or self.ext not in FORMATS:
            raise ValueError("The quality is 20 to 95, the format avif, webp or jpg.")

    def words(self) -> str:
        """Return everything that the signature vouches for."""
        corners = ":".join(str(corner) for corner in self.crop)
        return f"{self.public_id:010d}_{corners}_{self.width}x{self.height}_{self.quality}.{self.ext}"


def signature(address: PictureAddress, key: bytes) -> str:
    """Return the keyed signature: 16 letters, digits and hyphens (96 bits, `_` written as `-`)."""
    digest = blake2b(address.words().encode("ascii"), key=key, digest_size=12, person=b"picture").digest()
    return urlsafe_b64encode(digest).decode("ascii").replace("_", "-")


def format_address(address: PictureAddress, key: bytes) -> str:
    """Return the path of the picture, signed."""
    number = f"{address.public_id:010d}"
    stem, ext = address.words().rsplit(".", 1)
    return f"/img/{number[:6]}/{number[6:8]}/{stem}_{signature(address, key)}.{ext}"


def parse_address(path: str, key: bytes) -> PictureAddress | None:
    """Return what the path asks for, None where it is malformed or not signed with this key."""
    if len(path) > 200:
        return None
    match = _ADDRESS.fullmatch(path)
    if match is None or match["id"][:8] != match["front"] + match["middle"]:
        return None
    corners = tuple(int(match[name]) for name in ("x0", "y0", "x1", "y1"))
    try:
        address = PictureAddress(
            public_id=int(match["id"]),
            crop=corners,  # type: ignore[arg-type]
            width=int(match["width"]),
            height=int(match["height"]),
            quality=int(match["quality"]),
            ext=match["ext"],
        )
    except ValueError:
        return None
    return address if compare_digest(signature(address, key), match["signature"]) else None


def fitted(crop: tuple[int, int, int, int], width: int) -> tuple[int, int]:
    """Return width and height of the crop drawn `width` pixels wide, at most as large as it is."""
    wide, high = crop[2] - crop[0], crop[3] - crop[1]
    width = max(1, min(width, wide))
    return width, max(1, min(high, round(high * width / wide)))
