"""The list of pictures and what the bundle says about each of them."""

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "src" / "broadsheet" / "importing" / "demo"
RATIOS = {"16:9": 16 / 9, "4:3": 4 / 3, "1:1": 1.0}


@dataclass(frozen=True)
class Entry:
    """One picture as the catalogue describes it."""

    public_id: int
    size: tuple[int, int]
    words: dict[str, str]
    credit: dict[str, Any]
    focal: tuple[float, float, float, float]
    square: tuple[float, float, float, float] | None
    uploaded_at: str
    taken_on: str
    embed: bool = False
    place: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        """The name of the picture's file inside the bundle's folder."""
        return f"pictures/{self.public_id}.jpg"


def read_catalogue() -> list[Entry]:
    """Every picture of the catalogue, in order."""
    raw = tomllib.loads((HERE / "catalogue.toml").read_text(encoding="utf-8"))
    return [
        Entry(
            public_id=one["id"],
            size=tuple(one["size"]),
            words={key: one[key] for key in ("title", "caption", "alt")},
            credit=one["credit"],
            focal=tuple(one["focal"]),
            square=tuple(one["square"]) if "square" in one else None,
            uploaded_at=one["uploaded_at"],
            taken_on=one["taken_on"],
            embed=one.get("embed", False),
            place=one.get("place", ""),
        )
        for one in raw["picture"]
    ]


def as_record(entry: Entry) -> dict[str, Any]:
    """The picture as the bundle's pictures.json writes it."""
    width, height = entry.size
    x, y, w, h = entry.focal
    crops = {}
    if entry.square:
        x0, y0, x1, y1 = entry.square
        crops["1:1"] = [round(x0 * width), round(y0 * height), round(x1 * width), round(y1 * height)]
    return {
        "public_id": str(entry.public_id),
        "file": entry.file_name,
        **entry.words,
        "decorative": False,
        "taken_on": entry.taken_on,
        "credit": {
            "agency": entry.credit["agency"],
            "year": entry.credit.get("year"),
            "author": entry.credit.get("author"),
            "pool": entry.credit.get("pool", False),
        },
        "focal": [round(x * width), round(y * height), round(w * width), round(h * height)],
        "crops": crops,
        "uploaded_at": entry.uploaded_at,
    }


def write_records(entries: list[Entry]) -> None:
    """The bundle's pictures.json says what the catalogue says."""
    text = json.dumps([as_record(one) for one in entries], ensure_ascii=False, indent=1)
    (DEMO / "pictures.json").write_text(text + "\n", encoding="utf-8")
