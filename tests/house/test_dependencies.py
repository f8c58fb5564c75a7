"""Who needs which package: the judge's imports are met by the base install, the newspaper's by its extra."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "broadsheet"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
# What stands beneath every command, and imports the rest only when a command of the newspaper asks for it.
BENEATH = [SOURCE / "cli" / "main.py", SOURCE / "cli" / "terminal.py", SOURCE / "__init__.py", SOURCE / "__main__.py"]


def distributions(requirements: list[str]) -> set[str]:
    """The names of the packages that requirements ask for, written in one way."""
    return {normal(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def tree(path: Path) -> list[ast.stmt]:
    return ast.parse(path.read_text(encoding="utf-8")).body


def of_the_judge() -> list[Path]:
    """The files of the judge: the standards, its command, and what that imports of the command line."""
    found = [*sorted((SOURCE / "standards").rglob("*.py")), *sorted((SOURCE / "cli").glob("judge*.py"))]
    for path in found:  # grows while it is read
        beside = (
            SOURCE / "cli" / f"{name.split('.')[2]}.py"
            for name in imported(tree(path))
            if name.startswith("broadsheet.cli.")
        )
        found += [one for one in beside if one not in found and one not in BENEATH]
    return found


def imported(nodes: list[ast.stmt], *, deep: bool = True) -> Iterator[str]:
    """The modules that code imports, also by name; with `deep` those inside functions, too."""
    for node in (inner for outer in nodes for inner in (ast.walk(outer) if deep else [outer])):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module":
            first = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
            if isinstance(first, ast.Constant):
                yield first.value


def from_others(path: Path, *, deep: bool = True) -> set[str]:
    """The packages of others that a file needs: neither Python's own nor ours, nor such as it can do without."""
    nodes = tree(path)
    tried = [inner for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Try) and misses(inner)]
    tops, spared = (
        {name.split(".")[0] for name in names}
        for names in (imported(nodes, deep=deep), (name for one in tried for name in imported(one.body)))
    )
    return tops - spared - set(sys.stdlib_module_names) - {"broadsheet"}


def misses(tried: ast.Try) -> bool:
    """Whether an import that fails there is caught by its name, and so told in words."""
    return any(getattr(handler.type, "id", "") in {"ImportError", "ModuleNotFoundError"} for handler in tried.handlers)


def unmet(names: set[str], allowed: set[str]) -> set[str]:
    """The imported names that none of the allowed packages provides."""
    providers = _providers()
    return {name for name in names if not {normal(one) for one in providers.get(name, ())} & allowed}


@cache
def _providers() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


def test_whatever_the_judge_imports_is_in_the_base_install() -> None:
    names = {name for path in of_the_judge() for name in from_others(path)}
    names |= {name for path in BENEATH for name in from_others(path, deep=False)}
    assert names >= {"onnxruntime", "tokenizers", "phonenumbers", "stdnum", "click", "rich"}
    assert unmet(names, distributions(PROJECT["dependencies"])) == set()


def test_whatever_the_newspaper_imports_is_in_its_extra_or_beneath_it() -> None:
    allowed = distributions([*PROJECT["dependencies"], *EXTRAS["paper"]])
    names = {name for path in SOURCE.rglob("*.py") for name in from_others(path)}
    assert names >= {"django", "wagtail", "PIL", "lxml"}
    brought = {
        normal(re.match(r"[\w.-]+", requirement)[0])
        for package in allowed
        for requirement in metadata.requires(package) or ()
        if "extra ==" not in requirement
    }
    assert unmet(names, allowed | brought) == set()


def test_the_judge_imports_of_ours_only_what_needs_no_newspaper() -> None:
    ours = {name for path in of_the_judge() for name in imported(tree(path))}
    assert {name for name in ours if re.match(r"broadsheet\.(?!standards\b|cli\b)", name)} == set()


def test_no_package_is_asked_for_twice_and_both_names_of_an_install_work() -> None:
    assert distributions(PROJECT["dependencies"]) & distributions(EXTRAS["paper"]) == set()
    assert EXTRAS["judge"] == []


def test_the_judges_lock_is_a_part_of_the_newspapers() -> None:
    small, large = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements-judge.lock", "requirements.lock")
    )
    assert distributions(PROJECT["dependencies"]) <= small.keys()
    assert distributions(EXTRAS["paper"]) <= large.keys() - small.keys()
    assert small.items() < large.items()
