"""Says which files, functions and names break the house's limits, and what to do about each."""

import ast
import subprocess
import sys
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 50  # drawings of tools/pictures are one stroke after another, and not measured
BANNED = {"utils", "util", "helpers", "misc", "common", "lib", "manager", "base", "core", "service"}
# Django, allauth and Wagtail look for these by name.
ALLOWED = {
    Path("src/broadsheet/kernel/sqlite/base.py"),
    Path("src/broadsheet/web/templates/allauth/layouts/base.html"),
    Path("src/broadsheet/web/templates/wagtailadmin/base.html"),
}
ROOTS = ("src", "tests", "tools", "bench")


def faults(path: Path) -> list[str]:
    """Return what is wrong with one file."""
    found = []
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n") + 1
    if lines > FILE_LINES:
        found.append(f"{path}: {lines} lines, the limit is {FILE_LINES}. Split it by topic into a package.")
    if (path.stem in BANNED or path.parent.name in BANNED) and path not in ALLOWED:
        found.append(f"{path}: the name says nothing. Name it for what it does.")
    if path.suffix != ".py":
        return found
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES and "pictures" not in path.parts:
                found.append(
                    f"{path}:{node.lineno}: {node.name} has {length} lines, the limit is {FUNCTION_LINES}. "
                    "Take a step of it out and name it."
                )
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.Module) and path.parts[0] == "src":
            named = getattr(node, "name", "_")
            private = named.startswith("_") or named in {"Meta", "BoundPanel"}
            if isinstance(node, ast.Module) and not ast.get_docstring(node) and text.strip():
                found.append(f"{path}:1: the module says nothing of itself. Begin with one line of docstring.")
            elif isinstance(node, ast.ClassDef) and not private and not ast.get_docstring(node):
                found.append(f"{path}:{node.lineno}: {named} has no docstring. Say what it is.")
    return found


def checked_files() -> list[Path]:
    """Return the files that are measured: code and templates under version control or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *ROOTS],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    paths = [Path(line) for line in listed]
    return [p for p in paths if p.suffix in {".py", ".html"} and "migrations" not in p.parts and p.exists()]


def main() -> int:
    """Print every fault; return 1 where there is one."""
    found = [fault for path in checked_files() for fault in faults(path)]
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
