"""The loop that carries on trials of rulebooks in a serving process, one of all at a time (STD-06)."""

from django.db import close_old_connections

from broadsheet.kernel import clock
from broadsheet.kernel.loops import Loop
from broadsheet.kernel.turns import alone
from broadsheet.moderation.actions.carry_on_trials import carry_on_trials
from broadsheet.moderation.queries.trials import any_open_trial

PAUSE, TURN_SECONDS = 1.0, 20.0
SHARE = 0.5  # of the time that a portion took is left to readers before the next one


class Trials(Loop):
    """Looks each second for a trial that is to be carried on; what another process does is left to it."""

    name = "trials"

    def turn(self) -> None:
        """Wait, then carry on what is there."""
        if self.stopping.wait(PAUSE):
            return
        close_old_connections()
        if not any_open_trial():
            return
        with alone("trials") as granted:
            if granted:
                carry_on_trials(now=clock.now, seconds=TURN_SECONDS, pause=self._leave_time)

    def _leave_time(self, took: float) -> None:
        self.stopping.wait(min(took * SHARE, PAUSE))
