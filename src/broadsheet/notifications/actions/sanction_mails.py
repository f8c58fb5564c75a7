"""What readers are told of blocks that ended, were lifted, or were wrong (MOD-04, MOD-06)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from broadsheet.kernel import clock
from broadsheet.moderation.queries.decisions import decision
from broadsheet.moderation.queries.letters import letters_of
from broadsheet.moderation.queries.sanctions import SanctionView, is_out_for_good, sanction
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.actions.owed_mail import Said, owes_mail, tell
from broadsheet.notifications.queries.account_pages import edition_named, file_path, letter_url
from broadsheet.readers.queries.conduct import conducted

PURPOSE = "sanction"


def tell_sanction(*, sanction_id: int, reader_id: int, what: str) -> None:
    """Let the reader know that a block or the account's deletion is over: `expired`, `restored` or `annulled`.

    What was annulled for one incident, a block and a deletion perhaps, is told once.
    """
    found = sanction(sanction_id)
    if found is None:
        return
    edition = edition_named(_edition_of(found))
    key = f"{what}:incident:{found.incident_id}" if what == "annulled" else f"{what}:{sanction_id}"
    values = {"what": what, "kind": found.kind, "sanction": sanction_id}
    tell(reader_id=reader_id, purpose=PURPOSE, key=key, edition=edition.code if edition else "",
         path=file_path(edition), mailed={**values, "reader": reader_id}, rung=values)  # fmt: skip


def _edition_of(found: SanctionView) -> str:
    made = decision(found.decision_id) if found.decision_id is not None else None
    return made.edition if made is not None else ""


def _answered(values: Mapping[str, Any]) -> bool:
    """Return whether the answer to the reader's letter says it already."""
    return any(one.granted and one.sanction_id == values["sanction"] for one in letters_of(values["reader"]))


@owes_mail(PURPOSE)
def write_sanction(edition: EditionView, values: Mapping[str, Any]) -> Said | None:
    """Say what is over, whether it counts, and whether something else still keeps the reader from taking part.

    Nothing of what the answer to a letter of the reader's says.
    """
    account, found = conducted(values["reader"]), sanction(values["sanction"])
    if account is None or found is None or (values["what"] == "restored" and _answered(values)):
        return None
    until = account.blocked_until
    return Said(
        {
            "what": values["what"],
            "kind": values["kind"],
            "one_discussion": found.thread_id is not None,
            "still_blocked": account.blocked and (until is None or clock.now() < until),
            "until": until,
            "for_good": is_out_for_good(values["reader"]),
            "page": settings.PUBLIC_URL + file_path(edition),
            "letter": letter_url(edition),
            "reply_to": edition.moderators_address,
        }
    )
