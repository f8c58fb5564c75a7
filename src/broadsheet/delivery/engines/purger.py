"""Drops stored pages as facts are announced anywhere, in every process of every machine."""

import time

from broadsheet.delivery.engines.calm import Calm
from broadsheet.delivery.engines.pagestore import Faults, PageStore
from broadsheet.delivery.engines.renewer import Renewer
from broadsheet.delivery.rules.calm import is_calm
from broadsheet.kernel.facts import Fact
from broadsheet.kernel.tailer import Cursor, Listener, Tailer

KEEP_SECONDS = 0.5
AGAIN_SECONDS = 5.0
SECONDS = 0.1  # how often it looks for what other processes announced


class Purger(Tailer):
    """The tailer of a serving process: followers hear each fact first, then stored pages that show it go.

    The position is kept in a file beside the pages after the pages are gone, never before, so that a killed process
    leaves nothing stale. Pages are only stored while this loop has begun.
    """

    def __init__(self, store: PageStore, renewer: Renewer, listeners: tuple[Listener, ...] = ()) -> None:
        super().__init__(listeners=(self.purge, *listeners), interval=SECONDS)
        self.store = store
        self.renewer = renewer
        self.calm = Calm(store, renewer)
        self.done = 0
        self.turned_at = 0.0
        self._kept: int | None = None
        self._kept_at = 0.0
        self._tried_at = 0.0
        self._behind = False

    def prepare(self) -> None:
        """Stand where the store's pages stand; the store is emptied where that is not known."""
        self.store.files.make_folders()
        kept = Cursor(self.store.files.folder / "state" / "cursor")
        lost = kept.lost
        if lost or kept.at is None:
            kept.start_at_end()
        self.store.open(lost=lost)
        self.store.remove_owed()
        self.cursor.at, self.cursor.gaps = kept.at, kept.gaps
        self.done = kept.at or 0
        self.store.position = self.position
        self.store.purging = True
        self._behind = True
        while missed := self.cursor.read():  # while nobody of this machine was there: before the first reader comes
            for record in missed:
                self.tell(record)
        self._behind = False

    def begin(self) -> None:
        """Prepare the store; where that fails, pages are not stored until it succeeds, tried every few seconds."""
        self._tried_at = time.monotonic()
        try:
            self.prepare()
        except Faults as error:
            self.store.index.forget_connection()
            self.store.tell("the page store can't be used", error)

    def position(self) -> int:
        """Return the number up to which this process has heard every fact."""
        return self.done

    def purge(self, happened: Fact, number: int, keys: tuple[str, ...]) -> None:
        """Let no page be served that shows what the fact changed."""
        self.done = max(self.done, number)
        if not self._behind:
            at_once = tuple(key for key in keys if not is_calm(key))
            if not at_once:  # else what shows the key goes at once
                for key in keys:
                    self.calm.note(key, number)
            keys = at_once
        if not keys:
            return
        rows = self.store.purge(keys)
        if self._behind:  # nobody reads yet, and what the page shows may be days old: it isn't shown until renewed
            for row in rows:
                self.store.remove(row.path)
        else:
            self.renewer.changed(rows, number)

    def turn(self) -> None:
        """Hear what is new, then keep the position."""
        self.turned_at = time.monotonic()
        if not self.store.purging and self.turned_at - self._tried_at > AGAIN_SECONDS:
            self.begin()
        super().turn()
        self.done = self.cursor.at or 0
        self.calm.turn()
        if self._kept != self._safe() and time.monotonic() - self._kept_at > KEEP_SECONDS:
            self._keep()

    def _safe(self) -> int | None:
        """Return the position that is kept: what pages don't show yet is heard again by the next process."""
        waits = self.calm.oldest
        return self.cursor.at if waits is None or self.cursor.at is None else min(self.cursor.at, waits - 1)

    def _keep(self) -> None:
        """Write the position down; where the disk is full, the next start hears again what was heard since."""
        self._kept, self._kept_at = self._safe(), time.monotonic()
        place = Cursor(self.store.files.folder / "state" / "cursor")
        place.at, place.gaps = self._kept, list(self.cursor.gaps)
        try:
            place.keep()
        except OSError as error:
            self.store.tell("the position was not kept", error)

    def stop(self, seconds: float = 5.0) -> None:
        """End; pages rendered from now on are not stored."""
        self.store.purging = False
        super().stop(seconds)
