"""Sentences of the tests' own, one a line, in parts that begin with `# name: what they are`."""

from pathlib import Path


def sentences(language: str, part: str) -> list[str]:
    """Return a part's sentences; raises `KeyError` where the language has no such part."""
    parts: dict[str, list[str]] = {}
    here: list[str] = []
    for line in (Path(__file__).parent / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            here = parts.setdefault(line[2:].partition(":")[0], [])
        elif line:
            here.append(line)
    return parts[part]
