"""The judge of this process as others may use it: to try rulebooks on comments that were decided (STD-05, STD-06)."""

from typing import Any

from broadsheet.discussion.engines import judges
from broadsheet.standards.senses import Senses


def loaded_senses() -> Senses | None:
    """Return what comments are judged with, loaded where they weren't yet; None where they can't be."""
    try:
        return judges.senses()
    except Exception:  # noqa: BLE001 - the judge has said what failed, and tries again after a minute
        return None


def judge_health() -> dict[str, Any]:
    """Return how the judge of this process is: `why` where it fails, and what of the latest it could not score."""
    return judges.judge_state()
