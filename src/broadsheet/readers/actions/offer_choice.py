"""Lets whoever sends a kind of optional mail say so: readers are asked about nothing that nobody sends."""

from typing import Any

from broadsheet.readers.conf import choices


def offer_choice(*, name: str, said: Any) -> None:
    """Declare, while apps load, that readers may choose mail of this kind.

    `said` ends the sentence "Send me a mail when …", translated when it is shown. The profile shows the choices in
    the order in which they were declared; all are off until somebody chooses.
    """
    choices[name] = said
