"""Makes the pictures and the media of the demo paper again."""

import argparse
import sys
import time
from pathlib import Path

from tools.pictures import catalogue, finish, media
from tools.pictures.canvas import Canvas
from tools.pictures.scenes import DRAWINGS


def draw(entry: catalogue.Entry, *, preview: Path | None) -> None:
    """The picture of the entry is drawn, into the bundle or small into the preview folder."""
    start = time.monotonic()
    width, height = entry.size
    shrink = 3 if preview else 1
    canvas = Canvas(width // shrink, height // shrink)
    DRAWINGS[entry.public_id](canvas)
    if preview:
        preview.mkdir(parents=True, exist_ok=True)
        finish.to_image(canvas).save(preview / f"{entry.public_id}.png")
        size = 0
    else:
        folder = catalogue.DEMO / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        size = finish.save(canvas, entry, folder / f"{entry.public_id}.jpg")
    print(f"{entry.public_id}  {size // 1024:4d} kB  {time.monotonic() - start:5.1f} s", flush=True)


def main() -> None:
    """What the command line asks for lies in the demo bundle."""
    parser = argparse.ArgumentParser(prog="tools.pictures")
    parser.add_argument("numbers", nargs="*", type=int, help="the last three digits of the pictures to draw")
    parser.add_argument("--preview", action="store_true", help="draw small, into /tmp/pictures")
    parser.add_argument("--records", action="store_true", help="write the two lists alone")
    parser.add_argument("--media", action="store_true", help="make the sound and the video alone")
    asked = parser.parse_args()
    entries = catalogue.read_catalogue()
    catalogue.write_records(entries)
    wanted = [one for one in entries if not asked.numbers or one.public_id % 1000 in asked.numbers]
    if not asked.records and not asked.media:
        for entry in wanted:
            draw(entry, preview=Path("/tmp/pictures") if asked.preview else None)
    if asked.media or not (asked.numbers or asked.preview or asked.records):
        media.make()
    media.write_records()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
