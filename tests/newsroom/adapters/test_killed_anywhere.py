"""A process killed anywhere between saving and announcing leaves both or neither."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.papers import copy_of_migrated

pytestmark = [pytest.mark.row("ART-13"), pytest.mark.files]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict:
    """What was found after each kill, by action."""
    folder = copy_of_migrated(tmp_path_factory.mktemp("killed") / "data")
    result = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kill_everywhere.py")), str(folder)],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")},
            "BROADSHEET_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "broadsheet.config.settings",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return json.loads(result.stdout.splitlines()[-1])


@pytest.mark.parametrize("action", ["publish", "schedule", "withdraw", "move", "delete"])
def test_both_or_neither(told, action):
    assert told[action]["wrong"] == []
    assert told[action]["done"]
    assert told[action]["places"] >= 12
