"""What stands between an article's paragraphs and is none of it: boxes of other articles, a lead said beforehand."""

from broadsheet.importing.engines.dump.dates import names_day
from broadsheet.importing.engines.dump.rolebook import REASONS, Roles
from broadsheet.importing.engines.dump.stream import Stream
from broadsheet.importing.engines.dump.vocabulary import key_of

_LEAST_LEAD = 10
_MOST_LABEL = 4
_MOST_TITLE = 25


def drop_asides(stream: Stream, roles: Roles, *, first: int, last: int) -> None:
    """Drop what the page's machine-readable head says of the article, and boxes of other articles with their days."""
    _drop_early_lead(stream, roles)
    menu = {key_of(piece.text) for piece in stream.pieces[:first] if piece.words <= _MOST_LABEL}
    for number in range(first + 1, last + 1):
        day = stream.features[number].kind == "time" and names_day(stream.pieces[number].text)
        if day and _is_box(stream, roles, number, menu):
            roles.drop(number - 1, REASONS["rail"])
            roles.drop(number - 2, REASONS["rail"])


def _drop_early_lead(stream: Stream, roles: Roles) -> None:
    """A first paragraph that comes again before any other text was the description of the page."""
    texts = [number for number in sorted(roles.role) if roles.role[number] == "text"]
    if len(texts) < 3:
        return
    lead, again = (stream.pieces[number] for number in texts[:2])
    if lead.words >= _LEAST_LEAD and key_of(lead.text) == key_of(again.text):
        roles.drop(texts[0], "said twice on the page")


def _is_box(stream: Stream, roles: Roles, day: int, menu: set[str]) -> bool:
    """True for a section's name, a title and a day, one under the other, with text above."""
    label, title = stream.pieces[day - 2], stream.pieces[day - 1]
    plain = roles.role.get(day - 1) == roles.role.get(day - 2) == "title"
    above = any(roles.role.get(number) == "text" for number in range(day - 8, day - 2))
    short = label.words <= _MOST_LABEL < title.words <= _MOST_TITLE
    return plain and above and short and key_of(label.text) in menu
