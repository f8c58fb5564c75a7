"""A picture under way: light per pixel in floating point, with vector shapes laid over it."""

from collections.abc import Callable

import numpy as np
import skia
from PIL import Image
from scipy.ndimage import gaussian_filter

from tools.pictures import noise

Array = np.ndarray
Colour = str | tuple[float, float, float]
Brush = Callable[[skia.Canvas], None]


def rgb(colour: Colour) -> Array:
    """The colour as three numbers in 0..1; lamps may go beyond 1."""
    if isinstance(colour, str):
        text = colour.lstrip("#")
        return np.array([int(text[i : i + 2], 16) / 255 for i in (0, 2, 4)], np.float32)
    return np.array(colour, np.float32)


def ink(colour: Colour = "#ffffff", alpha: float = 1.0, *, stroke: float = 0.0, blur: float = 0.0) -> skia.Paint:
    """A paint that fills, or strokes when a width is given."""
    r, g, b = np.clip(rgb(colour), 0, 1)
    paint = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(float(r), float(g), float(b), alpha))
    if stroke:
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(stroke)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint


def poly(points: list[tuple[float, float]], *, closed: bool = True) -> skia.Path:
    """A path through the points."""
    path = skia.Path()
    path.moveTo(*map(float, points[0]))
    for x, y in points[1:]:
        path.lineTo(float(x), float(y))
    if closed:
        path.close()
    return path


def smooth(points: list[tuple[float, float]], *, closed: bool = True, tension: float = 0.5) -> skia.Path:
    """A soft curve through the points."""
    path = skia.Path()
    n = len(points)
    get = (lambda i: points[i % n]) if closed else (lambda i: points[min(max(i, 0), n - 1)])
    path.moveTo(*map(float, points[0]))
    k = tension / 3 * 1.0
    for i in range(n if closed else n - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = get(i - 1), get(i), get(i + 1), get(i + 2)
        path.cubicTo(
            *map(float, (bx + (cx - ax) * k, by + (cy - ay) * k, cx - (dx - bx) * k, cy - (dy - by) * k, cx, cy))
        )
    if closed:
        path.close()
    return path


def soften(array: Array, sigma: float) -> Array:
    """The field blurred; wide blurs are made on a smaller copy."""
    if sigma < 6:
        spread = (sigma, sigma, 0)[: array.ndim]
        return gaussian_filter(array, spread, mode="nearest")
    h, w = array.shape[:2]
    step = sigma / 3
    small = (max(2, round(w / step)), max(2, round(h / step)))
    planes = [array] if array.ndim == 2 else [array[..., k] for k in range(array.shape[2])]
    done = []
    for plane in planes:
        tiny = Image.fromarray(np.ascontiguousarray(plane, np.float32)).resize(small, Image.BOX)
        tiny = Image.fromarray(gaussian_filter(np.asarray(tiny), 3, mode="nearest"))
        done.append(np.asarray(tiny.resize((w, h), Image.BICUBIC)))
    return done[0] if array.ndim == 2 else np.dstack(done)


def trail(text: str) -> list[tuple[float, float]]:
    """The points of a line written as "x y, x y, …"."""
    pairs = (pair.split() for pair in text.split(","))
    return [(float(x), float(y)) for x, y in pairs]


class Canvas:
    """Pixels of a picture; vector shapes use units of one thousandth of the width."""

    def __init__(self, width: int, height: int) -> None:
        """A black canvas."""
        self.w, self.h = width, height
        self.px = np.zeros((height, width, 3), np.float32)
        self.unit = width / 1000
        self.tall = 1000 * height / width
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        self.x, self.y = xs / self.unit, ys / self.unit

    def sheet(self, brush: Brush) -> Array:
        """What the brush draws, as premultiplied colour and alpha."""
        pixels = np.zeros((self.h, self.w, 4), np.uint8)
        info = skia.ImageInfo.Make(self.w, self.h, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        surface = skia.Surface.MakeRasterDirect(info, pixels, self.w * 4)
        with surface as canvas:
            canvas.scale(self.unit, self.unit)
            brush(canvas)
        return pixels.astype(np.float32) / 255

    def mask(self, brush: Brush, *, blur: float = 0.0) -> Array:
        """Where the brush draws, in 0..1."""
        alpha = self.sheet(brush)[..., 3]
        return soften(alpha, blur * self.unit) if blur else alpha

    def lay(self, brush: Brush, *, blur: float = 0.0, alpha: float = 1.0) -> Array:
        """What the brush draws lies over the picture; its coverage is returned."""
        sheet = self.sheet(brush)
        if blur:
            sheet = soften(sheet, blur * self.unit)
        cover = sheet[..., 3:4] * alpha
        self.px = self.px * (1 - cover) + sheet[..., :3] * alpha
        return cover[..., 0]

    def tint(self, mask: Array | float, colour: Colour | Array) -> None:
        """The colour covers the picture where the mask says so."""
        paint = colour if isinstance(colour, np.ndarray) and colour.ndim == 3 else rgb(colour)
        cover = mask[..., None] if isinstance(mask, np.ndarray) else mask
        self.px = self.px * (1 - cover) + paint * cover

    def glow(self, mask: Array, colour: Colour, strength: float = 1.0) -> None:
        """Light of the colour is added where the mask says so."""
        self.px = self.px + mask[..., None] * rgb(colour) * strength

    def shade(self, mask: Array, colour: Colour) -> None:
        """The picture is multiplied by the colour where the mask says so."""
        self.px = self.px * (1 - mask[..., None] * (1 - rgb(colour)))

    def fbm(self, scale: float | tuple[float, float], seed: int, *, octaves: int = 5, warp: float = 0.0) -> Array:
        """Fractal noise over the whole canvas."""
        pair = scale if isinstance(scale, tuple) else (scale, scale)
        return noise.field((self.h, self.w), scale=pair, seed=seed, octaves=octaves, warp=warp)

    def ramp(self, stops: list[tuple[float, Colour]], along: Array) -> Array:
        """Colours of the stops along a field."""
        at = np.array([stop for stop, _ in stops], np.float32)
        colours = np.stack([rgb(colour) for _, colour in stops])
        return np.dstack([np.interp(along, at, colours[:, k]) for k in range(3)]).astype(np.float32)

    def bloom(self, *, above: float, spread: float, strength: float) -> None:
        """Bright places spill light over their surroundings."""
        bright = np.maximum(self.px - above, 0)
        self.px = self.px + strength * (
            soften(bright, spread * self.unit) * 0.6 + soften(bright, spread * 3.5 * self.unit) * 0.4
        )
