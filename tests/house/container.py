"""A container file's steps, run as they are written in a folder of their own: no container engine is needed.

What stands at `/` in the container stands at one folder here. A new stage finds that folder empty, and the stage before
beside it, so that what knows its own place (a virtual environment's scripts) is right only where the file copies it to.
The base image's interpreter is the one that runs the tests.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

PYTHON = f"{sys.base_prefix}/bin/python{sys.version_info.major}.{sys.version_info.minor}"
# How this machine reaches its package registry, and nothing else of the environment.
REGISTRY = ("PIP_", "SSL_CERT", "REQUESTS_CA", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy")
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_QUIET": "1"}


@dataclass
class Image:
    """What a container file's last stage leaves behind, and how it is run."""

    root: Path
    base: str = ""
    workdir: str = "/"
    user: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    entrypoint: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)

    def place(self, path: str) -> Path:
        """Return where a path of the container lies here."""
        return self.root / os.path.normpath(Path(self.workdir, path)).lstrip("/")

    def command(self, words: list[str]) -> list[str]:
        """Return the command with this machine's paths for the container's."""
        here = [str(self.place(word)) if word.startswith("/") else word for word in words]
        return [PYTHON if here[0] == "python" else here[0], *here[1:]]

    def surroundings(self, **settings: str) -> dict[str, str]:
        """Return the environment that a command of the container has, with settings of one's own."""
        return {"PATH": "/usr/bin:/bin", "HOME": "/nowhere", **self.environment, **settings}


def steps(file: Path) -> list[tuple[str, str]]:
    """Return the file's instructions in order, each with what stands behind it on its lines."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [(name, rest.strip()) for name, _space, rest in (line.partition(" ") for line in joined) if name]


def build(file: Path, context: Path, folder: Path) -> Image:
    """Return the image that the file makes of the context's files, beneath the folder. Raises where a step fails."""
    image = Image(folder / "root")
    stage = ""
    for name, rest in steps(file):
        match name, shlex.split(rest) if name in {"FROM", "COPY", "ENV"} else rest:
            case "FROM", [base, *naming]:
                if image.root.exists():
                    image.root.rename(folder / stage)
                image = Image(folder / "root", base)
                image.root.mkdir()
                stage = naming[-1] if naming else "last"
            case "COPY", [*sources, target]:
                _copy(image, sources, target, context, folder)
            case "ENV", pairs:
                image.environment |= dict(pair.split("=", 1) for pair in pairs)
            case "RUN", words:
                _run(image, json.loads(words))
            case "WORKDIR", path:
                image.workdir = path
                image.place(path).mkdir(parents=True, exist_ok=True)
            case "USER", user:
                image.user = user
            case "ENTRYPOINT", words:
                image.entrypoint = json.loads(words)
            case "HEALTHCHECK", words:
                image.healthcheck = json.loads(words.partition(" CMD ")[2])
            case "EXPOSE", _port:
                pass
            case _:
                raise ValueError(f"{file.name}: what {name} does is not known here")
    return image


def _run(image: Image, words: list[str]) -> None:
    registry = {name: value for name, value in os.environ.items() if name.startswith(REGISTRY)}
    done = subprocess.run(
        image.command(words), cwd=image.place("."), env=image.surroundings(**registry | QUIET),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(
            f"{shlex.join(words)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )


def _copy(image: Image, sources: list[str], target: str, context: Path, folder: Path) -> None:
    option, is_from, stage = sources[0].partition("--from=")
    if is_from and not option:
        pairs = [(folder / stage / source.lstrip("/"), None) for source in sources[1:]]
    else:
        shut = shutil.ignore_patterns(*ignored_everywhere(context))
        pairs = [(context / source, shut) for source in sources]
    for source, ignore in pairs:
        if source.is_dir():
            shutil.copytree(source, image.place(target), symlinks=True, ignore=ignore, dirs_exist_ok=True)
        else:
            shutil.copy2(source, image.place(target))


def ignored_everywhere(context: Path) -> list[str]:
    """Return the names that .dockerignore leaves out at any depth."""
    lines = (context / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("**/") for line in lines if line.startswith("**/")]
