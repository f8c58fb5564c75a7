"""Lets whoever sends a kind of optional mail say so: readers are asked about nothing that nobody sends."""

from typing import Any

from broadsheet.readers.conf import choices, ways


def offer_choice(*, name: str, said: Any) -> None:
    """Declare, while apps load, that readers may choose mail of this kind.

    `said` ends the sentence "Send me a mail when …", translated when it is shown. The profile shows the choices in
    the order in which they were declared; all are off until somebody chooses.
    """
    choices[name] = said


def offer_way(*, name: str, said: Any) -> None:
    """Declare, while apps load, that readers may choose how they are told of this: by the bell, by mail too, or not.

    `said` is what happened, translated when it is shown. Without a choice it is the bell alone.
    """
    ways[name] = said
