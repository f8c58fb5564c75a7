"""What was done and what runs, in words of the active language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def outcome_label(outcome: str) -> str:
    """Return what became of a case."""
    return {
        "approved": _("Approved"),
        "removed": _("Comment deleted"),
        "undone": _("Put back: it was deleted wrongly"),
        "redacted": _("Words blacked out"),
        "warned": _("Author warned"),
        "held": _("Held"),
        "blocked": _("Author blocked"),
        "account-deleted": _("Account deleted"),
        "granted": _("Letter granted"),
        "refused": _("Letter refused"),
        "nothing": _("Nothing to do"),
        "withdrawn": _("Its author deleted the comment"),
        "erased": _("Its author was erased"),
        "joined": _("It belongs to a case of many"),
        "answered": _("The letter was answered"),
        "annulled": _("The sanction was annulled"),
        "shown": _("Nothing speaks against it any more"),
    }.get(outcome, outcome)


def measure_label(measure: str) -> str:
    """Return what a decision does."""
    return {
        "remove": _("Comment deleted"),
        "redact": _("Words blacked out"),
        "hold": _("Held"),
        "warn": _("Author warned"),
        "block": _("Author blocked"),
        "delete_account": _("Account deleted"),
    }.get(measure, measure)


def comment_state_label(state: str) -> str:
    """Return who sees the comment."""
    return {
        "visible": pgettext("state of a comment", "Everybody sees it"),
        "held": pgettext("state of a comment", "Held: only its author sees it"),
        "removed": pgettext("state of a comment", "Deleted by moderators"),
        "withdrawn": pgettext("state of a comment", "Deleted by its author"),
    }.get(state, state)


def sanction_label(kind: str, thread_id: int | None) -> str:
    """Return what a sanction does."""
    if kind == "deletion":
        return _("Deletion of the account")
    return _("Block for one discussion") if thread_id is not None else _("Block for all discussions")


def sanction_state_label(state: str) -> str:
    """Return how a sanction stands."""
    return {
        "running": pgettext("state of a sanction", "runs"),
        "expired": pgettext("state of a sanction", "ran out"),
        "restored": pgettext("state of a sanction", "ended by a granted letter"),
        "undone": pgettext("state of a sanction", "undone"),
        "annulled": pgettext("state of a sanction", "annulled"),
    }.get(state, state)


def role_label(role: str) -> str:
    """Return the role of somebody who moderates."""
    return _("Chief") if role == "chief" else _("Moderator")
