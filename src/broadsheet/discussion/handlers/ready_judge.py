"""The loop that has the judge ready in a serving process before the first comment comes."""

import logging

from django.db import close_old_connections

from broadsheet.discussion.engines.judges import senses
from broadsheet.discussion.queries.thread_pages import any_thread
from broadsheet.kernel.loops import Loop

log = logging.getLogger("broadsheet.judge")
AFTER = 20.0  # seconds: a process that just began has readers to serve first


class ReadyJudge(Loop):
    """Loads what the judge needs once anything was ever discussed here, and tries again where that failed."""

    name = "judge"
    serving = True  # it judges what is posted here

    def turn(self) -> None:
        """Wait, then see that all is loaded; a comment that comes meanwhile loads it itself."""
        if not self.stopping.wait(AFTER):
            close_old_connections()
            try:
                if any_thread():  # a paper without comments spares itself 200 MB
                    senses()
            except Exception as error:  # noqa: BLE001 - said by the judge, which tries again after a minute
                log.debug("the judge is not ready: %s", type(error).__name__)
