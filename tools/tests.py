"""Run the tests: `python -m tools.tests PYTEST-ARGUMENTS`.

What fails is run once more, by itself and on a quiet machine, where it is little: many tests have a real browser, a
real server and several processes, and two processors that are busy with two tests at once may make one wait longer
than a person would. What fails twice has failed; what passes the second time is named at the end.
"""

import json
import subprocess
import sys
from pathlib import Path

FEW = 5  # more than these are no accident
_FAILED = Path(".pytest_cache/v/cache/lastfailed")
_TESTS_FAILED = 1  # pytest's exit status, where it is not told by the tests themselves: 2 and above


def failed() -> list[str]:
    """Return the names of the tests that the last run saw failing."""
    return list(json.loads(_FAILED.read_text())) if _FAILED.exists() else []


def main(arguments: list[str]) -> int:
    """Return pytest's exit status: of the first run, or of the second look at the few that failed."""
    pytest = [sys.executable, "-m", "pytest", *arguments]
    status = subprocess.run([*pytest, "--cache-clear"], check=False).returncode
    names = failed()
    if status != _TESTS_FAILED or not 0 < len(names) <= FEW:
        return status
    print(f"\n{len(names)} failed; a second look at each alone:", *names, sep="\n  ", flush=True)
    status = subprocess.run(
        [*pytest, "-n", "0", "--last-failed", "--last-failed-no-failures=none"], check=False
    ).returncode
    if status == 0:
        print("Failed among others, passed alone:", *names, sep="\n  ", flush=True)
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
