"""The rulebook's own examples as a labelled set: what is permitted breaks its clause not, what is forbidden does."""

from datetime import UTC, datetime, timedelta

from broadsheet.standards.evaluation.labelled import Labelled
from broadsheet.standards.rulebook import Example, Rulebook
from broadsheet.standards.submission import Article, Earlier, Submission

SET = "examples"
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def examples(rulebook: Rulebook) -> list[Labelled]:
    """Return every example of the clauses that are on, in the rulebook's order; a language is a set of its own."""
    return [
        Labelled(
            f"{code}.{language}.{'forbidden' if broken else 'permitted'}.{number}", f"{SET}.{language}",
            submissions_of(example, language), {code: broken}, clean=not broken, language=language,
        )
        for code, clause in rulebook.clauses.items()
        if clause.on
        for broken, side in ((False, clause.permitted), (True, clause.forbidden))
        for language, those in side.items()
        for number, example in enumerate(those, 1)
    ]  # fmt: skip


def submissions_of(example: Example, language: str) -> tuple[Submission, ...]:
    """Return the comments of an example as they would be judged, each with those that came before it."""
    about = example.article
    story = Article(about.title, about.standfirst, "", language) if about else None
    if not example.steps:
        return (Submission(example.text, edition_language=language, article=story, parent=example.parent),)
    said = [Earlier(step.text, _BEGINNING + timedelta(seconds=step.seconds), "", step.author) for step in example.steps]
    return tuple(
        Submission(
            one.text, edition_language=language, article=story, parent=example.parent, author=one.author, at=one.at,
            author_recent=tuple(earlier for earlier in said[:at] if earlier.author == one.author),
            neighbours=tuple(earlier for earlier in said[:at] if earlier.author != one.author),
        )
        for at, one in enumerate(said)
    )  # fmt: skip
