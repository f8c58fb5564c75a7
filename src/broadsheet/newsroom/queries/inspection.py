"""What `broadsheet check` asks of the newsroom."""

from broadsheet.newsroom.conf import RESERVED_SLUGS
from broadsheet.newsroom.models import EditionPage, Picture, SectionPage


def edition_zones() -> list[tuple[str, str]]:
    """Return each edition's name and the time zone as it was typed."""
    return list(EditionPage.objects.order_by("path").values_list("title", "time_zone"))


def hidden_sections() -> list[tuple[str, str]]:
    """Return title and path word of sections that nobody can open, since the word is the paper's own."""
    return list(SectionPage.objects.filter(slug__in=RESERVED_SLUGS).order_by("path").values_list("title", "slug"))


def some_picture_files(count: int) -> list[str]:
    """Return the file names of the newest pictures."""
    return list(Picture.objects.order_by("-pk").values_list("file", flat=True)[:count])
