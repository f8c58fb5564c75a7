"""What readers are told of decisions about them: the statement of reasons, and that one was wrong (MOD-03, MOD-07)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.safestring import mark_safe

from broadsheet.moderation.queries.decisions import DecisionView, decision, statement
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.actions.owed_mail import Said, owes_mail, tell
from broadsheet.notifications.queries.account_pages import edition_named, letter_url, statement_path

STATEMENT, UNDONE = "statement", "undone"


def tell_decision(*, decision_id: int, reader_id: int) -> None:
    """Let the reader have the statement of reasons by mail and find it on the site; an approval is told to nobody."""
    _tell(STATEMENT, decision_id, reader_id)


def tell_undone(*, decision_id: int, reader_id: int) -> None:
    """Let the reader know that the decision was wrong and is taken back; nothing where it restricted nothing."""
    _tell(UNDONE, decision_id, reader_id)


def _tell(purpose: str, decision_id: int, reader_id: int) -> None:
    written = statement(decision_id)
    if written is None or not reader_id:
        return
    told = {"decision": decision_id}
    path = statement_path(edition_named(written.edition), written.puid)
    about = {"about": _about(decision(decision_id))}
    tell(reader_id=reader_id, purpose=purpose, key=str(decision_id), edition=written.edition, path=path, mailed=told,
         rung={**told, **about})  # fmt: skip


def _about(view: DecisionView | None) -> str:
    return "comment" if view is not None and view.comment_id is not None else "account"


@owes_mail(STATEMENT)
def write_statement(edition: EditionView, values: Mapping[str, Any]) -> Said | None:
    """Say it in the statement's own words; nothing where it was taken back before anybody could read it."""
    return _said(edition, values["decision"], undone=False)


@owes_mail(UNDONE)
def write_undone(edition: EditionView, values: Mapping[str, Any]) -> Said | None:
    """Say which decision was wrong, and that all is as it was before."""
    return _said(edition, values["decision"], undone=True)


def _said(edition: EditionView, decision_id: int, *, undone: bool) -> Said | None:
    written, made = statement(decision_id), decision(decision_id)
    if written is None or made is None or (made.undone_at is not None) != undone:
        return None
    page = settings.PUBLIC_URL + statement_path(edition, written.puid)
    values = {
        "about": _about(made),
        "at": written.at,
        "puid": written.puid,
        "text": written.text.strip(),
        "html": mark_safe(written.html),  # every word of people in it was escaped when it was written
        "page": page,
        "contest": letter_url(edition, written.puid),
        "reply_to": edition.moderators_address,
    }
    return Said(values, written.language)
