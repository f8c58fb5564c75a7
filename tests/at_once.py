"""Several threads at one thing, as several processes and machines are: each with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connections


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all of them at the same moment and return what they returned; the first that raised is raised here."""
    results: list[object] = [None] * len(works)
    failures: list[BaseException] = []
    start = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], object]) -> None:
        try:
            start.wait(10)
            results[place] = work()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failures:
        raise failures[0]
    return results
