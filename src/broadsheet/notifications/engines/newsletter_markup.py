"""What an issue's mails have in common, written once for many: its words and articles as HTML and as text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from broadsheet.newsroom.queries.editions import EditionView


@dataclass(frozen=True, slots=True)
class Markup:
    """An issue between a mail's head and its foot."""

    html: SafeString
    text: str


def written(edition: EditionView, context: Mapping[str, Any]) -> Markup:
    """Return the issue in its edition's language."""
    words = {**context, "edition": edition, "direction": edition.direction, "language": edition.language}
    with translation.override(edition.language), timezone.override(edition.zone):
        html: Any = get_template("mail/newsletter_content.html").render(words)
        plain: Any = get_template("mail/newsletter_content.txt").template  # type: ignore[attr-defined]
        text = plain.render(Context(words, autoescape=False))
    return Markup(html, str(text).strip())
