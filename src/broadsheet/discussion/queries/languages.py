"""In which language a comment is written."""

from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.standards.detectors import reading
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen


def language_of(text: str, edition_id: int) -> str:
    """Return the language of the text as the judge tells it, that of the edition where nothing tells another."""
    language = edition_by_id(edition_id).language
    return reading.language_of(Seen(text), Submission(text, edition_language=language))[:12]
