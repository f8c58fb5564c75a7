"""No section may be called as an address of the paper: its page could not be opened."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from broadsheet.config.inspection import content
from broadsheet.delivery.rules.served_files import served_file
from broadsheet.newsroom.conf import RESERVED_SLUGS
from broadsheet.web.urls import edition_urls
from tests.factories.newsroom import make_edition, make_section

WORD = re.compile(r"\^?([a-z0-9-]+)(?:/|\$|\\?/)")


def first_words(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """Return the words with which addresses begin, of what is written out in the address map."""
    found = set()
    for each in patterns:
        route = str(each.pattern)
        if isinstance(each, URLResolver) and not route:
            found |= first_words(each.url_patterns)
        elif beginning := WORD.match(route):
            found.add(beginning[1])
    return found


@pytest.mark.row("PAGE-01")
def test_every_word_of_the_address_map_is_reserved():
    words = first_words(get_resolver().url_patterns) | first_words(edition_urls)
    assert {"accounts", "editor", "mailbox", "img", "search", "health", "me", "embed"} <= words, "the map is read"
    assert words <= RESERVED_SLUGS


@pytest.mark.row("PAGE-01")
@pytest.mark.parametrize("folder", ["static", "img", "media", "avatars"])
def test_every_folder_of_files_is_reserved(folder):
    assert served_file(f"/{folder}/x.webp")
    assert folder in RESERVED_SLUGS


@pytest.mark.row("OPS-03")
@pytest.mark.django_db
def test_the_check_names_a_section_that_nobody_can_open():
    section = make_section(make_edition(), "world", name="Letters")
    assert "reserved-section" not in {finding.code for finding in content.look()}
    type(section).objects.filter(pk=section.pk).update(slug="mailbox")
    [found] = [finding for finding in content.look() if finding.code == "reserved-section"]
    assert "Letters" in found.what
    assert "mailbox" in found.why
