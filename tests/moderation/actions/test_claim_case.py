"""Who is given which case (MOD-01, MOD-12)."""

import pytest

from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions.appoint_moderator import appoint_moderator, dismiss_moderator
from broadsheet.moderation.actions.claim_case import claim, claim_next, release, skip
from broadsheet.moderation.actions.close_case import close_case
from broadsheet.moderation.conf import CLAIMED_FOR
from broadsheet.moderation.models import AuditEntry, Case
from broadsheet.moderation.queries.cases import EVERYTHING, Wanted, counts, harsh_seen, queue_page
from broadsheet.moderation.queries.roles import scope_of
from tests.factories.accounts import make_reader
from tests.factories.cases import make_case, make_moderator
from tests.factories.newsroom import make_edition, make_section

pytestmark = [pytest.mark.row("MOD-01", "MOD-12"), pytest.mark.django_db]


@pytest.fixture
def edition(article):
    return article.edition_id


def code_of(work) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.refusal.code


def test_the_worst_comes_first_and_of_equals_the_older(edition, later):
    mild, bad, other = (make_case(edition, harm=harm) for harm in (5, 50, 50))
    me = make_moderator()
    seen = []
    for _time in range(3):
        number = claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base)
        seen.append(number)
        close_case(case_id=number, by=me.actor, outcome="approved", now=later.base)
    assert seen == [bad, other, mild]
    assert claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base) is None


def test_two_never_have_the_same_case_until_a_lease_is_over(edition, later):
    numbers = {make_case(edition) for _number in range(2)}
    me, you, third = (make_moderator() for _number in range(3))
    mine = claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base)
    yours = claim_next(moderator_id=you.reader_id, wanted=EVERYTHING, now=later.base)
    assert {mine, yours} == numbers
    assert claim_next(moderator_id=third.reader_id, wanted=EVERYTHING, now=later.base) is None
    assert claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base) == mine
    assert code_of(lambda: claim(case_id=mine, moderator_id=you.reader_id, now=later.base)) == "claimed"
    almost = later.base + CLAIMED_FOR / 2
    claim(case_id=yours, moderator_id=you.reader_id, now=almost)  # renewed
    over = later.base + CLAIMED_FOR
    assert claim_next(moderator_id=third.reader_id, wanted=EVERYTHING, now=over) == mine
    assert code_of(lambda: claim(case_id=yours, moderator_id=third.reader_id, now=over)) == "claimed"


def test_what_is_skipped_is_for_others_and_what_is_released_for_everybody(edition, later):
    first, second = make_case(edition, harm=9), make_case(edition, harm=8)
    me, you = make_moderator(), make_moderator()
    assert claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base) == first
    skip(case_id=first, moderator_id=me.reader_id, now=later.base)
    assert claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base) == second
    release(case_id=second, moderator_id=me.reader_id, now=later.base)
    assert claim_next(moderator_id=you.reader_id, wanted=EVERYTHING, now=later.base) == first
    claim(case_id=second, moderator_id=you.reader_id, now=later.base)
    release(case_id=second, moderator_id=me.reader_id, now=later.base)  # it isn't mine
    assert Case.objects.get(pk=second).claimed_by_id == you.reader_id


def test_nobody_gets_a_case_about_themselves_or_what_they_decided_first(edition, later):
    me, you = make_moderator(chief=True), make_moderator(chief=True)
    about_me = make_case(edition, kind="account", reader_id=me.reader_id)
    first = make_case(edition, kind="letter", first_decider=me.reader_id)
    assert claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base) is None
    assert code_of(lambda: claim(case_id=about_me, moderator_id=me.reader_id, now=later.base)) == "no-such-case"
    assert code_of(lambda: claim(case_id=first, moderator_id=me.reader_id, now=later.base)) == "first-decider"
    assert about_me not in {one.id for one in queue_page(EVERYTHING, scope=me).cases}
    assert claim_next(moderator_id=you.reader_id, wanted=EVERYTHING, now=later.base) in {about_me, first}


def test_moderators_see_their_editions_and_sections_alone_and_chiefs_all(edition, later):
    other = make_edition(code="fr", language="fr", name="Estuaire", at_root=False)
    section = make_section(other)
    here, there = make_case(edition), make_case(other.pk, section_id=section.pk)
    chiefs = make_case(edition, kind="account", chiefs_only=True)
    sees = {
        make_moderator(): {here, there},
        make_moderator(editions=[edition]): {here},
        make_moderator(sections=[section.pk]): {there},
        make_moderator(editions=[edition], sections=[section.pk]): {here, there},
        make_moderator(chief=True): {here, there, chiefs},
    }
    for scope, expected in sees.items():
        assert {one.id for one in queue_page(EVERYTHING, scope=scope).cases} == expected
        assert counts(EVERYTHING, scope=scope)[""].number == len(expected)
        for number in {here, there, chiefs} - expected:
            assert code_of(lambda n=number, s=scope: claim(case_id=n, moderator_id=s.reader_id, now=later.base))
    assert (
        code_of(lambda: claim_next(moderator_id=make_reader().pk, wanted=EVERYTHING, now=later.base)) == "no-moderator"
    )


def test_filters_narrow_the_queue(edition, later):
    me = make_moderator()
    wanted = {
        make_case(edition, thread_id=71): Wanted(thread_id=71),
        make_case(edition, reasons=[{"code": "report", "clause": "HATE", "number": 1}]): Wanted(clause="HATE"),
        make_case(edition, language="ar"): Wanted(language="ar"),
        make_case(edition, kind="letter"): Wanted(kinds=("letter",)),
        make_case(edition, section_id=8): Wanted(section_ids=(8,)),
        make_case(edition, asked=me.reader_id): Wanted(mine=True),
    }
    for number, one in wanted.items():
        assert [case.id for case in queue_page(one, scope=me).cases] == [number]
        assert counts(one, scope=me)[""].number == 1
        assert claim_next(moderator_id=me.reader_id, wanted=one, now=later.base) == number


def test_pages_of_the_queue_follow_one_another_without_a_gap(edition):
    numbers = [make_case(edition, harm=harm) for harm in (3, 3, 3, 9, 1, 3)]
    scope, seen, after = make_moderator(), [], None
    while True:
        page = queue_page(EVERYTHING, after, scope=scope, limit=2)
        seen += [one.id for one in page.cases]
        after = page.after
        if after is None:
            break
    assert seen == [numbers[3], numbers[0], numbers[1], numbers[2], numbers[5], numbers[4]]


@pytest.mark.row("MOD-10")
def test_only_so_many_harsh_cases_a_day(edition, later, settings):
    settings.HARSH_CASES_A_DAY = 1
    for _number in range(2):
        make_case(edition, harm=90, reasons=[{"code": "report", "clause": "CRUELTY", "number": 1}])
    mild, me = make_case(edition), make_moderator()
    harsh = claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base)
    close_case(case_id=harsh, by=me.actor, outcome="removed", now=later.base)
    assert harsh_seen(me.reader_id, later.base) == 1
    assert claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base) == mild
    close_case(case_id=mild, by=me.actor, outcome="removed", now=later.base)
    assert claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base) is None
    later.pass_(hours=24)
    from broadsheet.kernel import clock

    assert claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=clock.now())


@pytest.mark.row("MOD-09")
def test_who_saw_what_is_in_the_log_once(edition, later):
    number, me = make_case(edition), make_moderator()
    for _time in range(2):
        claim_next(moderator_id=me.reader_id, wanted=EVERYTHING, now=later.base)
    looks = AuditEntry.objects.filter(action="look", subject=f"case:{number}")
    assert [one.actor for one in looks] == [f"reader:{me.reader_id}"]


def test_chiefs_alone_appoint_and_dismiss_and_it_holds_at_once(edition, later):
    chief, me = make_moderator(chief=True), make_reader(is_staff=True)
    assert scope_of(me.pk) is None
    appoint_moderator(reader_id=me.pk, edition_ids=[edition], by=chief.reader_id, now=later.base)
    scope = scope_of(me.pk)
    assert scope is not None
    assert scope.covers(edition, None)
    assert not scope.covers(edition + 1, None)
    assert code_of(lambda: appoint_moderator(reader_id=me.pk, by=me.pk, now=later.base)) == "no-chief"
    reader = make_reader()
    assert code_of(lambda: appoint_moderator(reader_id=reader.pk, by=chief.reader_id, now=later.base)) == "not-staff"
    dismiss_moderator(reader_id=me.pk, by=chief.reader_id, now=later.base)
    assert scope_of(me.pk) is None
