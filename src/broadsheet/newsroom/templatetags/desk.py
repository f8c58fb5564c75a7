"""Tags for the desk's templates."""

from django import template

from broadsheet.newsroom.adapters.desk_answers import script_nonce

register = template.Library()


@register.simple_tag
def desk_nonce() -> str:
    """Return the nonce that an inline script must carry to run."""
    return script_nonce()
