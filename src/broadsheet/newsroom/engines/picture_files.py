"""Takes picture files in: refuses what isn't a sound picture, and strips what readers must not learn from it."""

import io
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from broadsheet.newsroom.conf import MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, PICTURE_FORMATS
from broadsheet.newsroom.engines import riff_and_png
from broadsheet.newsroom.engines.jpeg_segments import iptc_record, with_iptc, without_private_parts
from broadsheet.newsroom.engines.picture_metadata import PictureMetadata, read_metadata
from broadsheet.newsroom.errors import refuse

_WHAT = "%(name)s was not stored."
ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class CheckedPicture:
    """A sound picture: its bytes without private metadata, its size, and what its maker said of it."""

    data: bytes
    width: int
    height: int
    metadata: PictureMetadata


def take_picture(data: bytes, name: str) -> CheckedPicture:
    """Return the picture, upright and without place or camera number; `Refused` where the file is not sound."""
    shown = PurePosixPath(name.replace("\\", "/")).name[:80] or _("The file")
    if not data:
        raise _refused("empty-file", shown, _("The file is empty."), _("Save it anew and upload it again."))
    if len(data) > MAX_PICTURE_BYTES:
        raise _refused("file-too-large", shown, _("The file is larger than 40 MB."), _("Save a smaller copy."))
    kind = _kind(data, shown)
    suffix = PurePosixPath(shown).suffix.lower().lstrip(".")
    if suffix not in PICTURE_FORMATS[kind]:
        raise _refused(
            "wrong-extension",
            shown,
            _("Its name ends in “.%(suffix)s”, but it is a picture of the kind %(kind)s.")
            % {"suffix": suffix, "kind": kind},
            _("Rename it so that it ends in “.%(suffix)s”.") % {"suffix": PICTURE_FORMATS[kind][0]},
        )
    return _decoded(data, shown, kind)


def _kind(data: bytes, shown: str) -> str:
    """Return the picture's format by its first bytes; refuse drawings, bombs and what is no picture."""
    beginning = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if beginning.startswith((b"<svg", b"<?xml", b"<!doctype svg")) or b"<svg" in beginning:
        raise _refused(
            "no-drawings", shown, _("SVG drawings can carry scripts."), _("Export it as PNG or WebP and upload that.")
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(PICTURE_FORMATS)) as image:
                frames = int(getattr(image, "n_frames", 1))
                pixels = image.width * image.height * max(1, min(frames, 1000))
                kind = str(image.format)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many(shown) from error
    except Exception as error:
        raise _refused(
            "not-a-picture",
            shown,
            _("It is not a picture that can be read, or it is damaged."),
            _("Upload a JPEG, PNG, WebP, AVIF or GIF file."),
        ) from error
    if pixels > MAX_PICTURE_PIXELS * (4 if kind == "GIF" else 1):
        raise _too_many(shown)
    return kind


def _decoded(data: bytes, shown: str, kind: str) -> CheckedPicture:
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            image.load()
            metadata = read_metadata(iptc=iptc_record(data) if kind == "JPEG" else b"", xmp=_xmp(image))
            turned = _orientation(image)
            clean = _reencoded(image, data, kind) if turned != 1 or kind == "AVIF" else _stripped(data, kind)
    except MemoryError as error:
        raise _too_many(shown) from error
    except Exception as error:
        raise _refused(
            "damaged-picture", shown, _("The picture is damaged or cut off."), _("Upload it again from its source.")
        ) from error
    with Image.open(io.BytesIO(clean)) as image:
        width, height = image.size
    return CheckedPicture(clean, width, height, metadata)


def _xmp(image: Image.Image) -> bytes:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return packet.encode() if isinstance(packet, str) else bytes(packet)


def _orientation(image: Image.Image) -> int:
    """Return how the camera was held; 1 where it doesn't say so or its Exif is broken."""
    try:
        turned = int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - broken Exif is as good as none
        return 1
    return turned if 1 <= turned <= 8 else 1


def _stripped(data: bytes, kind: str) -> bytes:
    if kind == "JPEG":
        return without_private_parts(data)
    if kind == "PNG":
        return riff_and_png.png_without_private_parts(data)
    if kind == "WEBP":
        return riff_and_png.webp_without_private_parts(data)
    return data


def _reencoded(image: Image.Image, data: bytes, kind: str) -> bytes:
    """Return the picture upright and without metadata, its caption record kept in JPEG."""
    if kind == "AVIF" and not (image.info.get("exif") or image.info.get("xmp")):
        return data
    upright = ImageOps.exif_transpose(image)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    if upright.mode == "P" and upright.getpalette():
        bare.putpalette(upright.getpalette() or [])
    out = io.BytesIO()
    profile = image.info.get("icc_profile")
    options: dict[str, object] = {"icc_profile": profile} if profile else {}
    bare.save(out, kind, **options, **({"quality": 95} if kind in {"JPEG", "WEBP", "AVIF"} else {}))
    return with_iptc(out.getvalue(), iptc_record(data)) if kind == "JPEG" else out.getvalue()


def _too_many(shown: str) -> Exception:
    return _refused(
        "too-many-pixels",
        shown,
        _("It has more than %(millions)d million pixels.") % {"millions": MAX_PICTURE_PIXELS // 1_000_000},
        _("Save a copy of at most 8,000 pixels on the longer side and upload that."),
    )


def _refused(code: str, name: str, why: str, remedy: str) -> Exception:
    return refuse(code, _(_WHAT) % {"name": name}, why, remedy)
