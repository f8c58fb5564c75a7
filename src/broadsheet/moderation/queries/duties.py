"""Which duties of the Digital Services Act the operator says bind the paper."""

from django.conf import settings

from broadsheet.moderation.rules.duties import Duties, duties_of


def duties() -> Duties:
    """Return the duties of the paper's role."""
    return duties_of(settings.DSA_ROLE)
