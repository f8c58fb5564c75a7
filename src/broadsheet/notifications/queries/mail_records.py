"""The records that the paper's mail needs, and how they stand."""

from django.conf import settings

from broadsheet.notifications.engines.dkim import own_domain, signer
from broadsheet.notifications.engines.dns_texts import texts_at
from broadsheet.notifications.engines.return_path import returns_to
from broadsheet.notifications.rules.mail_records import Found, Record, dkim_record, dmarc_record, spf_record

__all__ = ["Found", "Record", "is_public", "lacks_key", "mail_records"]
# RFC 6761, RFC 6762, and what is said of private networks: names that no resolver of the world knows.
NOWHERE = ("test", "example", "invalid", "localhost", "local", "internal", "home.arpa")


def mail_records() -> list[Record]:
    """Return what is to be published for the domain that mail comes from, compared with what is.

    The signature's record is among them where the paper signs itself.
    """
    domain, back = own_domain(), returns_to()
    envelope = back.domain if back is not None else domain
    found = [spf_record(envelope, settings.MAIL_SERVER, _texts(envelope))]
    signs = signer()
    if signs is not None:
        found.insert(0, dkim_record(signs.name, signs.record, _texts(signs.name)))
    name = f"_dmarc.{domain}"
    there, above = _texts(name), domain.partition(".")[2]
    further = _texts(f"_dmarc.{above}") if there == [] and "." in above else []
    found.append(dmarc_record(name, f"postmaster@{domain}", there, further))
    return found


def is_public() -> bool:
    """Return whether the domain that mail comes from is one that the world's resolvers can know."""
    domain = own_domain()
    return "." in domain and not any(f".{domain}".endswith(f".{end}") for end in NOWHERE)


def lacks_key() -> bool:
    """Return whether mail is to be signed and there is no key for it that could be used."""
    return bool(settings.DKIM_SELECTOR) and signer() is None


def _texts(name: str) -> list[str] | None:
    return texts_at(name) if settings.DNS or is_public() else None
