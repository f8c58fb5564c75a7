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


# What others have to say meanwhile, each something else.
HONEST = (
    "Nobody asked the swimmers whether a new jetty, two lamps and a kiosk would do them any good at all.",
    "My grandmother sold fish on that square for forty years and never once paid such a rent.",
    "If the school bus came ten minutes earlier, half of this quarrel about parking would be over by Monday.",
    "Two winters ago the library closed at noon, and the reading groups have met in kitchens ever since.",
    "I counted eleven empty shops between the church and the bridge; that is what needs an answer first.",
    "Thank you for the drawings of the old lighthouse, which I hadn't seen since I was a small child.",
    "Has anybody compared these costs with what Saltmere paid for its sluice in the nineties?",
    "The ferry was late again this morning, and the ticket machine swallowed my coins.",
    "What the article leaves out is who will mow the dyke once the sheep are gone.",
    "As an engineer I would like to see the soil samples before I believe either side.",
    "Please bring the tide tables back to the front page, they were the first thing I read.",
    "In Denmark they built the same wall with volunteers and half the concrete.",
    "My street floods every March, so I am glad that somebody is drawing plans at last.",
    "The photograph shows the western mole, not the eastern one, as the caption says.",
    "I would pay two euros more in tax if the children could swim there again.",
    "Why was the vote on a Thursday afternoon, when most people are at work?",
    "Good interview. I only wish you had asked about the oyster beds.",
    "The cranes have stood still since Easter; is the contractor still in business?",
    "Our choir lost its rehearsal room to the site office and nobody apologised.",
    "Let us wait for the second survey before anybody shouts at anybody.",
)
