"""What the newsroom announces."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.kernel.facts import Fact, fact


@dataclass(frozen=True, kw_only=True)
class ArticleFact(Fact):
    """What every fact about one article says; `public_id` is its ten-digit number."""

    article_id: int
    public_id: int
    edition_id: int
    section_id: int
    tag_ids: tuple[int, ...] = ()
    author_ids: tuple[int, ...] = ()
    translation_ids: tuple[int, ...] = ()

    def touches(self) -> tuple[str, ...]:
        """Return the keys of every page that may show the article."""
        return (
            f"article:{self.article_id}",
            f"edition:{self.edition_id}:lists",
            f"section:{self.section_id}",
            *(f"tag:{tag}" for tag in self.tag_ids),
            *(f"author:{author}" for author in self.author_ids),
            *(f"article:{other}" for other in self.translation_ids),
        )


@fact
@dataclass(frozen=True, kw_only=True)
class ArticlePublished(ArticleFact):
    """An article, or a new version of one, became public. `first` only the first time."""

    first: bool
    at: datetime


@fact
@dataclass(frozen=True, kw_only=True)
class ArticleWithdrawn(ArticleFact):
    """An article is no longer public: unpublished, expired, moved away or deleted."""

    at: datetime


@fact
@dataclass(frozen=True, kw_only=True)
class LivePostChanged(Fact):
    """A post of a live blog appeared, changed or disappeared (`removed`)."""

    article_id: int
    post_id: int
    removed: bool
    at: datetime

    def touches(self) -> tuple[str, ...]:
        """Return the key of the live blog's page."""
        return (f"article:{self.article_id}", f"live:{self.article_id}")


@fact
@dataclass(frozen=True, kw_only=True)
class LayoutPublished(Fact):
    """The layout of a front or section page changed for the public."""

    edition_id: int
    section_id: int | None
    at: datetime

    def touches(self) -> tuple[str, ...]:
        """Return the key of the page laid out."""
        return (f"section:{self.section_id}",) if self.section_id else (f"edition:{self.edition_id}:front",)


@fact
@dataclass(frozen=True, kw_only=True)
class EditionChanged(Fact):
    """An edition's settings, sections or footer pages changed: every page of it is stale."""

    edition_id: int
    at: datetime

    def touches(self) -> tuple[str, ...]:
        """Return the key that every page of the edition names."""
        return (f"edition:{self.edition_id}",)


@fact
@dataclass(frozen=True, kw_only=True)
class EditionsChanged(Fact):
    """An edition was added or removed: the edition switch of every page is stale."""

    at: datetime

    def touches(self) -> tuple[str, ...]:
        """Return the key that every page names."""
        return ("site",)


@fact
@dataclass(frozen=True, kw_only=True)
class PictureChanged(Fact):
    """A picture's crops, caption, alternative text or credit changed."""

    picture_id: int
    public_id: int
    at: datetime

    def touches(self) -> tuple[str, ...]:
        """Return the key that every page showing the picture names."""
        return (f"picture:{self.picture_id}",)


@fact
@dataclass(frozen=True, kw_only=True)
class TermChanged(Fact):
    """An author, a tag or a legal notice changed; `kind` is author, tag or notice."""

    kind: str
    term_id: int
    at: datetime

    def touches(self) -> tuple[str, ...]:
        """Return the key that every page naming it names."""
        return (f"{self.kind}:{self.term_id}",)


@fact
@dataclass(frozen=True, kw_only=True)
class MediaChanged(Fact):
    """A recording's file, title, credit, transcript or captions changed."""

    media_id: int
    at: datetime

    def touches(self) -> tuple[str, ...]:
        """Return the key that every page playing the recording names."""
        return (f"media:{self.media_id}",)


@fact
@dataclass(frozen=True, kw_only=True)
class InfoPagePublished(Fact):
    """A standing page (imprint, policy, about) changed for the public."""

    edition_id: int
    page_id: int
    at: datetime

    def touches(self) -> tuple[str, ...]:
        """Return the keys of the page and of its edition's footer."""
        return (f"info:{self.page_id}", f"edition:{self.edition_id}")


@fact
@dataclass(frozen=True, kw_only=True)
class PolicyPublished(Fact):
    """A version of a policy (privacy, terms or standards) was published; it applies from `effective_at` on."""

    edition_id: int
    edition: str
    kind: str
    number: int
    effective_at: datetime
    at: datetime

    def touches(self) -> tuple[str, ...]:
        """Return the key of the whole edition: its footer leads to the policy."""
        return (f"edition:{self.edition_id}",)


@fact
@dataclass(frozen=True, kw_only=True)
class RulebookChanged(Fact):
    """Comments of the edition are judged otherwise from now on; or beside the live rulebook by another one, or no more.

    `state` is what became of the version with this number: live, shadow, or past.
    """

    edition_id: int
    number: int
    state: str
    at: datetime


@fact
@dataclass(frozen=True, kw_only=True)
class PolicyTookEffect(Fact):
    """The day from which a version of a policy applies has come."""

    edition_id: int
    edition: str
    kind: str
    number: int
    at: datetime

    def touches(self) -> tuple[str, ...]:
        """Return the key of the whole edition, as when it was published."""
        return (f"edition:{self.edition_id}",)


@fact
@dataclass(frozen=True, kw_only=True)
class CorrectionNoteWritten(Fact):
    """A reader holds something in an article to be wrong: its editors are told."""

    note_id: int
    article_id: int
    edition_id: int
    section_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class CorrectionNoteAnswered(Fact):
    """An editor answered a reader's note, who is told; `shown`: the answer stands under the article, too."""

    note_id: int
    article_id: int
    edition_id: int
    accepted: bool
    shown: bool

    def touches(self) -> tuple[str, ...]:
        """Return the key of the article's page where the answer stands; a correction is a publication of its own."""
        return (f"article:{self.article_id}",) if self.shown else ()
