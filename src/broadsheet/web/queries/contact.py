"""Whom readers can write to (ACC-11)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.newsroom.queries.editions import EditionView


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody at the paper who answers letters; `path` is the form to write to them."""

    word: str
    title: str
    what: str
    address: str
    path: str


def addressees(edition: EditionView) -> tuple[Addressee, ...]:
    """Return those of the edition that have an address, in the language in force; its newsroom stands in for others."""
    found = (
        (
            "newsroom",
            _("The newsroom"),
            _("Tips, questions, praise and complaints about what we publish, and mistakes we should correct."),
            edition.contact_address,
        ),
        (
            "moderators",
            _("The moderators"),
            _("Questions about the community standards, and whatever goes wrong in the conversation."),
            edition.moderators_address or edition.contact_address,
        ),
        (
            "privacy",
            _("Privacy"),
            _("What is held about you, and your rights: to know it, to have it corrected or erased, to object."),
            edition.privacy_address or edition.contact_address,
        ),
    )
    form = f"{edition.path}accounts/contact/"
    return tuple(
        Addressee(word, title, what, address, f"{form}?to={word}") for word, title, what, address in found if address
    )
