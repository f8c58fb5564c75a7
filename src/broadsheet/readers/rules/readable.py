"""How what is held of a person is shown to that person: a name and a value in their language."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from broadsheet.kernel.days import day_said
from broadsheet.kernel.listed import listed

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+\d\d:\d\d|Z)")
LABELS = {
    "user_id": gettext_lazy("User ID"),
    "email": gettext_lazy("e-mail"),
    "display_name": gettext_lazy("display name"),
    "language": gettext_lazy("language"),
    "picture": gettext_lazy("picture"),
    "sent_by_mail": gettext_lazy("sent by mail"),
    "block": gettext_lazy("block"),
    "blocked_until": gettext_lazy("blocked until"),
    "registered_at": gettext_lazy("registered"),
    "last_login": gettext_lazy("last log-in"),
    "has_password": gettext_lazy("has a password"),
    "groups": gettext_lazy("groups"),
    "permissions": gettext_lazy("permissions"),
    "confirmed": gettext_lazy("confirmed"),
    "primary": gettext_lazy("primary"),
    "kept_until": gettext_lazy("kept until"),
    "provider": gettext_lazy("provider"),
    "identity": gettext_lazy("identity there"),
    "told_by_provider": gettext_lazy("told by the provider"),
    "linked_at": gettext_lazy("linked"),
    "kind": gettext_lazy("kind"),
    "name": gettext_lazy("name"),
    "added_at": gettext_lazy("added"),
    "last_used_at": gettext_lazy("last used"),
    "expires_at": gettext_lazy("expires"),
    "device": gettext_lazy("device"),
    "began_at": gettext_lazy("began"),
    "seen_on": gettext_lazy("last seen on"),
    "deleted_at": gettext_lazy("deleted"),
    "closed_at": gettext_lazy("deleted by the moderators"),
    "can_be_restored_until": gettext_lazy("can be restored until"),
    "address": gettext_lazy("address"),
    "at": gettext_lazy("when"),
    "subject": gettext_lazy("subject"),
    "to": gettext_lazy("to"),
    "text": gettext_lazy("text"),
    "edition": gettext_lazy("edition"),
    "version": gettext_lazy("version"),
    "digest": gettext_lazy("checksum of the text (SHA-256)"),
    "way": gettext_lazy("how"),
    "purpose": gettext_lazy("purpose"),
    "wording": gettext_lazy("wording"),
    "statement": gettext_lazy("statement of reasons"),
    "can_be_contested_until": gettext_lazy("can be contested until"),
    "undone_at": gettext_lazy("undone"),
    "measure": gettext_lazy("measure"),
    "for_one_discussion": gettext_lazy("for one discussion"),
    "ends_at": gettext_lazy("ends"),
    "stands": gettext_lazy("how it stands"),
    "counts_as": gettext_lazy("counts as number"),
    "given_at": gettext_lazy("given"),
    "withdrawn_at": gettext_lazy("withdrawn"),
    "state": gettext_lazy("state"),
    "queued": gettext_lazy("queued"),
    "ended": gettext_lazy("ended"),
    "values": gettext_lazy("details"),
    "path": gettext_lazy("page"),
    "seen": gettext_lazy("seen"),
    "shown": gettext_lazy("shown as"),
    "time_zone": gettext_lazy("time zone"),
    "theme": gettext_lazy("appearance"),
    "follows_page": gettext_lazy("follows page number"),
    "did": gettext_lazy("action"),
    "page": gettext_lazy("page number"),
    "wrote_revision": gettext_lazy("wrote revision number"),
    "commented_in_the_desk": gettext_lazy("comment in the desk"),
    "comment": gettext_lazy("comment number"),
    "article": gettext_lazy("article"),
    "answers": gettext_lazy("answers comment number"),
    "held_because": gettext_lazy("held because"),
    "badge": gettext_lazy("badge"),
    "weekdays": gettext_lazy("days"),
    "begins": gettext_lazy("begins"),
    "ends": gettext_lazy("ends"),
    "posted": gettext_lazy("posted"),
    "edited": gettext_lazy("edited"),
    "earlier_texts": gettext_lazy("earlier texts"),
    "noticed_by_the_judge": gettext_lazy("noticed by the judge"),
    "discussion": gettext_lazy("discussion number"),
    "until": gettext_lazy("until"),
    "since": gettext_lazy("since"),
    "sentence": gettext_lazy("sentence"),
    "answer": gettext_lazy("answer"),
    "report": gettext_lazy("number of the report"),
    "clause": gettext_lazy("clause"),
    "reports_right": gettext_lazy("reports that were right, as they count now"),
    "reports_wrong": gettext_lazy("reports that were wrong, as they count now"),
    "case": gettext_lazy("number of the case"),
    "case_about": gettext_lazy("what the case is about"),
    "case_opened_at": gettext_lazy("case opened"),
    "case_stands": gettext_lazy("how the case stands"),
    "case_closed_at": gettext_lazy("case closed"),
    "looked_at": gettext_lazy("looked at"),
    "asks_for": gettext_lazy("asks for"),
    "letter_stands": gettext_lazy("how the letter stands"),
    "answer_due_at": gettext_lazy("to be answered until"),
    "answered_at": gettext_lazy("answered"),
    "granted": gettext_lazy("granted"),
    "reason": gettext_lazy("reason"),
    "trial_of_a_rulebook": gettext_lazy("number of a trial of a rulebook"),
    "ordered_at": gettext_lazy("ordered"),
    "topics": gettext_lazy("topics"),
    "quiet": gettext_lazy("quiet hours"),
    "consented": gettext_lazy("agreed"),
    "where": gettext_lazy("where it was agreed"),
    "last": gettext_lazy("last reached"),
    "endpoint": gettext_lazy("address at the browser’s push service"),
    "keys": gettext_lazy("keys of the browser"),
    "title": gettext_lazy("title"),
    "due": gettext_lazy("to be sent"),
    "written": gettext_lazy("written"),
}
# What is kept as a word of the program, by the name of its value.
WORDS = {
    "kind": {
        "privacy": gettext_lazy("Privacy Policy"),
        "terms": gettext_lazy("Terms of use"),
        "standards": gettext_lazy("Community standards"),
        "totp": gettext_lazy("authenticator app"),
        "webauthn": gettext_lazy("passkey"),
        "recovery_codes": gettext_lazy("recovery codes"),
        "log-in link": gettext_lazy("log-in link"),
        "policy": gettext_lazy("change of a policy"),
        "reply": gettext_lazy("answer to a comment"),
        "followed": gettext_lazy("news of a discussion you follow"),
        "statement": gettext_lazy("statement of reasons"),
        "undone": gettext_lazy("decision taken back"),
        "sanction": gettext_lazy("end of a block"),
        "letter_received": gettext_lazy("receipt for your letter to the moderators"),
        "letter_answered": gettext_lazy("answer to your letter to the moderators"),
        "report_answered": gettext_lazy("answer to your report"),
        "correction": gettext_lazy("answer to what you told the newsroom is wrong"),
        "clause_lowered": gettext_lazy("clause that was overturned too often"),
    },
    "way": {
        "registration": gettext_lazy("by registering"),
        "login": gettext_lazy("by logging in"),
        "social": gettext_lazy("by logging in through another provider"),
        "gate": gettext_lazy("by ticking the box"),
    },
    "block": {"timed": gettext_lazy("until a day"), "final": gettext_lazy("for good")},
    "state": {
        "due": gettext_lazy("due"),
        "sending": gettext_lazy("being sent"),
        "handing": gettext_lazy("being handed over"),
        "sent": gettext_lazy("sent"),
        "unanswered": gettext_lazy("handed over, no answer seen"),
        "dropped": gettext_lazy("no longer due"),
        "dead": gettext_lazy("could not be sent"),
        "visible": pgettext_lazy("state of a comment", "Visible"),
        "held": pgettext_lazy("state of a comment", "Held"),
        "removed": pgettext_lazy("state of a comment", "Removed"),
        "withdrawn": pgettext_lazy("state of a comment", "Withdrawn"),
        "open": pgettext_lazy("state of a report", "Waits for a person"),
        "upheld": pgettext_lazy("state of a report", "Something was done"),
        "rejected": pgettext_lazy("state of a report", "The comment stands"),
        "retracted": pgettext_lazy("state of a report", "Taken back"),
        "accepted": pgettext_lazy("state of a correction note", "Corrected"),
        "declined": pgettext_lazy("state of a correction note", "The article stands"),
    },
    "held_because": {
        "judge": gettext_lazy("the judge noticed something"),
        "not_scored": gettext_lazy("the judge could not read it"),
        "mode": gettext_lazy("the discussion is moderated before comments are seen"),
        "shield": gettext_lazy("the account is new"),
        "moderator": gettext_lazy("a moderator looks at it"),
    },
    "badge": {
        "staff": pgettext_lazy("badge of a comment", "Newsroom"),
        "author": pgettext_lazy("badge of a comment", "Author of the article"),
        "expert": pgettext_lazy("badge of a comment", "Expert"),
    },
    "asks_for": {
        "restore_account": gettext_lazy("restoring the account"),
        "unlock_access": gettext_lazy("unlocking access"),
        "comment": gettext_lazy("a comment"),
    },
    "letter_stands": {
        "incomplete": gettext_lazy("a part is missing"),
        "waiting_verification": gettext_lazy("nobody has confirmed yet that you wrote it"),
        "open": gettext_lazy("waits for an answer"),
        "answered": gettext_lazy("answered"),
        "message": gettext_lazy("passed on as a message"),
    },
    "case_about": {
        "held": pgettext_lazy("kind of case", "Held comment"),
        "flagged": pgettext_lazy("kind of case", "Comment with a mark of the judge"),
        "reported": pgettext_lazy("kind of case", "Reported comment"),
        "notice": pgettext_lazy("kind of case", "Notice of illegal content"),
        "mob": pgettext_lazy("kind of case", "Flash mob"),
        "flood": pgettext_lazy("kind of case", "Flood of comments"),
        "letter": pgettext_lazy("kind of case", "Letter"),
        "ask": pgettext_lazy("kind of case", "Opened by a moderator"),
        "account": pgettext_lazy("kind of case", "Account"),
    },
    "case_stands": {
        "open": pgettext_lazy("state of a case", "Open"),
        "decided": pgettext_lazy("state of a case", "Decided"),
        "dropped": pgettext_lazy("state of a case", "Dropped"),
    },
    "measure": {"block": gettext_lazy("block"), "deletion": gettext_lazy("deletion of the account")},
    "stands": {
        "running": gettext_lazy("running"),
        "expired": gettext_lazy("over"),
        "restored": gettext_lazy("restored by a letter"),
        "undone": gettext_lazy("undone as wrong"),
        "annulled": gettext_lazy("annulled as wrong"),
    },
    "purpose": {
        "already": gettext_lazy("registering once more"),
        "changed-email": gettext_lazy("change of the address"),
        "changed-factor": gettext_lazy("change of a second factor"),
        "changed-password": gettext_lazy("change of the password"),
        "confirm": gettext_lazy("confirming the address"),
        "contact": gettext_lazy("letter to the paper"),
        "contact-copy": gettext_lazy("copy of your letter"),
        "contact-receipt": gettext_lazy("receipt for your letter"),
        "correction-answer": gettext_lazy("answer to what you told the newsroom is wrong"),
        "correction-note": gettext_lazy("what a reader told the newsroom is wrong"),
        "deleted": gettext_lazy("deleting the account"),
        "letter-verify": gettext_lazy("confirming a letter to the moderators"),
        "letter-incomplete": gettext_lazy("what is missing in a letter"),
        "letter-unverified": gettext_lazy("receipt for a letter to the moderators"),
        "linked": gettext_lazy("linking an identity"),
        "unlinked": gettext_lazy("unlinking an identity"),
        "new-device": gettext_lazy("log-in from a new device"),
        "recover": gettext_lazy("recovering the password"),
        "policy": gettext_lazy("change of a policy"),
        "reply": gettext_lazy("answer to a comment"),
        "followed": gettext_lazy("news of a discussion you follow"),
        "statement": gettext_lazy("statement of reasons"),
        "undone": gettext_lazy("decision taken back"),
        "sanction": gettext_lazy("end of a block"),
        "letter-received": gettext_lazy("receipt for your letter to the moderators"),
        "letter-answered": gettext_lazy("answer to your letter to the moderators"),
        "report-answered": gettext_lazy("answer to your report"),
        "report-receipt": gettext_lazy("receipt for your notice"),
    },
}


def readable(row: Mapping[str, Any], zone: ZoneInfo) -> list[tuple[str, str]]:
    """Return the row's names and values in the language that is active, times as the zone's clocks show them."""
    found = []
    for key, value in row.items():
        word = WORDS.get(key, {}).get(value) if isinstance(value, str) else None
        found.append((str(LABELS.get(key, key.replace("_", " "))), str(word) if word else _value(value, zone)))
    return found


def _value(value: Any, zone: ZoneInfo) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        local = datetime.fromisoformat(value).astimezone(zone)
        return f"{listed([day_said(local), f'{local:%H:%M}'])} ({zone.key})"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return listed(value)
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
