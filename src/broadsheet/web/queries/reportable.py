"""What the page to report a comment shows: the comment, and the clauses that it may go against (DIS-05)."""

from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.discussion.queries.addresses import comment_url
from broadsheet.discussion.queries.comments import CommentView, comment_views
from broadsheet.discussion.queries.reports import can_be_reported, clause_of_notices
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.rulebooks import rulebook_of
from broadsheet.standards.rulebook import Clause, Rulebook, RulebookError
from broadsheet.standards.rulebook.document import filled

_ENDS = ".:;؛؟"


@dataclass(frozen=True, slots=True)
class ClauseChoice:
    """A clause of the standards in force: its title, how its text begins, and where it is read."""

    code: str
    title: str
    sentence: str
    path: str


@dataclass(frozen=True, slots=True)
class Reportable:
    """A comment that everybody sees, under which article, and its whole address."""

    comment: CommentView
    article: ArticleCard
    url: str

    @property
    def edition(self) -> EditionView:
        """Return the edition under whose standards the comment stands."""
        return self.article.edition


def reportable(comment_id: int) -> Reportable | None:
    """Return the comment; None where not everybody sees it, whatever the reason."""
    if not can_be_reported(comment_id):
        return None
    comment = comment_views([comment_id]).get(comment_id)
    article = cards_by_id({comment.thread_id}, signed=False).get(comment.thread_id) if comment else None
    return Reportable(comment, article, comment_url(comment_id)) if comment and article else None


def clause_choices(edition: EditionView) -> tuple[ClauseChoice, ...]:
    """Return the clauses that are on in the edition, as its standards have them, but for that of illegal content."""
    notices = clause_of_notices(edition.id)
    rulebook = rulebook_of(edition.id).rulebook
    page = f"{edition.path}standards/" if "standards" in edition.policies else ""
    return tuple(
        ClauseChoice(
            clause.code,
            _in(clause.title, edition.language),
            _sentence(rulebook, clause, edition.language),
            f"{page}#{clause.code}" if page else "",
        )
        for clause in rulebook.clauses.values()
        if clause.on and clause.code != notices
    )


def _sentence(rulebook: Rulebook, clause: Clause, language: str) -> str:
    """Return how the clause begins, the paper's names filled in; nothing where they aren't known yet."""
    beginning = _beginning(_in(clause.text, language))
    try:
        return filled(rulebook, beginning, language)
    except (KeyError, RulebookError):
        return ""


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get(language.partition("-")[0]) or words.get("en", "")


def _beginning(text: str) -> str:
    """Return the text up to the first end of a sentence or of what a list follows."""
    line = " ".join(text.strip().split("\n", 1)[0].split())
    ends = [at for at, sign in enumerate(line) if sign in _ENDS and (at + 1 == len(line) or line[at + 1] == " ")]
    return f"{line[: ends[0]].rstrip()}." if ends else line
