"""Addresses spell words in plain letters; the headline's own words are known again."""

import pytest

from broadsheet.importing.engines.dump.addresses import likeness

pytestmark = pytest.mark.row("ART-16")


@pytest.mark.parametrize(
    ("slug", "headline"),
    [
        ("yuz-yillik-degirmen-koyun-ekmegini-ogutuyor", "Yüz yıllık değirmen köyün ekmeğini öğütüyor"),
        ("gluehwuermchen-im-schoenen-harz", "Glühwürmchen im schönen Harz"),
        ("tramvaj-nomer-sem-vernulsja", "Трамвай номер семь вернулся"),
        ("lecole-a-dos-de-mule-ferme", "L'école à dos de mule ferme"),
    ],
)
def test_a_slug_is_like_its_headline_and_no_other(slug: str, headline: str) -> None:
    assert likeness(slug, headline) >= 0.7
    assert likeness(slug, "Parliament delays vote on forestry bill") == 0.0
