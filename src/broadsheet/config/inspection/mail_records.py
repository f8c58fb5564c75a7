"""What the Domain Name System says of the paper's mail, in words to be published."""

from collections.abc import Iterator

from broadsheet.config.inspection.finding import Finding, problem, warning
from broadsheet.notifications.queries.mail_records import Found, Record, is_public, lacks_key, mail_records
from broadsheet.notifications.queries.queue import has_mail_server

WHAT = {
    "DKIM": "Mailboxes can't check the signature of the paper's mail, and refuse it or lay it to the unwanted.",
    "SPF": "Mailboxes can't see which servers may send in the paper's name.",
    "DMARC": "Anybody can send mail that seems to come from the paper.",
}


def look() -> Iterator[Finding]:
    """Look whether what mailboxes ask for is published; not for names that are nowhere, nor without a mail server."""
    if lacks_key():
        yield problem(
            "no-dkim-key",
            "Mail goes out unsigned.",
            "BROADSHEET_DKIM_SELECTOR is set, and dkim.key in the data folder has no key for it that can be used.",
            "Run `broadsheet mail dkim SELECTOR`, or copy dkim.key from another machine of the paper.",
        )
    if not has_mail_server():
        return
    found = mail_records()
    unseen = [one for one in found if one.found is Found.UNSEEN]
    for one in found:
        if one.found in {Found.MISSING, Found.WRONG}:
            yield _said(one)
    if unseen and (is_public() or any(one.exact for one in unseen)):
        yield warning(
            "mail-records-unseen",
            "Whether the records of the paper's mail are published could not be seen from here.",
            "; ".join(f"{one.kind} belongs to {one.name}" for one in unseen) + ".",
            "Publish what `broadsheet mail records` shows; "
            + " ".join(f"{one.name} TXT {one.text}" for one in unseen if one.exact),
        )


def _said(record: Record) -> Finding:
    say = problem if record.kind == "DKIM" else warning
    why = f"The {record.kind} record of {record.name} is missing." if record.found is Found.MISSING else (
        f"The {record.kind} record of {record.name}: {record.why}."
    )  # fmt: skip
    how = "with exactly this text" if record.exact else "such as this one, with the servers that send for you"
    code = f"{record.kind.lower()}-record"
    return say(code, WHAT[record.kind], why, f"Publish a TXT record at {record.name} {how}: {record.text}")
