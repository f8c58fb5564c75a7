"""The one door for a saved page, whether it holds markup or plain text."""

from broadsheet.importing.engines.page.read import read_html
from broadsheet.importing.engines.page.source import decode, looks_like_html
from broadsheet.importing.rules.page_result import PageResult


def read_page(source: bytes, *, url: str | None = None, declared_type: str | None = None) -> PageResult:
    """The article in the bytes of a saved page or of a plain-text dump; a refusal says why there is none."""
    text = decode(source, declared_type=declared_type)
    if looks_like_html(text, declared_type=declared_type):
        return read_html(text, url=url)
    # The reader of dumps takes a fifth of a second to load, which a page need not wait for.
    from broadsheet.importing.engines.dump import read_dump

    return read_dump(text, url=url)
