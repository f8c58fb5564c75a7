"""Pages that show what changes all the time, renewed every few seconds while it does."""

import time
from dataclasses import dataclass

from broadsheet.delivery.engines.page_index import PageRow
from broadsheet.delivery.engines.pagestore import Faults, PageStore
from broadsheet.delivery.engines.renewer import Renewer
from broadsheet.delivery.rules.calm import EVERY_SECONDS, next_turn


@dataclass(slots=True)
class _Waiting:
    first: int  # the oldest fact that pages may not show yet
    newest: int
    due: float
    last: float  # when it is looked at for the last time: a page rendered before the fact may be stored after a turn


class Calm:
    """What pages have still to show of keys that change all the time. Used by the tailer's thread alone."""

    def __init__(self, store: PageStore, renewer: Renewer) -> None:
        self.store = store
        self.renewer = renewer
        self._waiting: dict[str, _Waiting] = {}

    def note(self, key: str, number: int, now: float | None = None) -> None:
        """Let pages naming the key show the fact at the key's next turn."""
        now = time.time() if now is None else now
        due = next_turn(key, now)
        found = self._waiting.get(key)
        if found is None:
            self._waiting[key] = _Waiting(number, number, due, due + EVERY_SECONDS)
        else:
            found.newest = max(found.newest, number)
            found.last = due + EVERY_SECONDS

    @property
    def oldest(self) -> int | None:
        """Return the oldest fact that pages may not show yet, None where there is none."""
        return min((each.first for each in self._waiting.values()), default=None)

    def turn(self, now: float | None = None) -> None:
        """Renew or remove the pages whose turn has come and that don't show the newest yet."""
        now = time.time() if now is None else now
        for key, each in [pair for pair in self._waiting.items() if pair[1].due <= now]:
            try:
                self._renew(self.store.index.naming(key), each.newest)
            except Faults as error:
                self.store.index.forget_connection()
                self.store.tell("pages with new comments were not renewed", error)
            if each.due >= each.last:
                del self._waiting[key]
            else:
                each.first = each.newest
                each.due += EVERY_SECONDS

    def _renew(self, rows: list[PageRow], number: int) -> None:
        for row in rows:
            if row.number >= number:
                continue
            if row.keep:
                self.renewer.ask(row.path, number)
            else:
                self.store.remove(row.path)
