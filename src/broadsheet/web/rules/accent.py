"""An edition's accent colour, made readable on light and on dark paper."""

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

READABLE = 4.6  # WCAG AA asks for 4.5


@dataclass(frozen=True, slots=True)
class Accent:
    """The colour as text on light paper, as text on dark paper, and the ink that is readable upon each."""

    light: str
    dark: str
    on_light: str
    on_dark: str


def accent(colour: str, *, paper: str, night: str) -> Accent:
    """Return the readable versions of a colour such as #8c1c2b."""
    light = _towards(colour, 0.0, paper)
    dark = _towards(colour, 1.0, night)
    return Accent(light, dark, _ink(light), _ink(dark))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG, 1 to 21."""
    bright, dim = sorted((_luminance(_parts(one)), _luminance(_parts(other))), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _towards(colour: str, end: float, paper: str) -> str:
    hue, lightness, saturation = rgb_to_hls(*_parts(colour))
    for step in range(41):
        mixed = _hex(hls_to_rgb(hue, lightness + (end - lightness) * step / 40, saturation))
        if contrast(mixed, paper) >= READABLE:
            return mixed
    return "#000000" if end == 0 else "#ffffff"


def _ink(colour: str) -> str:
    return "#ffffff" if contrast("#ffffff", colour) >= contrast("#101114", colour) else "#101114"


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(parts: tuple[float, ...]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
