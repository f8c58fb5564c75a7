"""Cuts the paper's fonts out of their open sources: `python tools/fonts.py FOLDER`.

FOLDER holds the unpacked npm packages named in `FONTS`, each as `FOLDER/<name with @ and / as _>/package`.
The families are licensed under the SIL Open Font License 1.1; each licence is written beside the fonts.
A face is pinned to the sizes and weights that the style sheet uses and to the characters that its scripts
need, so that an article carries at most three of them.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parent.parent / "src/broadsheet/web/static/fonts"
RARE = [
    *(ord(letter) for letter in "¢¤¥¦¨ª¬¯±´µ¶¸¹º¼¾ÐÞðþÝýÃãÕõÅåØøÆæ¡¿Ññ‰′″‡„‚"),
    *range(0x100, 0x152),
    *range(0x154, 0x178),
]
RARE += [*range(0x179, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x1E9E]
LATIN = [
    *(code for code in [*range(0x20, 0x7F), *range(0xA0, 0x100)] if code not in RARE and code != 0xAD), 0x152, 0x153,
    0x178, 0x2009, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2020, 0x2022, 0x2026, 0x202F, 0x2039,
    0x203A, 0x20AC, 0x2212,
]  # fmt: skip
ARABIC = [
    0x60C, 0x61B, 0x61F, *range(0x621, 0x63B), *range(0x640, 0x653), *range(0x660, 0x66E), 0x670, 0x671, 0x67E,
    0x686, 0x698, 0x6A4, 0x6AF, 0x6CC, 0x200C, 0x200D, 0x200E, 0x200F,
]  # fmt: skip
FIGURES = [
    0x20,
    *range(0x21, 0x40),
    0x5B,
    0x5D,
    0xA0,
    0xA9,
    0xAB,
    0xBB,
    0xB7,
    0x2013,
    0x2014,
    0x201C,
    0x201D,
    0x2026,
]
FEATURES = [
    "kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum", "init", "medi", "fina", "isol", "rlig", "calt",
    "rclt", "curs",
]  # fmt: skip


@dataclass(frozen=True)
class Font:
    """One face: where it is cut from, which axes are pinned or narrowed, which characters it keeps.

    One that sets single words does without kerning, a third of its weight.
    """

    name: str
    package: str
    file: str
    characters: list[int]
    axes: dict[str, float | tuple[float, float]]
    kerned: bool = True


NEWSREADER, FRANKLIN = "@fontsource-variable/newsreader", "@fontsource-variable/libre-franklin"
NASKH, PLEX = "@fontsource-variable/noto-naskh-arabic", "@fontsource/ibm-plex-sans-arabic"
FONTS = (
    Font("newsreader-text", NEWSREADER, "newsreader-latin-opsz-normal", LATIN, {"opsz": 17, "wght": 400}),
    Font(
        "newsreader-italic", NEWSREADER, "newsreader-latin-opsz-italic", LATIN, {"opsz": 17, "wght": 400}, kerned=False
    ),
    Font("newsreader-display", NEWSREADER, "newsreader-latin-opsz-normal", LATIN, {"opsz": 38, "wght": 560}),
    Font("franklin", FRANKLIN, "libre-franklin-latin-wght-normal", LATIN, {"wght": (400, 650)}),
    Font("newsreader-rare", NEWSREADER, "newsreader-latin-opsz-normal", RARE, {"opsz": 24, "wght": 440}),
    Font("newsreader-europe", NEWSREADER, "newsreader-latin-ext-opsz-normal", RARE, {"opsz": 24, "wght": 440}),
    Font("franklin-rare", FRANKLIN, "libre-franklin-latin-wght-normal", RARE, {"wght": 500}),
    Font("franklin-europe", FRANKLIN, "libre-franklin-latin-ext-wght-normal", RARE, {"wght": 500}),
    Font("naskh-figures", NASKH, "noto-naskh-arabic-latin-wght-normal", FIGURES, {"wght": (400, 700)}),
    Font("plex-arabic", PLEX, "ibm-plex-sans-arabic-arabic-500-normal", ARABIC, {}),
    Font("plex-figures", PLEX, "ibm-plex-sans-arabic-latin-500-normal", FIGURES, {}),
    Font("naskh", NASKH, "noto-naskh-arabic-arabic-wght-normal", ARABIC, {"wght": (400, 700)}),
)


def lighten_kerning(face: TTFont) -> None:
    """Leave out kerning finer than the eye sees and round the rest: a third of a face's weight is in it."""
    step = face["head"].unitsPerEm // 100
    lookups = face["GPOS"].table.LookupList.Lookup if "GPOS" in face else []
    for lookup in lookups:
        for subtable in lookup.SubTable:
            pair = getattr(subtable, "ExtSubTable", subtable)
            if getattr(pair, "LookupType", 0) != 2:
                continue
            for value in values_of(pair):
                value.XAdvance = round((value.XAdvance or 0) / step) * step


def values_of(pair: Any) -> Iterator[Any]:
    """Give every adjustment of a pair table."""
    if pair.Format == 1:
        for group in pair.PairSet:
            yield from (record.Value1 for record in group.PairValueRecord if record.Value1)
    else:
        for first in pair.Class1Record:
            yield from (record.Value1 for record in first.Class2Record if record.Value1)


def cut(font: Font, sources: Path) -> Path:
    """Write the face as woff2 and return its file."""
    folder = sources / font.package.replace("@", "_").replace("/", "_") / "package"
    face = TTFont(folder / "files" / f"{font.file}.woff2")
    face.flavor = None
    if font.axes:
        buffer = BytesIO()
        instantiateVariableFont(face, font.axes, overlap=False).save(buffer)
        face = TTFont(BytesIO(buffer.getvalue()))
    options = Options()
    options.layout_features = [feature for feature in FEATURES if font.kerned or feature != "kern"]
    options.hinting = False
    options.name_IDs = [1, 2, 13, 14]
    options.notdef_outline = True
    options.desubroutinize = True
    options.drop_tables += ["HVAR", "MVAR", "STAT", "GDEF"] if font.characters in (LATIN, RARE) else ["STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.characters)
    subsetter.subset(face)
    lighten_kerning(face)
    face.flavor = "woff2"
    file = TARGET / f"{font.name}.woff2"
    face.save(file)
    family = font.package.rsplit("/", 1)[1]
    (TARGET / f"{family}.LICENSE.txt").write_text((folder / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    return file


def main() -> None:
    """Cut every face and print what it weighs."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for font in FONTS:
        file = cut(font, Path(sys.argv[1]))
        print(f"{file.name:32} {file.stat().st_size:7,d} bytes")


if __name__ == "__main__":
    main()
