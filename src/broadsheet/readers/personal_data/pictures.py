"""Pictures that a provider offered for the account, by address, until they are fetched and forgotten."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from broadsheet.kernel.personal_data import Holding, register
from broadsheet.readers.actions.keep_avatar import forget_offers
from broadsheet.readers.queries.offers import offers


def _offered(reader_id: int) -> Iterator[dict[str, Any]]:
    for record in offers(reader_id):
        yield {"address": record.payload["url"], "at": record.at.isoformat()}


register(
    Holding(
        "readers.pictures",
        _("Pictures that a provider offered"),
        (),
        _offered,
        lambda reader_id: forget_offers(reader_id=reader_id),
    )
)
