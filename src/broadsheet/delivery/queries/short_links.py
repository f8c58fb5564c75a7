"""The short addresses of articles (ART-06)."""

from typing import Protocol

from django.conf import settings

from broadsheet.delivery.rules.short_codes import code_of


class Numbered(Protocol):
    """Anything with a public number."""

    @property
    def public_id(self) -> int:
        """The ten-digit number."""


def short_link(article: Numbered) -> str:
    """Return the article's short address, the same for ever: it is made of the number alone."""
    return f"{settings.PUBLIC_URL}/s/{code_of(article.public_id)}"
