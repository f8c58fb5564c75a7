"""What else to read, and why."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from broadsheet.delivery.queries.recommended import recommended
from broadsheet.newsroom.queries.articles import article_by_number, detail
from tests.factories.newsroom import make_article, make_author, make_edition, make_section, make_tag

pytestmark = [pytest.mark.row("ART-11"), pytest.mark.django_db]


def of(article: object, count: int = 4) -> list:
    return recommended(detail(article_by_number(article.public_id)), count=count)


def test_shared_people_and_subjects_weigh_more_than_the_section_and_are_named() -> None:
    edition = make_edition()
    section, other = make_section(edition), make_section(edition, "culture")
    person = make_tag(edition, name="Ada Vane", kind="person")
    place = make_tag(edition, name="Orrel", kind="place")
    story = make_article(section, "Vane opens the harbour", tags=[person, place])
    by_person = make_article(other, "A quiet evening", tags=[person])
    by_place = make_article(other, "Rain expected", tags=[place])
    by_section = make_article(section, "Something else entirely")
    found = of(story)
    assert [each.card.id for each in found] == [by_person.pk, by_place.pk, by_section.pk]
    with translation.override("en"):
        assert [each.reasons[0] for each in of(story)] == ["Also about Ada Vane", "Also from Orrel", "New in World"]


def test_alike_words_count_by_their_stems() -> None:
    section = make_section()
    story = make_article(section, "Dockers striking over wages", fields={"standfirst": "Dockers strike."})
    make_article(section, "Painting shown in museum", fields={"standfirst": "A painting."})
    alike = make_article(section, "Docker strike and wage talks", fields={"standfirst": "Striking dockers."})
    assert of(story)[0].card.id == alike.pk
    assert of(story)[0].reasons == ("On the same subject",)


def test_never_the_article_itself_nor_what_is_not_public_nor_another_edition() -> None:
    edition, french = make_edition(), make_edition("fr", at_root=False)
    section = make_section(edition)
    story = make_article(section)
    make_article(make_section(french, "monde"), translation_of=story)
    assert of(story) == []


def test_fresher_first_among_equals() -> None:
    section = make_section()
    old = make_article(section, "Alpha", at=timezone.now() - timedelta(days=90))
    new = make_article(section, "Beta", at=timezone.now() - timedelta(days=1))
    story = make_article(section, "Gamma")
    assert [each.card.id for each in of(story)] == [new.pk, old.pk]


@pytest.mark.parametrize("count", [1, 12])
def test_one_query_to_choose_whatever_the_archive(django_assert_num_queries: object, count: int) -> None:
    section = make_section()
    author = make_author(section.edition)
    tags = [make_tag(section.edition) for _ in range(3)]
    for _ in range(count):
        make_article(section, tags=tags, authors=[author])
    story = detail(article_by_number(make_article(section, tags=tags, authors=[author]).public_id))
    with django_assert_num_queries(3):  # candidates, cards, authors
        assert len(recommended(story)) == min(count, 4)
