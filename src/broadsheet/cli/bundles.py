"""Loads the demo paper that ships with Broadsheet."""

from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any


def load_demo() -> bool:
    """Load the demo paper where there is no edition yet, its times moved to today; returns whether anything was done.

    A load that was broken off goes on where it stopped, with the times it began with.
    """
    from django.conf import settings

    from broadsheet.cli.terminal import err, fail, steps
    from broadsheet.importing.actions.load_bundle import load_bundle
    from broadsheet.importing.actions.load_conversation import CHIEF, READER, load_conversation
    from broadsheet.importing.actions.load_newsletters import load_newsletters
    from broadsheet.importing.actions.load_radio import load_radio
    from broadsheet.kernel import clock
    from broadsheet.newsroom.actions.publish_policy import publish_first_policies
    from broadsheet.newsroom.queries.archive import all_editions

    begun = Path(settings.DATA) / "demo-loading"
    if begun.is_file():
        now = _moment(begun.read_text(encoding="ascii")) or clock.now()
    elif all_editions():
        return False
    else:
        now = clock.now()
        begun.write_text(now.isoformat(), encoding="ascii")
    with resources.as_file(resources.files("broadsheet.importing") / "demo") as folder, steps() as tell:
        report: Any = load_bundle(folder, shift_to=now, progress=tell)
    if report.failed:
        for line in report.failed:
            err.print(f"{line.what}: {line.reason}", markup=False)
        fail("The demo paper was not made whole: see above.")
    for edition in all_editions():
        publish_first_policies(edition_id=edition.pk, now=clock.now())
    load_conversation(now=clock.now())
    load_radio()
    load_newsletters(editor=CHIEF, reader=READER, now=clock.now())
    begun.unlink()
    return True


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None
