"""Comments are reported, taken back and answered: what counts, who may, and what nobody can do by it (DIS-05)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from broadsheet.discussion.actions.bar_reader import bar_reader
from broadsheet.discussion.actions.erase_reports import purge_reports
from broadsheet.discussion.actions.hold_comment import hold_comment
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.report_comment import LONGEST_REPORT, Notice, report_comment
from broadsheet.discussion.actions.retract_report import retract_report
from broadsheet.discussion.actions.settle_reports import settle_reports
from broadsheet.discussion.actions.withdraw_comment import withdraw_comment
from broadsheet.discussion.conf import REPORT_WORDS_KEPT
from broadsheet.discussion.models import Comment, Report, ReporterWeight
from broadsheet.discussion.queries.reports import pressure_on, report, reports_about, reports_by
from broadsheet.discussion.rules.reports import FURTHER
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.personal_data import holdings
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.readers.actions.set_block import set_block
from broadsheet.readers.models import Reader
from tests.at_once import at_once
from tests.factories.accounts import make_reader
from tests.factories.moderation import visible_comment

pytestmark = [pytest.mark.row("DIS-05"), pytest.mark.django_db]
YEAR = timedelta(days=365)
NOTE = Notice("Ines Marlow", "ines@mail.example", good_faith=True)


def known(**fields) -> Reader:
    """Return a reader whose account is a year old."""
    reader = make_reader(**fields)
    Reader.objects.filter(pk=reader.pk).update(registered_at=clock.now() - YEAR)
    return reader


def file(comment, reporter=None, clause="INSULT", **fields):
    values = {"edition_id": comment.thread.edition_id, "now": clock.now(), **fields}
    reporter_id = reporter.pk if reporter is not None else None
    return report_comment(comment_id=comment.pk, reporter_id=reporter_id, clause=clause, **values)


def refused(work, *args, **values) -> str:
    with pytest.raises(Refused) as caught:
        work(*args, **values)
    return caught.value.refusal.code


@pytest.fixture
def comment(article):
    return visible_comment(article, make_reader(), "The mayor of Orrel is a fool.")


def test_a_report_is_kept_weighed_and_announced_and_leaves_the_comment_as_it_was(comment):
    before = Comment.objects.filter(pk=comment.pk).values().get()
    reader = known()
    filed = file(comment, reader, facts="  It calls him a fool. ")
    (view,) = reports_about(comment.pk)
    assert (view.id, view.number, view.state, view.clause, view.facts) == (
        filed.report_id, filed.number, "open", "INSULT", "It calls him a fool.",
    )  # fmt: skip
    assert (view.reporter_id, view.illegal, view.language, view.version) == (reader.pk, False, "en", comment.version)
    assert pressure_on(comment.pk) == view.weight == pytest.approx(0.4)
    fact = FactRecord.objects.get(name="CommentReported").payload
    assert (fact["report_id"], fact["comment_id"], fact["thread_id"]) == (view.id, comment.pk, comment.thread_id)
    assert (fact["clause"], fact["illegal"]) == ("INSULT", False)
    assert "fool" not in str(fact)
    assert Comment.objects.filter(pk=comment.pk).values().get() == before


def test_nobody_can_vote_a_report_up(comment):
    reader = known()
    first = file(comment, reader)
    weighed = pressure_on(comment.pk)
    assert [file(comment, reader, clause="HATE") for _time in range(3)] == [first] * 3
    for _time in range(4):
        retract_report(comment_id=comment.pk, reporter_id=reader.pk, now=clock.now())
        assert pressure_on(comment.pk) == 0
        assert file(comment, reader) == first
    assert pressure_on(comment.pk) == weighed
    assert Report.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        row = Report.objects.get()
        row.pk, row.number = None, "R-ANOTHER"
        row.save()


def test_a_mass_of_new_accounts_is_noticed_and_counts_as_one_on_every_comment_of_the_author(article, comment):
    other = visible_comment(article, comment.author, "The mayor of Saltmere is one, too.")
    beside = visible_comment(article, make_reader(), "I like the mayor.")
    for place in range(9):
        file(other if place % 2 else comment, make_reader())
    file(beside, make_reader())
    assert Report.objects.filter(mass=True).count() == 9
    assert not reports_about(beside.pk)[0].mass
    for one in (comment, other):
        assert pressure_on(one.pk) == pytest.approx(max(view.weight for view in reports_about(one.pk)))
    assert Comment.objects.get(pk=comment.pk).state == "visible"
    known_one = report(file(comment, known()).report_id)
    assert (known_one.weight > 3 * 0.1, known_one.mass) == (True, False), "the crowd takes nothing from who is known"


def test_a_person_decides_and_the_reporter_is_learned_about_once(comment):
    right, visitor = known(), file(comment)
    file(comment, right)
    file(comment, right, clause="", facts="Defamation, section 3.", notice=NOTE)
    numbers = settle_reports(comment_id=comment.pk, upheld=True, now=clock.now())
    assert len(numbers) == 3
    assert visitor.report_id in numbers
    assert {view.state for view in reports_about(comment.pk)} == {"upheld"}
    row = ReporterWeight.objects.get()
    assert (row.reader_id, row.upheld, row.rejected) == (right.pk, 1, 0)
    assert settle_reports(comment_id=comment.pk, upheld=False, now=clock.now()) == []
    assert pressure_on(comment.pk) == 0


def test_who_is_wrong_again_and_again_weighs_less_and_a_mass_earns_nothing(article, comment):
    liar = known()
    for _time in range(5):
        other = visible_comment(article, make_reader(), "I like the mayor.")
        file(other, liar)
        settle_reports(comment_id=other.pk, upheld=False, now=clock.now())
    crowd = [make_reader() for _number in range(6)]
    for one in crowd:
        file(comment, one)
    settle_reports(comment_id=comment.pk, upheld=True, now=clock.now())
    row = ReporterWeight.objects.get()
    assert (row.reader_id, row.rejected) == (liar.pk, pytest.approx(5, abs=0.01)), "the crowd has no record"
    assert report(file(visible_comment(article, make_reader(), "Me, too."), liar).report_id).weight < 0.25


def test_nothing_is_learned_where_nobody_decided(comment):
    file(comment, known())
    assert settle_reports(comment_id=comment.pk, upheld=False, now=clock.now(), learn=False)
    assert not ReporterWeight.objects.exists()


def test_of_a_comment_that_not_everybody_sees_nobody_learns_whether_it_is_there(article, comment):
    held = visible_comment(article, make_reader(), "One")
    hold_comment(comment_id=held.pk)
    removed = visible_comment(article, make_reader(), "Two")
    remove_comment(comment_id=removed.pk)
    withdrawn = visible_comment(article, make_reader(), "Three")
    withdraw_comment(author_id=withdrawn.author_id, comment_id=withdrawn.pk)
    values = {"reporter_id": None, "clause": "INSULT", "edition_id": article.edition_id, "now": clock.now()}
    codes = set()
    for number in (held.pk, removed.pk, withdrawn.pk, 10**17):
        with pytest.raises(Refused) as caught:
            report_comment(comment_id=number, **values)
        codes.add(str(caught.value))
    withdraw_article(article=article)
    with pytest.raises(Refused) as caught:
        report_comment(comment_id=comment.pk, **values)
    assert codes == {str(caught.value)}
    assert not Report.objects.exists()


def test_a_blocked_reader_reports_no_clause_but_gives_notice_of_what_is_illegal(comment):
    blocked, barred = known(), known()
    set_block(reader_id=blocked.pk, until=None)
    bar_reader(reader_id=barred.pk, thread_id=comment.thread_id, until=None, sanction_id=1)
    assert refused(file, comment, blocked) == "blocked"
    assert refused(file, comment, barred) == "barred"
    for reader in (blocked, barred):
        assert file(comment, reader, clause="LAW", facts="Section 3.", notice=NOTE).number
    assert pressure_on(comment.pk) == pytest.approx(0.4 + 0.4 * FURTHER)


def test_what_can_not_be_reported_is_said_and_nothing_is_kept(comment):
    assert refused(file, comment, comment.author) == "own-comment"
    assert refused(file, comment, known(), clause="NONSENSE") == "no-such-clause"
    assert refused(file, comment, known(), clause="") == "no-such-clause"
    assert refused(file, comment, facts="x" * (LONGEST_REPORT + 1)) == "too-long"
    assert refused(retract_report, comment_id=comment.pk, reporter_id=known().pk, now=clock.now()) == "no-report"
    assert not Report.objects.exists()


@pytest.mark.parametrize(("notice", "facts", "code"), [
    (NOTE, " ", "no-explanation"),
    (Notice("", "ines@mail.example", good_faith=True), "Section 3.", "no-name"),
    (Notice("Ines Marlow", "", good_faith=True), "Section 3.", "no-name"),
    (Notice("Ines Marlow", "ines@mail.example"), "Section 3.", "no-good-faith"),
    (Notice(minors=True), "It shows a child.", "no-good-faith"),
])  # fmt: skip
def test_a_notice_without_an_element_of_article_16_is_none(comment, notice, facts, code):
    assert refused(file, comment, facts=facts, notice=notice) == code


def test_a_notice_about_children_needs_no_name(comment):
    filed = file(comment, clause="LAW", facts="It shows a child.", notice=Notice(good_faith=True, minors=True))
    view = report(filed.report_id)
    assert (view.illegal, view.notice_name, view.notice_email, view.reporter_id) == (True, "", "", None)


def test_a_notice_carries_what_is_needed_to_answer_it(comment):
    filed = file(comment, clause="LAW", facts="Section 3.", notice=Notice(" Ines Marlow ", "Ines@Bücher.example", True))
    view = report(filed.report_id)
    assert (view.notice_name, view.notice_email) == ("Ines Marlow", "ines@xn--bcher-kva.example")
    assert (view.language, view.edition_id, view.facts) == ("en", comment.thread.edition_id, "Section 3.")
    assert report(filed.report_id + 1) is None


def test_after_an_answer_the_same_text_is_not_reported_again_but_a_changed_one_is(comment):
    reader = known()
    file(comment, reader)
    settle_reports(comment_id=comment.pk, upheld=False, now=clock.now())
    assert refused(file, comment, reader) == "answered"
    Comment.objects.filter(pk=comment.pk).update(version=2)
    file(comment, reader)
    assert [view.state for view in reports_by(reader.pk)] == ["open", "rejected"]
    assert reports_by(known().pk) == []


def test_one_account_can_not_report_without_end(article):
    reader, now = known(), clock.now()
    comments = [visible_comment(article, make_reader(), f"Number {number}") for number in range(22)]
    codes = []
    for one in comments:
        try:
            file(one, reader, now=now)
        except Refused as caught:
            codes.append(caught.refusal.code)
    assert codes == ["too-often"] * 2


@pytest.mark.row("ACC-07", "ACC-10")
def test_reports_are_exported_and_erased_and_words_end_half_a_year_after_the_answer(article, comment):
    reader, now = known(email="ada@mail.example"), clock.now()
    own = next(one for one in holdings() if one.name == "discussion.reports")
    file(comment, reader, facts="Quillwort says so.")
    file(comment, facts="Section 3.", clause="LAW", notice=Notice("Ada", "ada@mail.example", good_faith=True))
    file(comment, facts="Another's.", clause="LAW", notice=Notice("Bo", "bo@mail.example", good_faith=True))
    assert [(row.get("text"), row.get("email")) for row in own.rows(reader.pk)] == [
        ("Quillwort says so.", ""), ("Section 3.", "ada@mail.example"),
    ]  # fmt: skip
    settle_reports(comment_id=comment.pk, upheld=True, now=now)
    assert list(own.rows(reader.pk))[-1] == {"reports_right": 1, "reports_wrong": 0}
    purge_reports(now=now + REPORT_WORDS_KEPT - timedelta(seconds=1))
    assert Report.objects.exclude(facts="").count() == 3
    assert purge_reports(now=now + REPORT_WORDS_KEPT) == 3
    assert purge_reports(now=now + REPORT_WORDS_KEPT) == 0
    assert not Report.objects.exclude(facts="", notice_name="", notice_email="").exists()
    other = visible_comment(article, make_reader(), "I like the mayor.")
    file(other, reader, facts="Quillwort.")
    file(other, reader, clause="LAW", facts="Section 4.", notice=Notice("Ada", "ada@mail.example", good_faith=True))
    while own.erase(reader.pk):
        pass
    assert list(own.rows(reader.pk)) == []
    assert list(Report.objects.filter(comment=other).order_by("pk").values_list("facts", "notice_email")) == [
        ("", ""), ("Section 4.", ""),
    ]  # fmt: skip
    purge_reports(now=now + 10 * YEAR)
    assert Report.objects.filter(facts="Section 4.").exists(), "what waits for its answer is still to be read"


class Reported(RuleBasedStateMachine):
    """Two readers report, take back and report again while a person answers and the author edits."""

    article = None

    def __init__(self) -> None:
        super().__init__()
        self.readers = [known(), known()]
        self.comment = visible_comment(self.article, make_reader(), "The mayor of Orrel is a fool.")
        self.version = 1
        self.open: set[int] = set()
        self.answered: set[tuple[int, int]] = set()
        self.learned = {0: [0, 0], 1: [0, 0]}

    @rule(who=st.integers(0, 1))
    def report(self, who):
        now = clock.now() + timedelta(days=len(self.answered) + self.version)  # no limit is meant here
        try:
            file(self.comment, self.readers[who], now=now)
        except Refused as caught:
            assert caught.refusal.code in {"answered", "too-often"}
            assert (who, self.version) in self.answered or caught.refusal.code == "too-often"
        else:
            assert (who, self.version) not in self.answered or who in self.open
            self.open.add(who)

    @rule(who=st.integers(0, 1))
    def retract(self, who):
        values = {"comment_id": self.comment.pk, "reporter_id": self.readers[who].pk, "now": clock.now()}
        if who in self.open:
            retract_report(**values)
            self.open.remove(who)
        else:
            assert refused(retract_report, **values) == "no-report"

    @rule(upheld=st.booleans())
    def settle(self, upheld):
        settled = settle_reports(comment_id=self.comment.pk, upheld=upheld, now=clock.now())
        assert len(settled) == len(self.open)
        for who in self.open:
            self.learned[who][0 if upheld else 1] += 1
            version = Report.objects.filter(reporter=self.readers[who]).order_by("-answered_at").first().version
            self.answered.add((who, version))
        self.open.clear()

    @rule()
    def edit(self):
        self.version += 1
        Comment.objects.filter(pk=self.comment.pk).update(version=self.version)

    @invariant()
    def only_what_waits_counts_and_each_once(self):
        rows = Report.objects.filter(comment=self.comment, state="open")
        assert sorted(rows.values_list("reporter_id", flat=True)) == sorted(self.readers[who].pk for who in self.open)
        weights = sorted(rows.values_list("weight", flat=True), reverse=True)
        expected = sum(each * FURTHER**place for place, each in enumerate(weights))
        assert pressure_on(self.comment.pk) == pytest.approx(expected)

    @invariant()
    def the_comment_stands_and_what_was_learned_is_what_was_answered(self):
        assert Comment.objects.get(pk=self.comment.pk).state == "visible"
        for who, (right, wrong) in self.learned.items():
            row = ReporterWeight.objects.filter(reader=self.readers[who]).first()
            assert (row.upheld if row else 0) == pytest.approx(right, abs=0.1)
            assert (row.rejected if row else 0) == pytest.approx(wrong, abs=0.1)


def test_reports_in_any_order(article):
    Reported.article = article
    run_state_machine_as_test(Reported, settings=settings(max_examples=12, stateful_step_count=15))


@pytest.mark.django_db(transaction=True)
def test_sent_many_times_at_once_it_is_one_report(comment):
    reader = known()
    filed = at_once(*[lambda: file(comment, reader).number for _time in range(4)])
    assert len(set(filed)) == 1
    assert Report.objects.count() == 1
