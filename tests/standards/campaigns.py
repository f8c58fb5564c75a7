"""Campaigns of reworded copies, and comments that only share subject and opinion: written for the tests and `bench`."""

import json
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "copies"
CHOOSING = ("ferry", "parking", "stadium", "tramway")  # on these the cuts were chosen; the others are measured once
MEASURING = ("dogs", "mayor", "spraying", "wolves")


def campaign(name: str) -> list[str]:
    """Return the forty copies of a campaign, light rewordings first."""
    (path,) = FOLDER.glob(f"{name}.*.txt")
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def is_english(name: str) -> bool:
    return (FOLDER / f"{name}.en.txt").exists()


def same_opinion() -> dict[str, list[str]]:
    """Return twenty comments a subject that are no copies of each other."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / "same_opinion.en.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found[line[3:]] = []
        elif not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found


def unrelated(shared: Path, count: int) -> list[str]:
    """Return pieces of 15 to 60 words from pages about other things, each of them once."""
    pages = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((shared / "data" / "wikinews").glob("*.json"))
    ]
    text = " ".join(block["text"] for page in pages for block in page["blocks"] if block["type"] == "paragraph")
    pieces = [piece for piece in re.split(r"(?<=[.?!])\s+", text) if 15 <= len(piece.split()) <= 60]
    return list(dict.fromkeys(pieces))[:count]
