"""Names that readers may not imitate."""

from broadsheet.newsroom.queries.editions import editions
from broadsheet.readers.models import Reader


def reserved_names(but: int | None = None) -> list[str]:
    """Return the names of the paper in its languages, and those of its staff except for the account `but`."""
    papers = {name for each in editions() for name in (each.name, each.short_name, each.brand, each.account_domain)}
    staff = Reader.objects.filter(is_staff=True).exclude(pk=but or 0).values_list("display_name", flat=True)
    return sorted({*papers, *staff} - {""})
