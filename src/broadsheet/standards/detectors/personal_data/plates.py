"""Number plates of vehicles, where words beside them say that they are."""

import re
from collections.abc import Iterator

from broadsheet.standards.detectors.personal_data.surroundings import Found, Surroundings
from broadsheet.standards.text import Seen

_PLATE = re.compile(r"(?<![\w-])[A-ZА-Я0-9]{1,9}(?:[ -][A-Z0-9]{1,5}){0,3}(?![\w-])")
_SHORTEST, _LONGEST, REACH, SAID = 5, 9, 30, 0.85


def plates(seen: Seen, near: Surroundings) -> Iterator[Found]:
    """Yield what is shaped like a plate, of letters and digits, right after words for one."""
    if not near.count("plate"):
        return
    for match in _PLATE.finditer(seen.original):
        signs = [sign for sign in match[0] if sign.isalnum()]
        mixed = any(map(str.isdigit, signs)) and any(map(str.isalpha, signs))
        if mixed and _SHORTEST <= len(signs) <= _LONGEST and near.speak_of("plate", match.start(), REACH):
            yield Found(SAID, *match.span())
