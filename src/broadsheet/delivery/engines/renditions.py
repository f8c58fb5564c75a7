"""Draws pictures at the size and in the format of an address, with the credit in the file and nothing private."""

import io
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from broadsheet.delivery.rules.picture_address import PictureAddress

AT_ONCE = 2  # pictures decoded at the same time: one of 60 megapixels takes some 240 MB
_turn = threading.BoundedSemaphore(AT_ONCE)
_AVIF_LESS, _COPYRIGHT, _ARTIST, _ORIENTATION = 12, 0x8298, 0x013B, 0x0112
Faults = (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError, SyntaxError)


@dataclass(frozen=True, slots=True)
class Source:
    """The picture as it was uploaded, and whose it is."""

    path: str
    width: int
    height: int
    credit: str
    author: str
    agency: str


def has_pixels(address: PictureAddress, source: Source) -> bool:
    """Return whether the crop lies within the picture."""
    return address.crop[2] <= source.width and address.crop[3] <= source.height


def draw(address: PictureAddress, source: Source) -> bytes:
    """Return the rendition; raises one of `Faults` where the source can't be read."""
    with _turn:
        with Image.open(source.path) as opened:
            picture = _part(opened, address, source)
        picture = _coloured(picture, address.ext)
        return _encoded(picture, address, source)


def _part(opened: Image.Image, address: PictureAddress, source: Source) -> Image.Image:
    """Return the crop at its size, decoding no more of a JPEG than that needs."""
    x0, y0, x1, y1 = address.crop
    turned = opened.getexif().get(_ORIENTATION, 1) in {5, 6, 7, 8}
    scale = max(address.width / (x1 - x0), address.height / (y1 - y0))
    if opened.format == "JPEG" and scale <= 0.5:
        opened.draft("RGB", (int(opened.width * scale) + 1, int(opened.height * scale) + 1))
    picture: Image.Image = opened
    if turned is (source.width / source.height < opened.width / opened.height) or not turned:
        picture = ImageOps.exif_transpose(opened) or opened
    if picture.mode in {"P", "1"}:
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    wide, high = picture.width / source.width, picture.height / source.height
    box = (x0 * wide, y0 * high, min(x1 * wide, picture.width), min(y1 * high, picture.height))
    small = picture.resize((address.width, address.height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    small.info = {"icc_profile": opened.info.get("icc_profile")}
    return small


def _coloured(picture: Image.Image, ext: str) -> Image.Image:
    """Return the picture in the colours of screens, on white where the format knows no transparency."""
    profile = picture.info.get("icc_profile")
    alpha = picture.mode in {"RGBA", "LA", "PA"}
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            known = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, known, ImageCms.createProfile("sRGB"), outputMode="RGB")
            picture = converted or picture
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the numbers are taken as they are
    if alpha and ext == "jpg":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
        return ground
    return picture.convert("RGBA" if alpha else "RGB")


def _encoded(picture: Image.Image, address: PictureAddress, source: Source) -> bytes:
    out = io.BytesIO()
    told = {"exif": _exif(source), "xmp": _xmp(source)} if source.credit else {}
    quality = address.quality
    if address.ext == "jpg":
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True, **told)
    elif address.ext == "webp":
        picture.save(out, "WEBP", quality=quality, method=4, **told)
    else:
        picture.save(out, "AVIF", quality=max(20, quality - _AVIF_LESS), speed=7, max_threads=1, **told)
    return out.getvalue()


def _exif(source: Source) -> bytes:
    exif = Image.Exif()
    exif[_COPYRIGHT] = source.credit.encode("ascii", "replace").decode("ascii")
    if source.author:
        exif[_ARTIST] = source.author.encode("ascii", "replace").decode("ascii")
    return exif.tobytes()


def _xmp(source: Source) -> bytes:
    """Return the credit as IPTC Core in XMP; nothing else of the source's metadata goes out."""
    credit = escape(source.credit)
    creator = f"<dc:creator><rdf:Seq><rdf:li>{escape(source.author)}</rdf:li></rdf:Seq></dc:creator>"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
        f"<photoshop:Credit>{escape(source.agency)}</photoshop:Credit>{creator if source.author else ''}"
        f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{credit}</rdf:li></rdf:Alt></dc:rights>'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def keep(file: Path, content: bytes) -> None:
    """Put the rendition where servers find it; raises `OSError` where the disk is full, leaving nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        temporary.write_bytes(content)
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
