"""Writes the generated pages of docs/reference; `--check` fails where one of them is stale."""

import ast
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
NOTE = "<!-- Written by `make docs` from the code. Edit the code, not this page. -->\n\n"
# The rows of the contract this version answers for: id → the row in a few words.
ROWS = {
    "PAGE-01": "Header and footer", "PAGE-02": "Clock, right on stored pages", "PAGE-03": "Names, addresses and hosts are settings",
    "PAGE-04": "Every device, without JavaScript, dark, print, right-to-left", "PAGE-05": "Front and section pages laid out, scheduled",
    "ART-01": "Addresses of articles", "ART-02": "Headline, standfirst, body blocks", "ART-03": "Pictures and credits",
    "ART-04": "Signed picture addresses, crops", "ART-05": "Sections and tags", "ART-06": "Short links", "ART-07": "Views",
    "ART-08": "Legal notices", "ART-09": "Times, bylines, corrections", "ART-10": "Metadata, feeds, sitemaps, rights",
    "ART-11": "Recommended", "ART-12": "Kinds of article", "ART-13": "The desk", "ART-14": "Search", "ART-16": "Import and export",
    "ACC-01": "Registering", "ACC-02": "Logging in, passkeys, sessions", "ACC-03": "Recovering", "ACC-04": "Logging in by other providers",
    "MOD-12": "Roles of staff, second factor", "NOT-01": "Push notifications", "NOT-02": "Mail, subscriptions, newsletters", "NOT-03": "The bell and the durable queue", "OPS-01": "One command", "OPS-03": "Check, health, metrics, backup",
    "STD-08": "The community standards as data, one document",
    "STD-01": "Machines only warn, hold, slow and flag", "STD-02": "What fails is not scored",
    "STD-03": "Findings name clause, detector, score and words", "STD-05": "Learns from this newsroom", "STD-06": "Time machine, shadow mode, alarm", "STD-07": "The judge alone",
    "ACC-05": "Greeting, pictures of readers", "ACC-06": "User ID", "ACC-07": "Deleting, restoring, erasing",
    "ACC-08": "The privacy gate", "ACC-09": "Versions of standards and policies", "ACC-10": "My data", "ART-15": "Live radio",
    "DIS-01": "Discussions in three orders", "DIS-02": "Writing comments", "DIS-03": "Editing one's comments", "DIS-04": "Live comments",
    "DIS-05": "Reports and notices", "DIS-06": "Modes and shields", "DIS-07": "Channels", "DIS-09": "Correction notes",
    "DIS-10": "Following, ignoring, picks, badges", "MOD-01": "The queue", "MOD-02": "Cases", "MOD-03": "Statements of reasons",
    "MOD-04": "Sanctions", "MOD-05": "Letters", "MOD-06": "The second block, annulment", "MOD-07": "Undoing", "MOD-08": "Sanctions hold",
    "MOD-09": "Audit log", "MOD-10": "Quality of moderation", "MOD-11": "Accountability", "OPS-02": "Several processes and machines",
    "STD-04": "No network, one core, model card",
    "ACC-11": "The contact form", "OPS-04": "Progress, JSON, exit codes, errors in words",
}  # fmt: skip


def features() -> str:
    """Return the page of rows, with the tests that prove each."""
    proofs: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        rows = set(re.findall(r'mark\.row\(((?:\s*"[A-Z]+-\d+",?)+)', path.read_text(encoding="utf-8")))
        for row in {name for group in rows for name in re.findall(r"[A-Z]+-\d+", group)}:
            proofs[row].append(path.relative_to(ROOT).as_posix())
    lines = ["# Rows and the tests that prove them\n", NOTE, "| row | what | tests |\n|---|---|---|\n"]
    for row in sorted({*ROWS, *proofs}):
        tests = "<br>".join(f"`{name}`" for name in proofs.get(row, [])) or "none"
        lines.append(f"| {row} | {ROWS.get(row, '')} | {tests} |\n")
    return "".join(lines)


def settings() -> str:
    """Return the page of settings."""
    from broadsheet.config.env import SETTINGS

    lines = ["# Settings\n\n", NOTE]
    lines.append("Read from the environment, else from `broadsheet.env` in the data folder.\n\n")
    lines.append("| setting | kind | default | meaning |\n|---|---|---|---|\n")
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "empty"
        lines.append(
            f"| `{setting.name}` | {setting.kind}{', secret' if setting.secret else ''} | {default} | {setting.meaning} |\n"
        )
    return "".join(lines)


def commands() -> str:
    """Return the page of commands with their options."""
    import click

    from broadsheet.cli.main import root

    lines = ["# Commands\n\n", NOTE]

    def describe(command: click.Command, names: list[str]) -> None:
        context = click.Context(command, info_name=" ".join(names))
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                if inner is not None:
                    describe(inner, [*names, name])
            return
        lines.append(f"## `{' '.join(names)}`\n\n{(command.help or '').strip()}\n\n")
        pieces = [usage for usage in command.collect_usage_pieces(context) if usage != "[OPTIONS]"]
        lines.append(f"```\n{' '.join([*names, *pieces])}\n```\n\n")
        options = [p for p in command.params if isinstance(p, click.Option)]
        if options:
            lines.append("| option | meaning |\n|---|---|\n")
            lines.extend(f"| `{', '.join(option.opts)}` | {option.help or ''} |\n" for option in options)
            lines.append("\n")

    describe(root, ["broadsheet"])
    return "".join(lines)


def facts() -> str:
    """Return the page of facts, who announces them and who listens."""
    from broadsheet.kernel.facts import Registry

    lines = ["# Facts and their handlers\n\n", NOTE]
    lines.append(
        "A handler hears each fact once per installation, for certain; a follower hears it in every process.\n\n"
    )
    announcers = _announcers()
    for name in sorted(kind for kind, cls in Registry.kinds.items() if cls.__module__.startswith("broadsheet.")):
        kind = Registry.kinds[name]
        lines.append(f"## {name}\n\n{(kind.__doc__ or '').strip()} (`{kind.__module__}`)\n\n")
        for title, paths in (
            ("Announced in", announcers.get(name, [])),
            ("Handlers", sorted(Registry.handlers.get(name, {}))),
            ("Followers", sorted(Registry.followers.get(name, {}))),
        ):
            lines.append(f"- {title}: {', '.join(f'`{path}`' for path in paths) or 'nobody'}\n")
        lines.append("\n")
    return "".join(lines)


def _announcers() -> dict[str, list[str]]:
    """Return the modules whose code makes each fact."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "src").rglob("*.py")):
        if path.name == "facts.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        for name in called:
            found[name].append(path.relative_to(ROOT / "src").with_suffix("").as_posix().replace("/", "."))
    return found


def clauses() -> str:
    """Return the page of the shipped community standards: what each clause is, how it is noticed and handled."""
    from broadsheet.standards.rulebook import load

    lines = ["# Clauses\n\n", NOTE]
    lines.append(
        "The community standards as they are shipped; [how to change them](../guides/standards.md). Handling is the\n"
    )
    lines.append("most a machine does; people delete. A detector's number is its threshold.\n\n")
    lines.append(
        "| clause | title | kind | handling | detectors | EU Transparency Database |\n|---|---|---|---|---|---|\n"
    )
    for clause in load().clauses.values():
        uses = [
            f"{use.name} {use.threshold:g}" + (f" ({use.handling})" if use.handling != clause.handling else "")
            for use in clause.detectors
        ]
        told = [clause.statement.category, *clause.statement.keywords, clause.statement.ground]
        handling = clause.handling + (", first in line" if clause.priority == "top" else "") + (", care" * clause.care)
        lines.append(
            f"| {clause.code} | {clause.title['en']} | {clause.kind} | {handling} | {', '.join(uses) or 'people alone'} "
            f"| {'<br>'.join(told)} |\n"
        )
    return "".join(lines)


def main() -> int:
    """Write the pages, or with `--check` name those that would change; return 1 where one is stale."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    django.setup()
    pages = {
        "features.md": features,
        "settings.md": settings,
        "commands.md": commands,
        "facts.md": facts,
        "clauses.md": clauses,
    }
    stale = []
    for name, make in pages.items():
        path, text = PAGES / name, make()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.stderr.write(f"Stale pages in docs/reference: {', '.join(stale)}. Run `make docs`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
