"""What fails is looked at once more, and only where it is little (tools/tests.py)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ONCE = "from pathlib import Path\ndef test_once():\n    seen = Path('seen')\n    ok = seen.exists()\n    seen.touch()\n    assert ok\n"
NEVER = "import pytest\n@pytest.mark.parametrize('which', range({count}))\ndef test_never(which):\n    assert False\n"


def run(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(source)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "tools.tests", "-q", "-p", "no:django", "test_it.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("source", "status", "looks"),
    [
        ("def test_it():\n    pass\n", 0, 1),
        (ONCE, 0, 2),
        (ONCE + NEVER.format(count=1), 1, 2),
        (NEVER.format(count=6), 1, 1),
        ("syntax error", 2, 1),
        ("", 5, 1),
    ],
    ids=["passes", "passes the second time", "fails twice", "too many", "can't be read", "none"],
)
def test_what_fails_is_run_once_more(tmp_path: Path, source: str, status: int, looks: int) -> None:
    done = run(tmp_path, source)
    assert done.returncode == status, done.stdout + done.stderr
    assert ("a second look" in done.stdout) == (looks == 2)
    assert ("passed alone" in done.stdout) == (status == 0 and looks == 2)
