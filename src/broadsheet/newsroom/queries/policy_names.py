"""What the variables in the texts of policies stand for in an edition."""

from django.conf import settings

from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.queries.editions import EditionView


def policy_names(edition: EditionView) -> dict[str, str]:
    """Return the value of each variable, empty where the edition's settings don't say it."""
    site = str(settings.PUBLIC_URL)
    contact = edition.contact_address or edition.privacy_address
    addresses = {f"{kind}_page": f"{site}{edition.path}{kind}/" for kind in PolicyKind.values}
    return {
        "paper": edition.name,
        "brand": edition.brand,
        "site": edition.account_domain,
        "address": f"{site}{edition.path}",
        "publisher": edition.publisher,
        "postal_address": edition.postal_address,
        "privacy_address": edition.privacy_address,
        "moderators_address": edition.moderators_address or contact,
        "contact_address": contact,
        "minimum_age": str(edition.minimum_age or ""),
        "dispute_bodies": edition.dispute_bodies,
        **addresses,
    }
