"""The sound piece and the video: made, compressed, captioned and listed."""

import json
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from tools.pictures import bells, finish
from tools.pictures.canvas import Canvas
from tools.pictures.catalogue import DEMO, HERE
from tools.pictures.scene import develop
from tools.pictures.scenes.barrier import curtain, rising_scene

MOMENTS, STEP, RATE = 400, 3, 12
SIZE = (960, 540)
SLATE = [(0.0, "#05090d"), (0.3, "#20323c"), (0.6, "#7c7f74"), (0.85, "#e9c690"), (1.0, "#fff6e3")]


def read_media() -> list[dict[str, Any]]:
    """Every media piece with its words."""
    return tomllib.loads((HERE / "media.toml").read_text(encoding="utf-8"))["media"]


def clock(seconds: float) -> str:
    """The time as WebVTT writes it."""
    return f"{int(seconds // 3600):02d}:{int(seconds // 60) % 60:02d}:{seconds % 60:06.3f}"


def write_captions(piece: dict[str, Any]) -> None:
    """The caption files of the piece lie in the bundle."""
    for track in piece["captions"]:
        cues = [f"{clock(a)} --> {clock(b)}\n{text}\n" for a, b, text in track["lines"]]
        (DEMO / track["file"]).write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")


def length_of(path: Path) -> int:
    """The length of the piece in whole seconds."""
    asked = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(path)]
    return round(float(subprocess.run(asked, check=True, capture_output=True, text=True).stdout))


def write_records() -> None:
    """The bundle's media.json lists the pieces that have been made."""
    (DEMO / "media").mkdir(parents=True, exist_ok=True)
    records = []
    for piece in read_media():
        write_captions(piece)
        path = DEMO / piece["file"]
        credit = piece["credit"]
        records.append(
            {
                **{key: piece[key] for key in ("key", "file", "kind", "title")},
                "duration_s": length_of(path) if path.exists() else {"audio": 42, "video": 11}[piece["kind"]],
                "credit": {
                    "agency": credit["agency"],
                    "year": credit["year"],
                    "author": credit["author"],
                    "pool": False,
                },
                "poster": piece["poster"],
                "transcript": piece["transcript"].strip(),
                "captions": [{"language": one["language"], "file": one["file"]} for one in piece["captions"]],
            }
        )
    text = json.dumps(records, ensure_ascii=False, indent=1)
    (DEMO / "media.json").write_text(text + "\n", encoding="utf-8")


def make_sound() -> None:
    """The bells lie in the bundle as MP3."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "bells.wav"
        bells.write(raw)
        target = DEMO / "media" / "tide-bells.mp3"
        quiet = [
            "ffmpeg",
            "-v",
            "error",
            "-y",
            "-i",
            str(raw),
            "-map_metadata",
            "-1",
            "-codec:a",
            "libmp3lame",
            "-b:a",
            "72k",
        ]
        subprocess.run([*quiet, "-metadata", "title=The tide bells of Saltmere", str(target)], check=True)


def make_video() -> None:
    """The rising gate lies in the bundle as MP4, drawn frame by frame; players can begin before all of it is there."""
    target = DEMO / "media" / "barrier-closing.mp4"
    draft = Path(tempfile.mkdtemp()) / target.name
    command = f"ffmpeg -v error -y -f rawvideo -pix_fmt rgb24 -s {SIZE[0]}x{SIZE[1]} -r {RATE} -i -".split()
    command += [
        "-c:v",
        "libx264",
        "-preset",
        "slow",
        "-pix_fmt",
        "yuv420p",
        "-crf",
        "25",
        "-maxrate",
        "900k",
        "-bufsize",
        "1800k",
    ]
    command += ["-movflags", "+faststart", "-map_metadata", "-1", str(draft)]
    pipe = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert pipe.stdin
    first = rising_scene(0)
    for moment in range(0, MOMENTS, STEP):
        canvas = Canvas(*SIZE)
        scene = rising_scene(moment, like=first)
        depth = scene.draw(canvas, expose=1.12)
        curtain(canvas, scene, depth, moment)
        canvas.bloom(above=1.6, spread=7, strength=0.16)
        develop(canvas)
        finish.brushwork(canvas, 2.4)
        finish.grade(canvas, SLATE, 0.2)
        finish.contrast(canvas, 0.42)
        finish.vignette(canvas, 0.2)
        pipe.stdin.write((np.clip(canvas.px, 0, 1) * 255 + 0.5).astype(np.uint8).tobytes())
    pipe.stdin.close()
    if pipe.wait():
        raise RuntimeError("ffmpeg could not write the video")
    shutil.move(draft, target)


def make() -> None:
    """Both pieces lie in the bundle."""
    (DEMO / "media").mkdir(parents=True, exist_ok=True)
    make_sound()
    make_video()
