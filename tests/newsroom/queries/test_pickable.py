"""Public articles found by words, for those who pick some (NOT-02)."""

import pytest

from broadsheet.newsroom.queries.pickable import pickable
from tests.factories.newsroom import make_article, make_draft, make_edition, make_section

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.django_db]


@pytest.fixture
def sections():
    edition = make_edition()
    return make_section(edition, "world"), make_section(edition, "sport")


def found(of, **words) -> list[str]:
    return [card.headline for card in pickable(of[0].edition_id, **words)]


def test_the_newest_public_ones_are_found_by_every_word(sections):
    world, sport = sections
    bridge = make_article(world, "The bridge is open")
    make_article(sport, "A cup for the town", fields={"standfirst": "Won on the bridge of sighs."})
    make_draft(world, "The bridge that nobody saw")
    elsewhere = make_edition("fr", at_root=False)
    make_article(make_section(elsewhere), "The bridge elsewhere")
    assert found(sections) == ["A cup for the town", "The bridge is open"]
    assert found(sections, words="BRIDGE") == ["A cup for the town", "The bridge is open"]
    assert found(sections, words=" bridge   open ") == ["The bridge is open"]
    assert found(sections, words="bridge nowhere") == []
    assert found(sections, words="bridge", sections=[sport.pk]) == ["A cup for the town"]
    assert found(sections, words="bridge", without=[bridge.pk]) == ["A cup for the town"]
    assert found(sections, count=1) == ["A cup for the town"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", '"', "100%", "%" * 200])
def test_signs_stand_for_themselves(sections, words):
    make_article(sections[0], "The bridge is open")
    assert found(sections, words=words) == []
