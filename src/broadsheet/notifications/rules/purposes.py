"""What mails are for, as the desk says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

TITLES: dict[str, Any] = {
    "already": _("Somebody wanted to register with this address"),
    "changed-email": _("The address of the account was changed"),
    "changed-factor": _("The second factor was changed"),
    "changed-password": _("The password was changed"),
    "confirm": _("Confirming an address"),
    "contact": _("A letter by the contact form"),
    "contact-copy": _("Copy of a letter to its writer"),
    "contact-receipt": _("Receipt of a letter to its writer"),
    "correction-answer": _("Answer to a correction note"),
    "correction-note": _("A reader's correction note"),
    "digest": _("The digest of new articles"),
    "deleted": _("The way back to a deleted account"),
    "followed": _("News of a discussion that is followed"),
    "letter-answered": _("The answer to a letter to the moderators"),
    "letter-incomplete": _("What is missing in a letter to the moderators"),
    "letter-received": _("A letter to the moderators has arrived"),
    "letter-unverified": _("Receipt of a letter to the moderators"),
    "letter-verify": _("Confirming a letter to the moderators"),
    "linked": _("A further way to log in was linked"),
    "new-device": _("Log-in from a new device"),
    "newsletter": _("An issue of a newsletter"),
    "newsletter-test": _("An issue of a newsletter, to try it"),
    "passed-on": _("News of the desk"),
    "policy": _("A policy has a new version"),
    "recover": _("The way back to a forgotten password"),
    "reply": _("An answer to a comment"),
    "report-answered": _("What came of a report"),
    "sanction": _("A block has ended, or was lifted"),
    "statement": _("Statement of reasons for a decision"),
    "subscribe-confirm": _("Confirming a subscription by mail"),
    "undone": _("A decision was taken back"),
    "report-receipt": _("Receipt of a notice of illegal content"),
    "unlinked": _("A way to log in was unlinked"),
}


def title_of(purpose: str) -> str:
    """Return what a mail of this purpose is for; the word itself where the paper added one of its own."""
    return str(TITLES.get(purpose, purpose))
