"""`python -m bench [NAME …]`: measures, one benchmark after the other, and writes docs/reference/performance.md.

Each benchmark is a program of its own (`python -m bench.NAME`) whose output ends with one JSON object. `--list` names
them; `--no-page` leaves the page as it is.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.frame import PYTHON, ROOT, Figure, machine

# name → what it measures, in the order of the page. A benchmark whose file is not there is not offered.
BENCHMARKS = {
    "delivery": "PERF-01, PERF-02: articles served by nginx and by the process alone",
    "delivery_fresh": "PERF-01, PERF-07: how soon a publication shows everywhere",
    "article": "PERF-03: rendering an article, 1,000 to 100,000 articles",
    "threads": "PERF-05: pages of threads with 50 to 1,000,000 comments",
    "live_readers": "PERF-08: 10,000 readers of one article while comments arrive",
    "search": "ART-14: searching with snippets",
    "cold": "PERF-10: cold start and memory",
    "judge_rules": "PERF-06: judging by rules and word lists alone",
    "judge_copies": "STD-03: reworded copies found among unrelated comments",
    "judge_server": "PERF-06: the judge served over HTTP on one core",
    "judge_learning": "STD-05: heads learned from a newsroom's decisions",
    "judge_ngrams": "PERF-06: reading the languages of the n-grams",
    "lively": "PERF-01, PERF-03: articles while fifty comments a second arrive, and with twenty comments",
    "posting": "PERF-04: comments posted by eight writers, judged by all clauses",
    "flash_mob": "MOD-01: a flash mob of 2,000 comments, and what the desk sees of it",
    "moderation_queue": "PERF-09: the next case with 100,000 open and four moderators at once",
    "accountability": "MOD-11: the public figures of a month with 100,000 decisions",
    "entrance": "ACC-01, ACC-02, PAGE-01: registering all at once, logging in, the small personal answer",
    "erasing": "ACC-07: erasing a reader of 10,000 rows while others write",
    "weight": "PERF-11: weight of an article's page",
    "mail_queue": "NOT-03: mail queued and sent",
    "newsletters": "NOT-02: an issue of a newsletter queued and sent",
    "push": "NOT-01: push notifications sent to a push service",
    "importer": "ART-16: how well and how fast saved pages are read",
}
PAGE = ROOT / "docs" / "reference" / "performance.md"
SETTLE_SECONDS = 240
BUSY = 0.25  # load a core before a run: above this, times say more of the machine than of the paper
KEPT = ROOT / "bench" / "latest.json"


def there() -> dict[str, str]:
    """Return the benchmarks that can be run, also those whose files this list does not know yet."""
    files = {path.stem for path in (ROOT / "bench").glob("*.py")} - {"__init__", "__main__", "frame", "archive"}
    known = {name: what for name, what in BENCHMARKS.items() if name in files}
    return known | {name: "" for name in sorted(files - set(known)) if _is_program(ROOT / "bench" / f"{name}.py")}


def _is_program(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return 'if __name__ == "__main__"' in text and "Not a benchmark" not in text


def run(name: str) -> dict[str, Any] | None:
    """Run one benchmark, showing what it prints; return its JSON object, None where it failed to measure."""
    print(f"— {name}: {there()[name]}", flush=True)
    begun = time.monotonic()
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [PYTHON, "-m", f"bench.{name}"], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, check=False
    )
    lines = done.stdout.splitlines()
    found: dict[str, Any] | None = None
    for line in lines:
        if line.startswith("{"):
            found = json.loads(line)
        else:
            print(line)
    print(
        f"  {time.monotonic() - begun:.0f} s, {'ended with ' + str(done.returncode) if done.returncode else 'all met'}\n"
    )
    return found


def settle() -> None:
    """Wait until what ran before, a benchmark perhaps, is out of the machine's load; go on where it never is."""
    until = time.monotonic() + SETTLE_SECONDS
    while os.getloadavg()[0] > BUSY * (os.cpu_count() or 1) and time.monotonic() < until:
        time.sleep(5)


def figures_of(name: str, found: dict[str, Any]) -> list[Figure]:
    """Return the figures that a benchmark's object holds; plain numbers become figures without a mark to reach."""
    if "figures" in found:
        names = ("id", "what", "value", "unit", "reach", "met")
        return [Figure(**{key: row[key] for key in names if key in row}) for row in found["figures"]]
    if name == "importer":
        return _importer(found)
    numbers = {key: value for key, value in found.items() if isinstance(value, int | float)}
    return [Figure("", f"{name}: {key.replace('_', ' ')}", value) for key, value in numbers.items()]


def _importer(found: dict[str, Any]) -> list[Figure]:
    ours, theirs, ratio = found["f1"], found["f1_trafilatura"], found["ratio"]
    return [
        Figure(
            "ART-16",
            f"saved pages read: F1 of 4-word shingles, {found['pages']} pages",
            ours,
            "",
            "≥ 0.975",
            ours >= 0.975,
        ),
        Figure("ART-16", "the same by trafilatura alone", theirs),
        Figure("ART-16", "processor time to that of trafilatura.extract", ratio, "", "≤ 1.5", ratio <= 1.5),
    ]


def page(kept: dict[str, Any]) -> str:
    """Return the page of all figures measured last."""
    lines = [
        "# Figures\n\n",
        "<!-- Written by `python -m bench`. Run it again instead of editing this page. -->\n\n",
        "`make bench` measures all of these, on a quiet machine; `python -m bench NAME` one of them. Times are medians "
        "unless a line says otherwise, ratios come from one run in turns. What is to be reached is that of the design, "
        "and of the issue where the design names none.\n\n",
    ]
    for name, what in BENCHMARKS.items():
        if name not in kept:
            continue
        entry = kept[name]
        lines.append(
            f"## {what}\n\n`python -m bench {name}`, {entry['measured']}, on {_machine(entry['machine'])}.\n\n"
        )
        if entry["machine"]["load_before"] > BUSY * entry["machine"]["cores"]:
            lines.append("**The machine was busy with other work: these figures are provisional.**\n\n")
        lines.append("| row | what | measured | to reach | |\n|---|---|---:|---|---|\n")
        for row in entry["figures"]:
            verdict = {True: "met", False: "**missed**", None: ""}[row["met"]]
            value = f"{row['value']:,.4g} {row['unit']}".strip()
            lines.append(f"| {row['id']} | {row['what']} | {value} | {row['reach']} | {verdict} |\n")
        lines.append("\n")
    return "".join(lines)


def _machine(found: dict[str, Any]) -> str:
    return (
        f"{found['processor']}, {found['cores']} cores, {found['memory_gb']} GB, {found['system']}, "
        f"Python {found['python']}, SQLite {found['sqlite']}, Django {found['django']}, Wagtail {found['wagtail']}, "
        f"load before {found['load_before']}"
    )


def main() -> int:
    """Measure what was asked for, by default everything."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="name the benchmarks and end")
    parser.add_argument("--no-page", action="store_true", help="leave docs/reference/performance.md as it is")
    chosen = parser.parse_args()
    names = there()
    if chosen.list:
        print("\n".join(f"{name:<16} {what}" for name, what in names.items()))
        return 0
    unknown = [name for name in chosen.names if name not in names]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(names)}.", file=sys.stderr)
        return 2
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    missed = 0
    for name in chosen.names or names:
        settle()
        here = machine()
        found = run(name)
        if found is None:
            missed += 1
            continue
        figures = figures_of(name, found)
        missed += any(figure.met is False for figure in figures)
        kept[name] = {
            "measured": time.strftime("%Y-%m-%d", time.gmtime()),
            "machine": here,
            "figures": [figure.as_json() for figure in figures],
        }
    if not chosen.no_page:
        KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        PAGE.write_text(page(kept), encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
