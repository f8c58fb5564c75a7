"""The house examines itself."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.row("OPS-04")
def test_the_command_line_and_the_importers_dry_run_start_without_django():
    program = (
        "import sys; from broadsheet.cli.main import root; import broadsheet.cli.import_; "
        "from broadsheet.importing.engines.read_page import read_page; "
        "read_page(b'<html><body><h1>A headline</h1><p>Some words.</p></body></html>', url=None, declared_type='text/html'); "
        "assert 'django' not in sys.modules, 'django was imported'"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.row("OPS-03")
def test_generated_pages_are_fresh():
    done = subprocess.run(
        [sys.executable, "-m", "tools.reference", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_model_says_what_it_is():
    ours = [model for model in apps.get_models() if model.__module__.startswith("broadsheet.")]
    assert ours
    assert [model.__name__ for model in ours if not (model.__doc__ or "").strip()] == []


def test_no_lock_file_names_a_registry():
    for path in ROOT.glob("requirements*.lock"):
        text = path.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        assert not [line for line in lines if "index-url" in line or "://" in line]


@pytest.mark.parametrize("folder", ["src", "tests", "tools", "bench", "docs"])
def test_no_unfinished_marks(folder):
    marks = ("TODO", "FIXME", "raise NotImplementedError")
    here = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}: {mark}"
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".js", ".css", ".md"} and path != here
        for mark in marks
        if mark in path.read_text(encoding="utf-8")
    ]
    assert found == []
