"""How many replies a page shows below each of its roots."""

from collections.abc import Sequence


def shares(replies: Sequence[int], most_each: int) -> list[int]:
    """Return how many are shown at most below each root, `replies` being how many of each are visible.

    So many below the first root, which a permalink may have led to; below every other one; then a second below each,
    and a third, from the top of the page, until it shows as many replies as it has roots and those of the first more
    than one. So a page is as long where every root has hundreds of replies as where a few have two: 42 comments at
    most, of 20 roots with three replies each. Where fewer are visible than are shown at most, nothing is spared.
    """
    found = [most_each if at == 0 or count == 0 else 1 for at, count in enumerate(replies)]
    left = len(replies) + most_each - 1 - sum(min(share, count) for share, count in zip(found, replies, strict=True))
    for share in range(2, most_each + 1):
        for at, count in enumerate(replies):
            if found[at] == share - 1 and (count < share or left > 0):
                found[at] = share
                left -= count >= share
    return found
