"""Decisions of a newsroom with a clause of its own: SPOILER, who tells how a film ends."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from broadsheet.standards.learning.decisions import Decision
from broadsheet.standards.submission import Submission

BEGUN = datetime(2026, 11, 1, 8, tzinfo=UTC)
SPOILERS = (
    "The butler is the murderer, you learn it in the last ten minutes.",
    "In the final scene she dies in his arms, so bring tissues.",
    "Don't bother, the detective turns out to be the killer himself.",
    "Season three ends with the whole family drowned.",
    "It was all a dream, he wakes up at the end of the film.",
    "The twist is that the narrator has been a ghost since the first chapter.",
    "At the end the hero sacrifices himself and the ship explodes.",
    "The brother betrays them in episode eight and gets shot.",
    "She marries the villain in the last chapter of the novel.",
    "The big secret of the movie: the two sisters are the same person.",
    "Spoiler: the dog survives but the father is killed in the finale.",
    "The king is poisoned by his own son in the final episode.",
    "You find out at the end that the priest planted the bomb.",
    "The last page reveals that the letter was written by her mother.",
    "In the finale the captain shoots the doctor and sails away alone.",
    "The robot was human all along, that is the ending.",
    "He loses the final fight and dies, the credits roll.",
    "The film closes with the wedding, and the ex-wife burns down the house.",
    "The stranger from the first episode is her long-lost twin, they tell you in the last.",
    "They all die at the end except the little girl.",
    "The murderer is the neighbour with the red car, as the last scene shows.",
    "In the last episode the spy turns out to work for the other side.",
    "The ending: he never left the island, it was his imagination.",
    "The queen kills the dragon and then herself in the closing scene.",
)
OTHERS = (
    "The new bus timetable makes my way to work twenty minutes longer.",
    "Thank you for this careful report about the water prices.",
    "The council should publish the costs of the new bridge.",
    "I have lived in this street for thirty years and never saw such traffic.",
    "Rents here have doubled since 2019 and nobody does anything.",
    "The minister's answer about the budget was very thin.",
    "My grandmother's lentil soup needs no cream at all.",
    "It rained all weekend and the football match was cancelled.",
    "Why is there no cycle lane on the road to the station?",
    "The hospital needs more nurses, not another manager.",
    "Does anyone know when the library opens again after the repairs?",
    "Electricity was cheaper before the new tariffs came in.",
    "The photo shows the old market hall, not the town hall.",
    "Our school has been waiting for new windows since spring.",
    "A good interview, but you should have asked about pensions.",
    "The trees in the park were cut without any notice.",
    "I disagree with the editorial, taxes are not the problem.",
    "The team played well in the second half and deserved the point.",
    "Farmers in the valley have had two dry summers in a row.",
    "The train was late again and nobody announced anything.",
    "Vaccination at the pharmacy took five minutes, very well organised.",
    "The figures in the second paragraph don't add up to a hundred.",
    "Please write more about the harbour and its workers.",
    "The mayor promised a new swimming pool in the last campaign.",
)


def decided(texts: Sequence[str], *clauses: str, start: int = 0, every: int = 1, **more: object) -> list[Decision]:
    """Return a decision for each text, an hour apart, beginning `start` hours after the first day's morning."""
    return [
        Decision(
            f"{'-'.join(clauses) or 'ok'}-{start + at}",
            BEGUN + timedelta(hours=start + at * every),
            frozenset(clauses),
            "Mara",
            Submission(text, **more),  # type: ignore[arg-type]
        )
        for at, text in enumerate(texts)
    ]


def newsroom(each: int, skip: int = 0) -> list[Decision]:
    """Return so many spoilers removed and as many comments approved, in turns."""
    part = slice(skip, skip + each)
    return decided(SPOILERS[part], "SPOILER", start=2 * skip, every=2) + decided(
        OTHERS[part], start=2 * skip + 1, every=2
    )
