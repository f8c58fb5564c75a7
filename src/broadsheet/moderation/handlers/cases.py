"""Brings what happens before those who moderate, in whichever order and however often it is heard."""

from broadsheet.discussion.facts import (
    CommentEdited,
    CommentHeld,
    CommentPosted,
    CommentRemoved,
    CommentReported,
    CommentRestored,
    CommentShown,
    CommentWithdrawn,
    FlashMobSeen,
)
from broadsheet.kernel import clock
from broadsheet.kernel.facts import handles
from broadsheet.moderation.actions.keep_case import keep_case
from broadsheet.moderation.actions.open_many import open_flood, open_mob
from broadsheet.moderation.actions.open_other import (
    close_for_letter,
    close_for_sanction,
    open_annulment,
    open_for_letter,
    open_same_person,
)
from broadsheet.moderation.facts import AnnulmentAsked, LetterAnswered, LetterArrived, SamePersonSeen, SanctionAnnulled

FLOOD = "FLOOD"


def _needs_nobody(happened: object) -> bool:
    """Return whether it is a comment's first text that everybody sees and in which nothing was noticed."""
    return isinstance(happened, CommentPosted) and happened.state == "visible" and not happened.clauses


@handles(
    CommentEdited, CommentHeld, CommentPosted, CommentRemoved, CommentReported, CommentRestored, CommentShown,
    CommentWithdrawn, unless=_needs_nobody,
)  # fmt: skip
def look_at(happened: CommentPosted | CommentReported) -> None:
    """Let there be a case of the comment, or none, as it stands now."""
    keep_case(comment_id=happened.comment_id, now=clock.now())


@handles(CommentPosted, unless=lambda happened: FLOOD not in happened.clauses)
def see_flood(happened: CommentPosted) -> None:
    """Let an account that posts faster than anybody reads be one case, whatever its comments say."""
    if FLOOD in happened.clauses and happened.author_id is not None:
        open_flood(author_id=happened.author_id, comment_id=happened.comment_id, now=clock.now())


@handles(FlashMobSeen)
def see_mob(happened: FlashMobSeen) -> None:
    """Let all comments of the mob be one case, those included that have a case of their own."""
    open_mob(mob_id=happened.mob_id, comment_ids=happened.comment_ids, now=clock.now())


@handles(SamePersonSeen)
def see_same_person(happened: SamePersonSeen) -> None:
    """Let a chief say what follows where two accounts under a first sanction are one person's."""
    open_same_person(reader_id=happened.reader_id, other_id=happened.other_id, now=clock.now())


@handles(AnnulmentAsked)
def see_annulment(happened: AnnulmentAsked) -> None:
    """Let a second person look at a sanction that one holds to be wrong."""
    open_annulment(
        annulment_id=happened.annulment_id, sanction_id=happened.sanction_id, reader_id=happened.reader_id,
        now=clock.now(),
    )  # fmt: skip


@handles(SanctionAnnulled)
def forget_annulment(happened: SanctionAnnulled) -> None:
    """Let nobody be asked about a sanction any more that was annulled."""
    close_for_sanction(sanction_id=happened.sanction_id, reader_id=happened.reader_id, now=clock.now())


@handles(LetterArrived)
def see_letter(happened: LetterArrived) -> None:
    """Let somebody else than the first decider answer the letter."""
    open_for_letter(letter_id=happened.letter_id, now=clock.now())


@handles(LetterAnswered)
def forget_letter(happened: LetterAnswered) -> None:
    """Let nobody be asked about a letter any more that was answered."""
    close_for_letter(letter_id=happened.letter_id, now=clock.now())
