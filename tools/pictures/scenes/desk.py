"""From the graphics desk: the cross-section of the barrier, the map of the lower river."""

import numpy as np
import skia

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink, poly, smooth, soften, trail
from tools.pictures.scenes.pen import line

Point = tuple[float, float]


def numeral(c: skia.Canvas, n: int, x: float, y: float, *, r: float = 17.0) -> None:
    """A numbered disc."""
    c.drawCircle(x, y, r, ink("#16222b"))
    font = skia.Font(skia.Typeface("DejaVu Serif", skia.FontStyle.Bold()), r * 1.25)
    wide = font.measureText(str(n))
    c.drawString(str(n), x - wide / 2, y + r * 0.45, font, ink("#fbf6ea"))


def arrow(c: skia.Canvas, points: list[Point], colour: str, width: float) -> None:
    """A curved arrow along the points."""
    path = smooth(points, closed=False, tension=0.9)
    gauge = skia.PathMeasure(path, False)
    spot, tan = gauge.getPosTan(gauge.getLength())
    c.drawPath(path, ink(colour, stroke=width))
    x, y, u, v, k = spot.x(), spot.y(), tan.x(), tan.y(), width * 2.1
    c.drawPath(poly([(x + u * k * 1.5, y + v * k * 1.5), (x - v * k, y + u * k), (x + v * k, y - u * k)]), ink(colour))


def sector(cx: float, cy: float, r: tuple[float, float], a: tuple[float, float]) -> skia.Path:
    """A piece of a ring between two radii and two angles (degrees, clockwise from the right)."""
    turn = np.radians(np.linspace(a[0], a[1], 40))
    outer = [(cx + r[1] * np.cos(t), cy + r[1] * np.sin(t)) for t in turn]
    inner = [(cx + r[0] * np.cos(t), cy + r[0] * np.sin(t)) for t in turn[::-1]]
    return poly(outer + inner)


def bed_and_tower(c: skia.Canvas) -> None:
    """The sill in the ground, the tower and its machine gallery."""
    cx, cy = 520, 346
    stone = (
        [(318, 440), (352, 424), (376, 424)]
        + [(cx + 176 * np.cos(t), cy + 176 * np.sin(t)) for t in np.radians(np.linspace(158, 22, 30))]
        + trail("700 424, 724 440, 742 520, 300 520")
    )
    c.drawPath(poly(stone), ink("#a9a294"))
    for k in range(44):
        x = 306 + 10 * k
        c.drawLine(x, 520, x + 14, 506 - 20 * (k % 2), ink("#7d776b", 0.8, stroke=1.0))
    tower = poly(trail("600 120, 736 120, 752 440, 588 440"))
    c.drawPath(tower, ink("#d8d0bf", 0.92))
    c.drawPath(poly(trail("580 70, 760 88, 760 122, 580 122")), ink("#c3baa7"))
    c.drawRect(skia.Rect(604, 92, 736, 108), ink("#e2b45c"))
    c.drawRect(skia.Rect(640, 452, 716, 500), ink("#2b343a"))
    c.drawRect(skia.Rect(640, 452, 716, 500), ink("#16222b", stroke=2.4))
    for k in range(3):
        c.drawCircle(654 + 24 * k, 488, 6, ink("#c6503a"))


def turning_gate(c: skia.Canvas) -> None:
    """The gate raised and, in dashes, at rest; its arms and its hydraulic ram."""
    cx, cy = 520, 346
    ghost = sector(cx, cy, (150, 168), (22, 158))
    c.drawPath(ghost, ink("#8c1c2b", 0.22))
    dash = ink("#8c1c2b", stroke=2.2)
    dash.setPathEffect(skia.DashPathEffect.Make([8.0, 6.0], 0.0))
    c.drawPath(ghost, dash)
    gate = sector(cx, cy, (148, 170), (112, 262))
    c.drawPath(gate, ink("#8c1c2b"))
    c.drawPath(gate, ink("#3f0d15", stroke=2.4))
    for a in np.radians(np.arange(120, 262, 11)):
        c.drawLine(
            cx + 148 * np.cos(a),
            cy + 148 * np.sin(a),
            cx + 170 * np.cos(a),
            cy + 170 * np.sin(a),
            ink("#d98f84", stroke=1.8),
        )
    for a in np.radians([130, 184, 238]):
        c.drawLine(cx, cy, cx + 148 * np.cos(a), cy + 148 * np.sin(a), ink("#3a4148", stroke=9))
        c.drawLine(cx, cy, cx + 148 * np.cos(a), cy + 148 * np.sin(a), ink("#8b949a", stroke=5))
    c.drawLine(664, 166, 560, 246, ink("#16222b", stroke=15))
    c.drawLine(664, 166, 610, 208, ink("#c9ced0", stroke=9))
    c.drawLine(610, 208, 452, 326, ink("#16222b", stroke=6))
    c.drawCircle(664, 166, 13, ink("#16222b"))
    c.drawCircle(cx, cy, 22, ink("#16222b"))
    c.drawCircle(cx, cy, 12, ink("#c9ced0"))
    c.drawCircle(452, 326, 9, ink("#16222b"))


def marks(c: skia.Canvas) -> None:
    """Arrows, the scale of heights and the numerals."""
    for y, x, w in ((282, 60, 130), (334, 40, 170), (386, 72, 130)):
        arrow(c, [(x, y), (x + w * 0.5, y - 6), (x + w, y)], "#fbf6ea", 8)
    arrow(c, [(934, 372), (890, 368), (850, 372)], "#fbf6ea", 5)
    arrow(c, trail("470 546, 376 520, 338 440, 352 330"), "#8c1c2b", 7)
    for k in range(9):
        y = 446 - 36 * k
        c.drawLine(952, y, 974 if k % 2 else 988, y, ink("#16222b", stroke=2))
    c.drawLine(952, 446, 952, 170, ink("#16222b", stroke=2.6))
    for y, colour in ((238, "#2f5c6b"), (338, "#5d8a8a")):
        dots = ink(colour, stroke=1.8)
        dots.setPathEffect(skia.DashPathEffect.Make([3.0, 5.0], 0.0))
        c.drawLine(520 if y < 300 else 770, y, 948, y, dots)
    arrow(c, [(968, 328), (968, 290), (968, 262)], "#8c1c2b", 4)
    for n, x, y in (
        (1, 236, 430),
        (2, 850, 424),
        (3, 560, 536),
        (4, 424, 214),
        (5, 632, 262),
        (6, 678, 476),
        (7, 250, 200),
    ):
        numeral(c, n, x, y)
    c.drawPath(smooth([(40, 226), (110, 216), (180, 226)], closed=False), ink("#8c1c2b", stroke=3))


def graphic(canvas: Canvas) -> None:
    """215: the cross-section of one gate."""
    finish.paper(canvas, "#f2ead9", seed=40, tooth=0.03)
    deep = canvas.fbm((5, 9), 41, octaves=5, warp=1.4)
    sea_top = (
        236 + 7 * np.sin(canvas.x / 26) + 4 * np.sin(canvas.x / 11 + 1) - 6 * np.clip((canvas.x - 330) / 120, 0, 1)
    )
    gate_edge = 520 - np.sqrt(np.clip(159.0**2 - (canvas.y - 346) ** 2, 35.0**2, None))
    gate_edge = np.where(canvas.y < 190, 480, gate_edge)
    sea = np.clip((canvas.y - sea_top) * 1.5, 0, 1) * np.clip((gate_edge - canvas.x) * 1.0, 0, 1)
    river = np.clip((canvas.y - 338 - 2 * np.sin(canvas.x / 18)) * 1.5, 0, 1) * np.clip(canvas.x - gate_edge, 0, 1)
    tone = np.clip((canvas.y - 160) / 320, 0, 1)[..., None] * 0.45 + 0.28 * (deep - 0.5)[..., None]
    canvas.tint(sea, np.clip(np.array([0.30, 0.50, 0.58], np.float32) * (1.18 - tone), 0, 1))
    canvas.tint(river, np.clip(np.array([0.50, 0.68, 0.68], np.float32) * (1.16 - tone), 0, 1))
    bed = canvas.fbm((26, 26), 42, octaves=4)
    ground = canvas.mask(
        lambda c: c.drawPath(
            poly(trail("-10 470, 180 462, 300 446, 700 446, 830 458, 1010 470, 1010 600, -10 600")), ink()
        )
    )
    canvas.tint(ground, np.array([0.66, 0.55, 0.40], np.float32) * (0.8 + 0.4 * bed[..., None]))

    canvas.lay(bed_and_tower)
    canvas.lay(turning_gate)
    canvas.lay(marks)
    finish.film(canvas, 0.008)


def compass_and_frame(c: skia.Canvas) -> None:
    """The rose, the frame and the scale bar of the map."""
    cx, cy = 110, 620
    for k in range(16):
        a, r = np.pi * k / 8, 70 if k % 4 == 0 else (48 if k % 2 == 0 else 30)
        b = 0.12
        for side, tone in ((-1, "#16222b"), (1, "#f4ecd9")):
            c.drawPath(
                poly(
                    [
                        (cx + r * np.sin(a), cy - r * np.cos(a)),
                        (cx + 12 * np.sin(a + side * b * 4), cy - 12 * np.cos(a + side * b * 4)),
                        (cx, cy),
                    ]
                ),
                ink(tone),
            )
    c.drawCircle(cx, cy, 54, ink("#16222b", stroke=1.6))
    c.drawCircle(cx, cy, 80, ink("#16222b", stroke=1.2))
    c.drawRect(skia.Rect(12, 12, 988, 738), ink("#16222b", stroke=2.4))
    c.drawRect(skia.Rect(20, 20, 980, 730), ink("#16222b", stroke=1))
    for k in range(5):
        c.drawRect(skia.Rect.MakeXYWH(760 + 40 * k, 700, 40, 8), ink("#16222b" if k % 2 else "#f4ecd9"))
    c.drawRect(skia.Rect.MakeXYWH(760, 700, 200, 8), ink("#16222b", stroke=1.4))


def symbols(canvas: Canvas, dry: np.ndarray, marsh: np.ndarray, high: np.ndarray) -> None:
    """Towns, reeds, hills and the barrier stand on the map."""
    rng = np.random.default_rng(5)
    solid = dry > 14

    def town(c: skia.Canvas, tx: float, ty: float, many: int, spread: float) -> None:
        for _ in range(many):
            px, py = tx + rng.normal(0, spread), ty + rng.normal(0, spread * 0.8)
            i, j = int(py * canvas.unit), int(px * canvas.unit)
            if 0 <= i < canvas.h and 0 <= j < canvas.w and solid[i, j]:
                c.drawRect(
                    skia.Rect.MakeXYWH(px, py, rng.uniform(3, 7), rng.uniform(3, 6)),
                    ink("#6d2a2a" if rng.random() < 0.8 else "#3b2a26"),
                )

    def brush(c: skia.Canvas) -> None:
        town(c, 560, 300, 420, 36)
        town(c, 572, 470, 150, 30)
        town(c, 872, 190, 130, 20)
        for _ in range(260):
            px, py = rng.uniform(300, 990), rng.uniform(470, 740)
            i, j = min(int(py * canvas.unit), canvas.h - 1), int(px * canvas.unit)
            if solid[i, j] and marsh[i, j] > 0.4:
                for k in (-3, 0, 3):
                    c.drawLine(px + k, py, px + k * 1.6, py - 5, ink("#5f7050", stroke=1.1))
        for _ in range(150):
            px, py = rng.uniform(640, 990), rng.uniform(10, 330)
            i, j = int(py * canvas.unit), int(px * canvas.unit)
            if solid[i, j] and high[i, j] > 0.5:
                line(c, [(px - 7, py + 5), (px, py - 5), (px + 7, py + 5)], 2, colour="#7a5f44")
        c.drawLine(482, 286, 500, 448, ink("#8c1c2b", stroke=5))
        for t in np.linspace(0, 1, 7):
            c.drawCircle(482 + 18 * t, 286 + 162 * t, 4.4, ink("#8c1c2b"))
        for k, (tx, ty) in enumerate(((552, 312), (874, 192))):
            c.drawCircle(tx, ty, 11 - 3 * k, ink("#fbf6ea"))
            c.drawCircle(tx, ty, 11 - 3 * k, ink("#16222b", stroke=3))

    canvas.lay(brush)


def river_map(canvas: Canvas) -> None:
    """239: the lower Orrel."""
    x, y = canvas.x, canvas.y
    rough = canvas.fbm(5, 51, octaves=7, warp=0.8) - 0.5
    fine = canvas.fbm(22, 52, octaves=5) - 0.5
    coast = (
        372
        + 90 * np.sin(y / 130)
        + 60 * np.sin(y / 61 + 2) * 0.5
        + 150 * np.exp(-(((y - 400) / 120) ** 2))
        + 190 * rough
        + 40 * fine
    )
    land = x - coast
    mid = 400 - 0.42 * (x - 480) - 46 * np.sin((x - 470) / 62) * np.clip((x - 500) / 200, 0, 1) + 60 * rough
    width = np.clip(74 - 0.15 * (x - 480), 9, 90) + 18 * fine
    river = np.abs(y - mid) - width
    dry = np.minimum(land, np.where(x > 430, river * 1.1, land))
    isle = 46 - np.hypot((x - 205) / 1.3, y - 300) + 60 * rough + 16 * fine
    dry = np.maximum(dry, isle)
    creek = np.abs(canvas.fbm(13, 55, octaves=5, warp=2.2) - 0.5)
    marsh = np.clip((y - 470) / 60, 0, 1) * np.clip((260 - land) / 80, 0, 1)
    dry = np.where((creek < 0.016 * marsh) & (marsh > 0.3), -1.0, dry)
    shore = soften(np.clip(dry * 0.6, -1, 1), 1.2 * canvas.unit)
    depth = soften((dry > 0).astype(np.float32), 26 * canvas.unit)
    sea = canvas.ramp(
        [(0, "#86a9ac"), (0.35, "#a5c3c0"), (0.6, "#c6dad0"), (1, "#d9e6da")], np.clip(depth * 1.7 + 0.12 * rough, 0, 1)
    )
    canvas.px = sea
    for level in (0.06, 0.14, 0.24, 0.36):
        canvas.tint(np.clip(1 - np.abs(depth + 0.03 * rough - level) * 240, 0, 0.5), "#5d8488")
    high = np.clip((land - 150) / 500 + 0.9 * rough + np.clip((300 - y) / 600, 0, 0.4), 0, 1)
    slope = (np.roll(rough, 3, axis=0) - rough) * 5 + (np.roll(fine, 2, axis=1) - fine) * 1.0
    ground = canvas.ramp([(0, "#e9dfc3"), (0.4, "#ddcda3"), (0.75, "#c9ad80"), (1, "#b08f68")], high)
    ground = ground * (1 + np.clip(slope, -0.25, 0.25))[..., None] * (1 - 0.12 * marsh)[..., None]
    canvas.tint(np.clip(shore * 4, 0, 1), ground)
    canvas.tint(np.clip(1 - np.abs(shore) * 3.2, 0, 1) * 0.85, "#33444a")
    symbols(canvas, dry, marsh, high)
    canvas.lay(compass_and_frame)
    finish.film(canvas, 0.01)
