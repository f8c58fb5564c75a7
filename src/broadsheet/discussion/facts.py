"""What happens in discussions. No fact carries a reader's words.

Two keys name what shows a discussion. `thread:` changes with every new comment: stored pages that name it follow a few
seconds later. `discussion:` is touched by what must not be seen a moment longer: pages that name it go at once.
Neither is the article's own key, which fronts and lists name that show no comment.
"""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.kernel.facts import Fact, fact


def modes_key(scope: str, ref: int | None = None) -> str:
    """Return the key of pages that show what a rule of this scope says; `ref` is the edition, section or tag."""
    return f"modes:{scope}:{ref or 0}"


@dataclass(frozen=True, kw_only=True)
class CommentFact(Fact):
    """What every fact about one comment says; `author_id` is None once its author was erased."""

    comment_id: int
    thread_id: int
    edition_id: int
    author_id: int | None

    def touches(self) -> tuple[str, ...]:
        """Return the key of what shows the thread."""
        return (f"thread:{self.thread_id}",)


@dataclass(frozen=True, kw_only=True)
class CommentGone(CommentFact):
    """A comment, or words of it, must not be seen a moment longer: what shows it goes at once."""

    def touches(self) -> tuple[str, ...]:
        """Return the keys of what shows the thread, at once."""
        return (f"thread:{self.thread_id}", f"discussion:{self.thread_id}")


@fact
@dataclass(frozen=True, kw_only=True)
class CommentPosted(CommentFact):
    """A comment was posted: `state` is visible or held; `outcome` and `clauses` are the judge's."""

    state: str
    outcome: str
    clauses: tuple[str, ...] = ()
    parent_id: int | None = None

    def touches(self) -> tuple[str, ...]:
        """Return the key of the thread where the comment is seen; a held one changes nothing."""
        return (f"thread:{self.thread_id}",) if self.state == "visible" else ()


@fact
@dataclass(frozen=True, kw_only=True)
class CommentEdited(CommentGone):
    """The author changed the words; `state` is where the comment stands now, `version` the number of the text."""

    state: str
    version: int
    outcome: str
    clauses: tuple[str, ...] = ()


@fact
@dataclass(frozen=True, kw_only=True)
class CommentHeld(CommentGone):
    """A comment that was there waits for a person; `held_for` says why."""

    held_for: str


@fact
@dataclass(frozen=True, kw_only=True)
class CommentShown(CommentFact):
    """A comment that waited is visible."""


@fact
@dataclass(frozen=True, kw_only=True)
class CommentRestored(CommentGone):
    """What was decided of a comment was taken back; `state` is where it stands now."""

    state: str


@fact
@dataclass(frozen=True, kw_only=True)
class CommentWithdrawn(CommentGone):
    """The author deleted the comment; its place stays."""


@fact
@dataclass(frozen=True, kw_only=True)
class CommentRemoved(CommentGone):
    """A person of the newsroom removed the comment; its place stays where it had one."""


@fact
@dataclass(frozen=True, kw_only=True)
class CommentRedacted(CommentGone):
    """Other words of the comment are blacked out than before."""


@fact
@dataclass(frozen=True, kw_only=True)
class CommentPicked(CommentGone):
    """The newsroom picked the comment, or no longer does (`picked`); what shows it says so at once."""

    picked: bool


@fact
@dataclass(frozen=True, kw_only=True)
class CommentsErased(Fact):
    """Comments of an erased account of one thread hold no words, or no author, any more."""

    thread_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the keys of what shows the thread, at once."""
        return (f"thread:{self.thread_id}", f"discussion:{self.thread_id}")


@fact
@dataclass(frozen=True, kw_only=True)
class ReaderBarred(Fact):
    """A reader may not take part in a thread any more, or may again (`barred`)."""

    reader_id: int
    thread_id: int
    barred: bool


@fact
@dataclass(frozen=True, kw_only=True)
class ThreadModeChanged(Fact):
    """The newsroom set who may comment in a thread."""

    thread_id: int
    edition_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the keys of what shows the thread and says whether one can comment, at once."""
        return (f"thread:{self.thread_id}", f"discussion:{self.thread_id}")


@fact
@dataclass(frozen=True, kw_only=True)
class ModeRulesChanged(Fact):
    """A rule about modes was made, changed or dropped, or began or ended to hold by the clock."""

    scope: str
    ref: int | None = None

    def touches(self) -> tuple[str, ...]:
        """Return the key of what says whether one can comment, as far as the rule reaches."""
        if self.scope == "thread":
            return (f"thread:{self.ref}", f"discussion:{self.ref}")
        return (modes_key(self.scope, self.ref),)


@fact
@dataclass(frozen=True, kw_only=True)
class BadgeGiven(Fact):
    """An account was named an expert or an author, or is no longer."""

    reader_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the key of what shows the account beside its comments."""
        return (f"reader:{self.reader_id}",)


@fact
@dataclass(frozen=True, kw_only=True)
class FlashMobSeen(Fact):
    """Many accounts post one text, reworded perhaps: its comments that weren't told of yet, each of them once."""

    mob_id: int
    comment_ids: tuple[int, ...]
    thread_ids: tuple[int, ...]
    at: datetime


@fact
@dataclass(frozen=True, kw_only=True)
class CommentReported(Fact):
    """Somebody reported a comment for a clause; `illegal`: as illegal content, by a notice (DSA art. 16)."""

    report_id: int
    comment_id: int
    thread_id: int
    edition_id: int
    clause: str
    illegal: bool
