"""What the newsroom hands on to authorities: statements in the EU's schema, and the report's ten tables (MOD-11)."""

import csv
import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from broadsheet.discussion.actions.report_comment import Notice, report_comment
from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.answer_letter import answer_letter
from broadsheet.moderation.actions.case_decisions import remove_case
from broadsheet.moderation.actions.claim_case import claim
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.purge import let_decisions_end, purge
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.models import DecisionRow
from broadsheet.moderation.queries import exports
from broadsheet.moderation.queries.cases import case_of_comment
from broadsheet.moderation.queries.exports import count_statements, statement_lines, statements
from broadsheet.moderation.queries.letters import open_letters
from broadsheet.moderation.queries.report import report_values, report_zip
from broadsheet.moderation.rules.decisions import Measure, Noticed, Role, Source
from broadsheet.newsroom.queries.editions import edition_by_code
from tests.factories.accounts import make_reader
from tests.factories.cases import BASIS, make_moderator
from tests.factories.moderation import LAW, make_actor, make_approval, make_decision, visible_comment

pytestmark = [pytest.mark.row("MOD-11"), pytest.mark.django_db]
DAY = timedelta(days=1)
PARTS = [
    "1_report_identification", "2_member_state_orders", "3_notices", "4_own_initiative_illegal_content",
    "5_own_initiative_terms", "6_complaints_disputes_suspensions", "7_automated_means", "8_human_resources",
    "9_active_recipients", "10_qualitative",
]  # fmt: skip


@pytest.fixture
def spans(article):
    now = clock.now()
    return [(edition_by_code("en"), now - DAY, now + DAY)]


@pytest.fixture
def validator(shared):
    schema = json.loads((shared / "audit/schemas/dsa-statement.schema.json").read_text())
    return Draft202012Validator(schema, format_checker=FormatChecker())


def test_each_statement_is_one_valid_line_with_the_puid_it_always_has(article, spans, validator, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    monkeypatch.setattr(exports, "BATCH", 3)
    author = make_reader("ines@mail.example", display_name="Ines Alder")
    made = [
        decide(decision=make_decision(author, visible_comment(article, author), measures=(Measure.REMOVE,),
                                      public_facts=f"Ines Alder of {number} was named."), now=clock.now())
        for number in range(5)
    ]  # fmt: skip
    decide(decision=make_decision(author, measures=(Measure.WARN,)), now=clock.now())  # restricts nothing
    undo(decision_id=made[4].decision_id, by=make_actor(), now=clock.now())
    lines = list(statement_lines(spans))
    assert [json.loads(line)["puid"] for line in lines] == [one.puid for one in made]
    assert all(not list(validator.iter_errors(json.loads(line))) for line in lines)
    for word in ("Ines", "Alder", "ines@mail", author.public_id, "Orrel", "/comment/"):
        assert word not in "".join(lines)
    batches = [json.loads(line)["statements"] for line in statement_lines(spans, batches=True)]
    assert [len(one) for one in batches] == [3, 2]
    assert [one for some in batches for one in some] == [json.loads(line) for line in lines]
    assert count_statements(spans) == 5
    let_decisions_end(reader_id=author.pk, now=clock.now())
    purge(now=clock.now() + 200 * DAY)
    assert list(statement_lines(spans)) == lines, "also when the words are erased"
    assert list(statements([(spans[0][0], spans[0][2], spans[0][2] + DAY)])) == []


def test_a_decision_that_a_notice_led_to_says_so(article, reader, validator, spans):
    comment = visible_comment(article, reader)
    notice = Notice(name="Ann", email="ann@harrow.example", good_faith=True)
    report_comment(
        comment_id=comment.pk, reporter_id=None, clause="LAW", facts="It defames the mayor.", notice=notice,
        edition_id=article.edition_id, now=clock.now(),
    )  # fmt: skip
    deliver_due()
    scope, case = make_moderator(), case_of_comment(comment.pk)
    claim(case_id=case.id, moderator_id=scope.reader_id, now=clock.now())
    later = clock.now() + timedelta(minutes=5)
    number = remove_case(case_id=case.id, by=scope.actor, basis=BASIS, version=1, now=later)
    (said,) = statements(spans)
    assert said["source_type"] == "SOURCE_ARTICLE_16"
    assert not list(validator.iter_errors(said))
    row = DecisionRow.objects.get(pk=number)
    assert row.source == Source.NOTICE
    assert 299 <= row.waited <= 301


def value(part, name):
    return next(row["value"] for row in part if row["indicator"] == name)


def test_the_report_has_ten_parts_whose_numbers_are_those_of_what_happened(article, reader, spans):
    now, month = clock.now(), clock.now().astimezone(spans[0][0].zone).date().replace(day=1)
    program, notice = Noticed(detectors=("encoder",)), Noticed(Source.NOTICE)
    comments = [visible_comment(article, reader) for _number in range(5)]

    def made(number, **fields):
        wanted = make_decision(reader, comments[number], **{"measures": (Measure.REMOVE,), **fields})
        return decide(decision=wanted, now=now, waiting_since=now - timedelta(hours=3))

    made(0, noticed=program)
    wrong = made(1, noticed=program)
    undo(decision_id=wrong.decision_id, by=make_actor(), now=now)
    made(2, noticed=notice, clauses=(LAW,), law="§ 1")
    made(3, measures=(Measure.BLOCK,))
    decide(decision=make_approval(reader, comments[4], noticed=program), now=now)
    receive_letter(written=Written("unlock_access", reader.public_id, "I was angry."), reader_id=reader.pk, edition="en",
                   language="en", now=now)  # fmt: skip
    answer_letter(letter_id=open_letters()[0].id, by=make_actor(Role.CHIEF), granted=False, reason="No.", now=now)
    deliver_due()
    make_moderator(editions=[article.edition_id])
    found = report_values([spans[0][0]], month, month, now)
    assert list(found) == PARTS
    assert value(found["1_report_identification"], "period_from") == f"{month:%Y-%m}"
    total, only = found["3_notices"]
    assert (total["actions_by_law"], total["actions_by_terms"], total["median_hours_to_action"]) == (1, 0, 3.0)
    assert (only["category"], only["actions_by_law"]) == ("STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", 1)
    assert found["4_own_initiative_illegal_content"] == []
    own = {row["restriction"]: row for row in found["5_own_initiative_terms"]}
    assert own["DECISION_VISIBILITY_CONTENT_REMOVED"] == {
        "category": "STATEMENT_CATEGORY_CYBER_VIOLENCE", "restriction": "DECISION_VISIBILITY_CONTENT_REMOVED", "number": 2,
        "detected_by_automated_means": 2, "reversed_since": 1,
    }  # fmt: skip
    assert own["DECISION_PROVISION_PARTIAL_SUSPENSION"]["number"] == 1
    complaints = found["6_complaints_disputes_suspensions"]
    assert (value(complaints, "complaints_received"), value(complaints, "complaints_decision_upheld")) == (1, 1)
    machines = found["7_automated_means"]
    assert value(machines, "decisions_fully_automated") == 0
    assert value(machines, "items_detected_by_automated_means") == 2
    assert value(machines, "error_rate") == round(2 / 3, 4), "one cleared and one reversed, of three"
    assert found["8_human_resources"][0]["moderators"] >= 1
    assert found["9_active_recipients"][0]["value"] is None


def test_the_archive_holds_each_part_as_a_table_and_all_as_json(article):
    edition = edition_by_code("en")
    made = report_zip([edition], date(2026, 1, 1), date(2026, 12, 1), clock.now())
    archive = zipfile.ZipFile(io.BytesIO(made))
    assert archive.namelist() == [*(f"{name}.csv" for name in PARTS), "report.json"]
    kept = json.loads(archive.read("report.json"))
    for name in PARTS:
        text = archive.read(f"{name}.csv").decode()
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert len(rows) == len(kept[name])
        assert "\r\n" in text
