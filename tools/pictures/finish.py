"""The last hand on every picture: brushwork, grade, grain, and the file with its metadata."""

import io
import subprocess
from pathlib import Path

import numpy as np
from numba import njit, prange
from PIL import Image

from tools.pictures.canvas import Canvas, Colour, rgb, soften
from tools.pictures.catalogue import Entry

Array = np.ndarray


@njit(parallel=True, fastmath=True, cache=True)
def _strokes(src: Array, out: Array, radius: int, sharp: float) -> None:
    """Each pixel takes the colour of the calmest of eight sectors around it."""
    h, w = src.shape[:2]
    for j in prange(h):
        for i in range(w):
            sums = np.zeros((8, 5))
            for v in range(-radius, radius + 1):
                y = min(max(j + v, 0), h - 1)
                for u in range(-radius, radius + 1):
                    q = u * u + v * v
                    if q > radius * radius:
                        continue
                    x = min(max(i + u, 0), w - 1)
                    r, g, b = src[y, x, 0], src[y, x, 1], src[y, x, 2]
                    lum = 0.3 * r + 0.59 * g + 0.11 * b
                    k = int((np.arctan2(v, u) + np.pi) / (2 * np.pi) * 8) % 8
                    for s in range(8):
                        if s == k or q == 0:
                            sums[s, 0] += r
                            sums[s, 1] += g
                            sums[s, 2] += b
                            sums[s, 3] += lum * lum
                            sums[s, 4] += 1
            tr, tg, tb, tw = 0.0, 0.0, 0.0, 0.0
            for s in range(8):
                n = sums[s, 4]
                r, g, b = sums[s, 0] / n, sums[s, 1] / n, sums[s, 2] / n
                lum = 0.3 * r + 0.59 * g + 0.11 * b
                spread = max(sums[s, 3] / n - lum * lum, 0.0)
                k = 1.0 / (1.0 + (spread * 4000.0) ** sharp)
                tr, tg, tb, tw = tr + k * r, tg + k * g, tb + k * b, tw + k
            out[j, i, 0], out[j, i, 1], out[j, i, 2] = tr / tw, tg / tw, tb / tw


def brushwork(canvas: Canvas, radius: float = 2.0, *, sharp: float = 3.0) -> None:
    """The picture looks laid on with a flat brush; the radius is in thousandths of the width."""
    whole = max(1, round(radius * canvas.unit))
    out = np.empty_like(canvas.px)
    _strokes(np.ascontiguousarray(np.clip(canvas.px, 0, 1)), out, whole, sharp)
    canvas.px = out


def grade(canvas: Canvas, stops: list[tuple[float, Colour]], amount: float = 0.5) -> None:
    """The picture leans towards a short palette that runs from its dark to its light tones."""
    lum = np.clip(canvas.px @ np.array([0.3, 0.59, 0.11], np.float32), 0, 1)
    canvas.px = canvas.px * (1 - amount) + canvas.ramp(stops, lum) * amount


def contrast(canvas: Canvas, amount: float = 0.15) -> None:
    """Darks go darker and lights lighter, the ends held."""
    x = np.clip(canvas.px, 0, 1)
    canvas.px = x * (1 - amount) + (x * x * (3 - 2 * x)) * amount


def vignette(canvas: Canvas, amount: float = 0.25, centre: tuple[float, float] = (0.5, 0.5)) -> None:
    """The corners are darker than the middle."""
    dx = (canvas.x / 1000 - centre[0]) * 1.2
    dy = (canvas.y / canvas.tall - centre[1]) * 1.1
    canvas.px = canvas.px * (1 - amount * np.clip(dx * dx + dy * dy, 0, 1)[..., None] * 1.6)


def film(canvas: Canvas, amount: float = 0.011, *, seed: int = 1) -> None:
    """Fine grain like that of film lies over the picture, strongest in the middle tones."""
    rng = np.random.default_rng(seed)
    noise = soften(rng.standard_normal((canvas.h, canvas.w)).astype(np.float32), 0.9 * max(canvas.unit / 2.0, 0.5))
    noise = noise / noise.std()
    lum = canvas.px.mean(axis=2).clip(0, 1)
    canvas.px = canvas.px + (noise * amount * (0.5 + 2.0 * lum * (1 - lum)))[..., None]


def paper(canvas: Canvas, colour: Colour = "#f4ede0", *, seed: int = 3, tooth: float = 0.03) -> None:
    """The canvas is a sheet of drawing paper."""
    fibre = canvas.fbm((90, 90), seed, octaves=3) - 0.5
    wide = canvas.fbm(4, seed + 1, octaves=4) - 0.5
    canvas.px = rgb(colour) * (1 + tooth * fibre + tooth * 1.4 * wide)[..., None]


def press(
    canvas: Canvas, stops: list[tuple[float, Colour]], *, amount: float = 0.3, brush: float = 1.1, dark: float = 0.2
) -> None:
    """The usual last steps of a picture, in their order."""
    brushwork(canvas, brush)
    grade(canvas, stops, amount)
    contrast(canvas, 0.42)
    vignette(canvas, dark)
    film(canvas)


def to_image(canvas: Canvas) -> Image.Image:
    """The picture in eight bits a channel."""
    return Image.fromarray((np.clip(canvas.px, 0, 1) * 255 + 0.5).astype(np.uint8))


def save(canvas: Canvas, entry: Entry, path: Path) -> int:
    """The picture lies at the path as a progressive JPEG near the size limit; its size is returned."""
    picture = to_image(canvas)
    limit = min(330_000, round(0.092 * canvas.w * canvas.h))
    data = b""
    for quality in (84, 82, 80, 78, 75, 72, 69, 66, 62):
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality, progressive=True, optimize=True, subsampling="4:2:0")
        data = buffer.getvalue()
        if len(data) <= limit:
            break
    path.write_bytes(data)
    if entry.embed:
        embed(entry, path)
    return path.stat().st_size


def embed(entry: Entry, path: Path) -> None:
    """The file carries caption, byline, credit, date and copyright in IPTC and XMP."""
    credit = entry.credit
    author = credit.get("author") or credit["agency"]
    day = entry.taken_on.replace("-", ":")
    year = credit.get("year") or entry.taken_on[:4]
    tags = {
        "IPTC:CodedCharacterSet": "UTF8",
        "IPTC:ObjectName": entry.words["title"],
        "IPTC:Caption-Abstract": entry.words["caption"],
        "IPTC:By-line": author[:32],
        "IPTC:Credit": credit["agency"][:32],
        "IPTC:Source": credit["agency"][:32],
        "IPTC:CopyrightNotice": f"© {year} {credit['agency']}",
        "IPTC:DateCreated": day,
        "IPTC:City": entry.place[:32],
        "IPTC:Country-PrimaryLocationName": "Republic of Orrel",
        "XMP-dc:Title": entry.words["title"],
        "XMP-dc:Description": entry.words["caption"],
        "XMP-dc:Creator": author,
        "XMP-dc:Rights": f"© {year} {credit['agency']}",
        "XMP-photoshop:Credit": credit["agency"],
        "XMP-photoshop:DateCreated": entry.taken_on,
        "XMP-iptcCore:AltTextAccessibility": entry.words["alt"],
        "XMP-photoshop:City": entry.place,
        "XMP-photoshop:Country": "Republic of Orrel",
    }
    command = ["exiftool", "-q", "-overwrite_original", "-charset", "iptc=UTF8", "-codedcharacterset=utf8"]
    subprocess.run([*command, *[f"-{key}={value}" for key, value in tags.items()], str(path)], check=True)
