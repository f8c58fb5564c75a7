"""Pictures that providers offered for accounts, as the log of facts has them for its week."""

from broadsheet.kernel.models import FactRecord
from broadsheet.readers.facts import AvatarOffered


def offers(reader_id: int) -> list[FactRecord]:
    """Return the facts that still name the address of a picture, the newest first."""
    rows = FactRecord.objects.filter(name=AvatarOffered.__name__, payload__reader_id=reader_id)
    return list(rows.exclude(payload__url="").order_by("-pk"))
