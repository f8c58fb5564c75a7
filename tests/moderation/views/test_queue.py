"""The queue in the desk, and who sees it (MOD-01, MOD-12)."""

import pytest

from broadsheet.kernel import clock
from broadsheet.moderation.actions.claim_case import claim
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.models import Case
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.readers.actions.staff import put_staff
from tests.factories.accounts import make_reader
from tests.factories.cases import make_case, make_moderator
from tests.factories.moderation import make_decision, visible_comment
from tests.factories.newsroom import make_edition, make_section
from tests.moderation.views.conftest import seated

pytestmark = [pytest.mark.row("MOD-01", "MOD-12"), pytest.mark.django_db]
QUEUE = "/editor/moderation/"


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_row_says_what_it_is_about_and_why_it_stands_there(sit, number, foul, article):
    page = text_of(sit().get(QUEUE))
    assert f"/editor/moderation/cases/{number}/" in page
    assert article.title in page
    assert "It waits because the judge noticed something." in page
    assert "mod-mark--hard" in page, "the words are marked, and veiled"
    assert 'data-veiled="yes"' in page
    assert "Open: 1" in page


def test_an_empty_queue_says_what_that_means(sit):
    page = text_of(sit().get(QUEUE))
    assert "Nothing waits" in page
    assert "No open case fits this filter" in text_of(sit().get(f"{QUEUE}?kind=mob"))


def test_filters_narrow_and_are_kept_on_the_way_to_the_next_case(sit, number, article):
    other = make_case(article.edition_id, kind="account", harm=500)
    desk = sit()
    page = text_of(desk.get(f"{QUEUE}?kind=held&edition={article.edition_id}"))
    assert f"/cases/{number}/" in page
    assert f"/cases/{other}/" not in page
    answer = desk.post(f"{QUEUE}next/?kind=held")
    assert answer.headers["Location"] == f"{QUEUE}cases/{number}/?kind=held"
    for nonsense in (
        "kind=nothing",
        "edition=x",
        "thread=-4",
        "after=1~x",
        "clause=%00",
        "section=9999999999999999999999",
    ):
        assert desk.get(f"{QUEUE}?{nonsense}").status_code == 200


def test_what_a_page_does_not_hold_follows_by_its_key(sit, article):
    numbers = [make_case(article.edition_id, harm=float(100 - at)) for at in range(55)]
    desk = sit()
    first = text_of(desk.get(QUEUE))
    assert f"/cases/{numbers[49]}/" in first
    assert f"/cases/{numbers[50]}/" not in first
    key = Case.objects.values_list("priority", "pk").get(pk=numbers[49])
    assert f"after={key[0]}~{key[1]}" in first
    second = text_of(desk.get(f"{QUEUE}?after={key[0]}~{key[1]}"))
    assert f"/cases/{numbers[50]}/" in second
    assert f"/cases/{numbers[49]}/" not in second
    assert "Open: 55" in second


def test_who_has_a_case_on_the_screen_is_said(sit, number, later):
    other = make_moderator()
    claim(case_id=number, moderator_id=other.reader_id, now=later.base)
    page = text_of(sit().get(QUEUE))
    assert "On the screen of" in page
    assert "At work now:" in page


@pytest.mark.parametrize("path", ["", "next/", "search/", "moderators/", "quality/", "settings/"])
def test_for_everybody_else_the_pages_are_not_there(path, sit, number):
    """Readers, and editors without the role, learn nothing (`next/` and `settings/` are forms)."""
    post = path in {"next/", "settings/"}
    for person in (make_reader(), put_staff(email="editor@courier.example", role="editor")):
        client = seated(person)
        answer = client.post(QUEUE + path) if post else client.get(QUEUE + path)
        assert answer.status_code == 404


def test_of_other_editions_and_sections_nothing_is_seen(sit, number, article):
    elsewhere = make_edition("fr", name="Le Littoral", at_root=False)
    section = make_section(elsewhere, "ailleurs")
    for scope in (make_moderator(editions=[elsewhere.pk]), make_moderator(sections=[section.pk])):
        desk = sit(scope)
        assert f"/cases/{number}/" not in text_of(desk.get(QUEUE))
        assert desk.get(f"{QUEUE}cases/{number}/").status_code == 404
        assert desk.post(f"{QUEUE}cases/{number}/decide/", {"action": "approve"}).status_code == 404
        assert desk.post(f"{QUEUE}cases/{number}/undo/").status_code == 404
        assert desk.post(f"{QUEUE}cases/{number}/stay/").status_code == 404
    assert sit(make_moderator(editions=[article.edition_id])).get(f"{QUEUE}cases/{number}/").status_code == 200
    assert sit(make_moderator(sections=[article.section_id])).get(f"{QUEUE}cases/{number}/").status_code == 200


def test_a_case_about_oneself_or_for_chiefs_is_not_there(sit, article):
    me, chief = make_moderator(), make_moderator(chief=True)
    own = make_case(article.edition_id, kind="account", reader_id=me.reader_id)
    high = make_case(article.edition_id, kind="account", chiefs_only=True)
    assert sit(me).get(f"{QUEUE}cases/{own}/").status_code == 404
    assert sit(me).get(f"{QUEUE}cases/{high}/").status_code == 404
    assert sit(chief).get(f"{QUEUE}cases/{high}/").status_code == 200


@pytest.mark.row("MOD-10")
def test_hard_words_are_veiled_and_keys_work_until_somebody_wants_it_otherwise(sit):
    desk = sit()
    page = text_of(desk.get(QUEUE))
    assert 'data-veiled="yes"' in page
    assert 'data-keys="on"' in page
    desk.post(f"{QUEUE}settings/", {"veil": "off"})
    desk.post(f"{QUEUE}settings/", {"keys": "off"})
    page = text_of(desk.get(QUEUE))
    assert 'data-veiled="no"' in page
    assert 'data-keys="off"' in page
    desk.post(f"{QUEUE}settings/", {"veil": "on"})
    assert 'data-veiled="yes"' in text_of(desk.get(QUEUE))


@pytest.mark.row("MOD-10")
def test_whoever_has_seen_enough_that_is_hard_to_read_is_told_and_given_other_cases(sit, article, settings):
    settings.HARSH_CASES_A_DAY = 1
    mild = make_case(article.edition_id, harm=1.0)
    hard = [
        make_case(article.edition_id, harm=90.0 - at, reasons=[{"code": "finding", "clause": "HATE", "score": 0.9}])
        for at in range(2)
    ]
    desk = sit()
    assert desk.post(f"{QUEUE}next/").headers["Location"].endswith(f"/cases/{hard[0]}/")
    desk.post(f"{QUEUE}cases/{hard[0]}/decide/", {"action": "skip"})
    assert "That is enough for a day" in text_of(desk.get(QUEUE))
    assert desk.post(f"{QUEUE}next/").headers["Location"].endswith(f"/cases/{mild}/")
    assert "take a rest" in text_of(desk.get(f"{QUEUE}cases/{hard[1]}/"))


@pytest.mark.row("MOD-10")
def test_chiefs_read_what_was_overturned(sit, article, reader):
    comment = visible_comment(article, reader)
    made = decide(decision=make_decision(reader, comment, measures=(Measure.REMOVE,)), now=clock.now())
    undo(decision_id=made.decision_id, by=make_moderator().actor, now=clock.now())
    chief = sit(make_moderator(chief=True))
    page = text_of(chief.get(f"{QUEUE}quality/"))
    assert "Overturned" in page
    assert "1 (100 %)" in page
    assert sit().get(f"{QUEUE}quality/").status_code == 404
    assert chief.get(f"{QUEUE}quality/?days=x").status_code == 200


def test_chiefs_say_who_moderates_and_where(sit, article):
    boss, editor = make_moderator(chief=True), put_staff(email="editor@courier.example", role="editor")
    desk = sit(boss)
    assert "editor" in text_of(desk.get(f"{QUEUE}moderators/"))
    address = f"{QUEUE}moderators/{editor.pk}/"
    assert desk.get(address).status_code == 200
    desk.post(address, {"action": "appoint", "sections": [str(article.section_id)]})
    assert article.section.title in text_of(desk.get(f"{QUEUE}moderators/"))
    new = seated(editor)
    assert new.get(QUEUE).status_code == 200
    assert new.get(f"{QUEUE}moderators/").status_code == 404
    assert new.post(address, {"action": "appoint"}).status_code == 404
    desk.post(address, {"action": "dismiss"})
    assert new.get(QUEUE).status_code == 404
    assert desk.get(f"{QUEUE}moderators/{make_reader().pk}/").status_code == 404
