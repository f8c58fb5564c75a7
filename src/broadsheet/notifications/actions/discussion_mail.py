"""Mails about discussions: answers to one's comments, and news of what one follows (NOT-02).

Answers in all discussions come in one mail, at most one an hour; news at most one an hour of each discussion.

A mail says what is new when it is sent: what came while it waited is in it, and what its reader saw meanwhile on the
site, or what is gone, is not. Where nothing is left, none is sent.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.actions.optional_mail import offer_optional_mail
from broadsheet.notifications.actions.queue_mail import new_message, put_all
from broadsheet.notifications.conf import DISCUSSION_MAIL
from broadsheet.notifications.models import Message, State, Urgency
from broadsheet.notifications.queries.bell import unseen_answers, unseen_of

REPLY, FOLLOWED = "reply", "followed"
CHOICES = {REPLY: "replies", FOLLOWED: "followed"}
MOST_SHOWN = 10  # answers that one mail names


def queue_discussion_mail(
    *, purpose: str, reader_ids: Collection[int], thread_id: int, comment_id: int, now: datetime
) -> None:
    """Let each reader get a mail about the discussion: now, or an hour after the last one of its kind.

    Answers to a reader's comments are one kind, wherever they are; news are a kind for each discussion. One that still waits tells of what came meanwhile, so no second one is queued beside it. `comment_id` is the newest
    that it is about: the same one is told once.
    """
    card = cards_by_id([thread_id], signed=False).get(thread_id)
    if card is None or not reader_ids:
        return
    about = 0 if purpose == REPLY else thread_id
    last = _last(purpose, reader_ids, about, now)
    messages = []
    for reader_id in reader_ids:
        state, due_at = last.get(reader_id, ("", now - DISCUSSION_MAIL))
        if state == State.DUE:
            continue
        message = new_message(
            key=f"{purpose}:{about}:{reader_id}:{comment_id}", purpose=purpose, reader_id=reader_id,
            edition=card.edition.code, values={"thread": about, "reader": reader_id, "since": comment_id}, urgency=Urgency.USUAL,
        )  # fmt: skip
        message.due_at = max(now, due_at + DISCUSSION_MAIL)
        messages.append(message)
    put_all(messages)


def _last(purpose: str, reader_ids: Collection[int], about: int, now: datetime) -> dict[int, tuple[str, datetime]]:
    rows = Message.objects.filter(
        reader_id__in=list(reader_ids), purpose=purpose, key__startswith=f"{purpose}:{about}:",
        due_at__gt=now - DISCUSSION_MAIL,
    )  # fmt: skip
    rows = rows.exclude(state=State.DROPPED).order_by("due_at")
    found = rows.values_list("reader_id", "state", "due_at")
    return {reader: (state, due_at) for reader, state, due_at in found if reader is not None}


def write_reply(_edition: EditionView, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the answers since the last mail that are there and that the reader hasn't seen yet, with their beginnings.

    `headline` is that of the article where all are below one, else empty.
    """
    found = unseen_answers(values["reader"], REPLY, since=values["since"])
    if not found:
        return None
    headlines = {one["thread"]: one["headline"] for one in found}
    answers = [{**one, "address": settings.PUBLIC_URL + one["path"]} for one in found]
    return {
        "headline": found[0]["headline"] if len(headlines) == 1 else "",
        "answers": answers[:MOST_SHOWN],
        "count": len(answers),
        "more": max(0, len(answers) - MOST_SHOWN),
    }


def write_followed(_edition: EditionView, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return how many comments are new to the reader, and where they begin."""
    found = [one for one in unseen_of(values["reader"], FOLLOWED) if one.values.get("thread") == values["thread"]]
    if not found or not found[0].values.get("there"):
        return None
    told = found[0].values
    return {"headline": told["headline"], "count": told["count"], "address": settings.PUBLIC_URL + found[0].path}


offer_optional_mail(
    purpose=REPLY,
    title=_("answers to your comments"),
    choice=CHOICES[REPLY],
    said=_("Somebody answers a comment of mine"),
    write=write_reply,
    way=True,
)
offer_optional_mail(
    purpose=FOLLOWED,
    title=_("news of discussions that you follow"),
    choice=CHOICES[FOLLOWED],
    said=_("There are new comments in a discussion that I follow"),
    write=write_followed,
    way=True,
)
