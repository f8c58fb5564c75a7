"""Lets imports wait for each other: two at once would both find an object missing, and make it twice."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from broadsheet.kernel.turns import alone

Import = TypeVar("Import", bound=Callable[..., Any])
TURN = "import"
log = logging.getLogger("broadsheet.importing")


def one_at_a_time(action: Import) -> Import:
    """Let the import begin when no other is at work on this paper, on whatever machine."""

    @wraps(action)
    def waiting(*args: Any, **kwargs: Any) -> Any:
        with alone(TURN) as granted:
            if granted:
                return action(*args, **kwargs)
        log.info("another import is at work: waiting for it to end")
        with alone(TURN, wait=True):
            return action(*args, **kwargs)

    return cast("Import", waiting)
