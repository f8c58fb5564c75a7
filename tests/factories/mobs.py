"""What a flash mob posts: one text, reworded a little by each of many accounts."""

import random

_OPENING = ("The harbour board", "That harbour board", "The board of the harbour", "Our harbour board")
_DEMAND = ("has to go", "must go", "has got to go", "should go at once")
_WHO = (
    "every one of its seven members",
    "each of its seven members",
    "all seven of its members",
    "every member of the seven",
)
_WHY = ("knows exactly why that is so", "knows very well why that is", "knows why that is so", "knows precisely why")
_END = ("", "!", " …", " Share this.", " Enough!", " #resign")


def mob_texts(count: int, dice: random.Random) -> list[str]:
    """Return so many versions of the text; some are the same to the letter."""
    return [
        f"{dice.choice(_OPENING)} {dice.choice(_DEMAND)}, and {dice.choice(_WHO)} {dice.choice(_WHY)}{dice.choice(_END)}"
        for _time in range(count)
    ]
