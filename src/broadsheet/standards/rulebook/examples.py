"""Reads the examples of a clause: pairs of comments close to each other, of which one is permitted and one is not."""

from collections.abc import Iterable, Sequence

from broadsheet.standards.rulebook.clauses import Example, Step, Story
from broadsheet.standards.rulebook.fields import Fields
from broadsheet.standards.rulebook.files import Layered

STEP = "must be a text, or a list of comments, each [author, seconds, text] and none before the one above it"


def read_examples(
    source: Layered, languages: Sequence[str], known: Iterable[str]
) -> dict[str, tuple[tuple[Example, ...], tuple[Example, ...]]]:
    """Return, per language, the permitted and the forbidden examples in the order of their pairs."""
    fields = Fields(source)
    found = {}
    for language in languages:
        pairs = fields.value(language, [])
        if not isinstance(pairs, list) or not all(isinstance(pair, dict) for pair in pairs):
            raise fields.error(language, f"must be pairs, each under [[{language}]]")
        read = [read_pair(Fields(source, (language, number), pair)) for number, pair in enumerate(pairs)]
        found[language] = (tuple(permitted for permitted, _ in read), tuple(forbidden for _, forbidden in read))
    fields.close(known)
    return found


def read_pair(fields: Fields) -> tuple[Example, Example]:
    """Return the permitted and the forbidden example of a pair; both stand under its article and answer its parent."""
    article = read_article(fields)
    parent = fields.text("parent") if "parent" in fields.table else None
    permitted = read_side(fields, "permitted", article, parent)
    forbidden = read_side(fields, "forbidden", article, parent)
    fields.close({"parent"})
    if permitted == forbidden:
        raise fields.error("forbidden", "is the same as what is permitted")
    return permitted, forbidden


def read_article(fields: Fields) -> Story | None:
    """Return the article of a pair: a title alone, or a table of title and standfirst."""
    value = fields.value("article", None)
    if value is None:
        return None
    if isinstance(value, str):
        return Story(fields.text("article"))
    table = fields.inner("article")
    story = Story(table.text("title"), table.text("standfirst", "", blank=True))
    table.close()
    return story


def read_side(fields: Fields, key: str, article: Story | None, parent: str | None) -> Example:
    """Return one side of a pair."""
    value = fields.value(key)
    if not isinstance(value, list):
        return Example(fields.text(key), article=article, parent=parent)
    steps = []
    for item in value:
        match item:
            case [str(author), int(seconds), str(said)] if author.strip() and said.strip() and seconds >= 0:
                steps.append(Step(author, seconds, said))
            case _:
                raise fields.error(key, f"{STEP}; is {item!r}")
    if not steps or steps != sorted(steps, key=lambda step: step.seconds):
        raise fields.error(key, STEP)
    return Example(steps=tuple(steps), article=article, parent=parent)
