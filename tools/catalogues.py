"""Gathers every text marked for translation and merges it into the catalogues: `python tools/catalogues.py`.

Needs the gettext programs. The compiled catalogues are committed, so that an installation needs none of them.
With `--check` nothing is written: exits 1 where a catalogue lacks a text or its compiled file is older.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/broadsheet"
LOCALE = SOURCE / "web/locale"
LANGUAGES = ("en", "fr", "ar")
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 && n%100<=99 ? 4 : 5;",
}
KEYWORDS = (
    "gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3", "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3", "_", "_lazy",
)  # fmt: skip
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Broadsheet\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""


def gather(folder: Path) -> Path:
    """Return the template of all texts, from Python and from templates."""
    from django.utils.translation import templatize

    files = [file for file in sorted(SOURCE.rglob("*.py")) if "migrations" not in file.parts]
    listed = [str(file.relative_to(ROOT)) for file in files]
    templates = SOURCE / "web/templates"
    for template in sorted([*templates.rglob("*.html"), *templates.rglob("*.txt")]):
        place = folder / template.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(templatize(template.read_text(encoding="utf-8"), origin=str(template)), encoding="utf-8")
        listed.append(str(template.relative_to(ROOT)))
    names = folder / "files"
    names.write_text("\n".join(listed), encoding="utf-8")
    found = folder / "all.pot"
    keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
    command = ["xgettext", "-L", "Python", "--from-code=UTF-8", "--add-location=file", "--sort-by-file", *keywords]
    run(*command, "-D", str(folder), "-D", str(ROOT), "-f", str(names), "-o", str(found))
    return found


def merge(language: str, found: Path, folder: Path) -> str:
    """Return the catalogue of the language with every text gathered and none that is gone."""
    file = LOCALE / language / "LC_MESSAGES/django.po"
    old = folder / f"{language}.old.po"
    header = HEADER.format(language=language, plurals=PLURALS[language])
    old.write_text(file.read_text(encoding="utf-8") if file.exists() else header, encoding="utf-8")
    new = folder / f"{language}.po"
    run("msgmerge", "-q", "--no-fuzzy-matching", "--add-location=file", "-o", str(new), str(old), str(found))
    run("msgattrib", "--no-obsolete", "--add-location=file", "-o", str(new), str(new))
    lines = new.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(('"POT-Creation', '"PO-Revision'))) + "\n"


def run(*command: str) -> None:
    """Run a program of gettext."""
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "LC_ALL": "C.UTF-8"})


def main() -> int:
    """Merge and compile, or check."""
    stale = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = gather(folder)
        for language in LANGUAGES:
            file = LOCALE / language / "LC_MESSAGES/django.po"
            text = merge(language, found, folder)
            if "--check" in sys.argv:
                stale += [language] if not file.exists() or file.read_text(encoding="utf-8") != text else []
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            run("msgfmt", "--check-format", "-o", str(file.with_suffix(".mo")), str(file))
    for language in stale:
        print(f"The catalogue {language} is not up to date: run python tools/catalogues.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    sys.exit(main())
