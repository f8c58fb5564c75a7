"""Reading a stream in portions: quick for a file, and at once for whoever waits for each answer."""

from collections.abc import Iterable, Iterator
from queue import Empty, Queue
from threading import Thread
from typing import TypeVar

MOST = 64
Item = TypeVar("Item")


class _End:
    """What stands after the last item; `error` is why the stream ended before its time."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def in_portions(items: Iterable[Item], most: int = MOST) -> Iterator[list[Item]]:
    """Yield the items in order in lists of 1 to `most`: those that are there when asked, without waiting for more.

    What reading raises is raised here, after the items before it.
    """
    waiting: Queue[Item | _End] = Queue(most * 2)

    def read() -> None:
        try:
            for item in items:
                waiting.put(item)
        except BaseException as error:  # noqa: BLE001 - raised again where the items are asked for
            waiting.put(_End(error))
        else:
            waiting.put(_End())

    Thread(target=read, daemon=True).start()
    while True:
        item = waiting.get()
        portion: list[Item] = []
        while not isinstance(item, _End):
            portion.append(item)
            if len(portion) == most:
                break
            try:
                item = waiting.get_nowait()
            except Empty:
                break
        if portion:
            yield portion
        if isinstance(item, _End):
            if item.error:
                raise item.error
            return
