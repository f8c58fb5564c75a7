"""Holds files fast while a backup is made: what is deleted meanwhile stays in the backup."""

import glob
import os
import shutil
from pathlib import Path


def hold(source: Path, held: Path) -> int:
    """Link every file below the source into the held folder, where it isn't yet; returns how many came."""
    came = 0
    for folder, _folders, names in os.walk(source, followlinks=False):
        below = Path(folder).relative_to(source)
        for name in names:
            path, target = Path(folder) / name, held / below / name
            if target.exists() or path.is_symlink() or not path.is_file():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            came += _link(path, target)
    return came


def drop_leftovers(parent: Path, prefix: str) -> None:
    """Remove what an earlier run left that was killed."""
    for path in parent.glob(f"{prefix}*"):
        if path.is_dir() and not _alive(path.name.removeprefix(prefix)):
            shutil.rmtree(path, ignore_errors=True)


def drop_parts(target: Path) -> None:
    """Remove what a killed run left of this file or folder before it had its name."""
    for path in target.parent.glob(f".{glob.escape(target.name)}.*.part"):
        if _alive(path.name.removeprefix(f".{target.name}.").removesuffix(".part")):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _link(path: Path, target: Path) -> int:
    try:
        target.hardlink_to(path)
    except FileNotFoundError:
        return 0  # deleted between listing and linking
    except OSError:
        try:
            shutil.copy2(path, target)  # another file system, or one without links
        except FileNotFoundError:
            return 0
    return 1


def _alive(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
