"""A clause that is overturned too often drops from hold to flag until a chief looks (MOD-10)."""

import pytest

from broadsheet.discussion.engines.judges import judge_comment
from broadsheet.kernel.facts import from_payload
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.lower_clauses import look_at_lowered, lower_overturned
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.models import AuditEntry, Lowering
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.newsroom.handlers.caches import forget_judging
from broadsheet.newsroom.queries.rulebooks import forget_rulebooks, rulebook_of
from broadsheet.notifications.actions.tell_of_clause import tell_chiefs
from broadsheet.notifications.models import Notice
from broadsheet.standards.learning.trial import holds
from broadsheet.standards.submission import Submission
from tests.factories.cases import make_moderator
from tests.factories.moderation import Cited, make_actor, make_decision
from tests.moderation.actions.test_trials import FOUL
from tests.moderation.views.conftest import sit  # noqa: F401 - a fixture

pytestmark = [pytest.mark.row("MOD-10"), pytest.mark.django_db]
MINORS = Cited("MINORS", "en", 3, 1, 1, "Harm to minors", "No.", "PROTECTION_OF_MINORS", (), "INCOMPATIBLE_CONTENT")


def decided(reader, now, *, wrong, right, clause=FOUL):
    """So many decisions under the clause, of which these were found wrong."""
    one, other = make_actor(), make_actor()
    for number in range(wrong + right):
        made = decide(decision=make_decision(reader, actor=one, measures=(Measure.WARN,), clauses=(clause,), now=now), now=now)  # fmt: skip
        if number < wrong:
            undo(decision_id=made.decision_id, by=other, now=now)


def outcome(edition_id):
    said = judge_comment(Submission("What a shit idea.", author="1", thread="1"), edition_id).verdict
    return said.outcome, {one.handling for one in said.findings if one.clause == "PROFANITY"}


def test_a_clause_overturned_too_often_flags_in_every_process_until_a_chief_has_looked(article, reader, later, sit):  # noqa: F811
    edition, chief = article.edition_id, make_moderator(chief=True)
    decided(reader, later.base, wrong=6, right=13)
    later.pass_(minutes=1)
    assert lower_overturned(now=later.base + later.ahead) == 0, "nineteen say too little"
    decided(reader, later.base, wrong=1, right=0)
    assert outcome(edition) == ("hold", {"hold"})
    assert lower_overturned(now=later.base + later.ahead) == 1
    assert lower_overturned(now=later.base + later.ahead) == 0
    assert outcome(edition)[1] == {"hold"}, "this process hasn't heard of it"
    record = FactRecord.objects.filter(name="RulebookChanged").latest("pk")
    forget_judging(from_payload(record.name, record.payload), record.pk)
    assert outcome(edition) == ("flag", {"flag"})
    assert FactRecord.objects.filter(name="ClauseLowered").count() == 1
    desk = sit(chief)
    page = " ".join(desk.get("/editor/moderation/").content.decode().split())
    assert "Of 20 decisions under “Offensive language” in 30 days, 7 were found wrong." in page
    assert "It only flags since then" in page
    number = Lowering.objects.get().pk
    assert desk.post(f"/editor/moderation/standards/lowered/{number}/looked/").status_code == 302
    forget_rulebooks()
    assert outcome(edition) == ("hold", {"hold"})
    assert not look_at_lowered(lowering_id=number, by_id=chief.reader_id, now=later.base)
    assert AuditEntry.objects.filter(action="clause-looked-at").count() == 1
    later.pass_(hours=1)
    now = later.base + later.ahead
    assert lower_overturned(now=now) == 0, "what was decided before the look counts no more"
    decided(reader, now, wrong=19, right=0)
    later.pass_(minutes=1)
    assert lower_overturned(now=later.base + later.ahead) == 0
    decided(reader, now, wrong=1, right=0)
    assert lower_overturned(now=later.base + later.ahead) == 1


def test_what_cannot_wait_on_the_page_holds_on_and_chiefs_are_told(article, reader, later, sit):  # noqa: F811
    decided(reader, later.base, wrong=20, right=0, clause=MINORS)
    later.pass_(minutes=1)
    assert lower_overturned(now=later.base + later.ahead) == 1
    forget_rulebooks()
    assert holds(rulebook_of(article.edition_id).judged, "MINORS")
    chief = make_moderator(chief=True)
    page = sit(chief).get("/editor/moderation/").content.decode()
    assert "It holds comments all the same" in page
    other = make_moderator()
    deliver_due()
    notices = list(Notice.objects.filter(kind="clause_lowered"))
    assert [one.reader_id for one in notices] == [chief.reader_id]
    tell_chiefs(told=from_payload("ClauseLowered", FactRecord.objects.get(name="ClauseLowered").payload))
    assert Notice.objects.filter(kind="clause_lowered").count() == 1
    bell = sit(chief).get("/accounts/notices/").content.decode()
    assert "Of 20 decisions under “Harm to minors” in 30 days, 20 were found wrong." in bell
    assert "Harm to minors" not in sit(other).get("/accounts/notices/").content.decode()
    assert "It holds comments all the same" not in sit().get("/editor/moderation/").content.decode()


def test_a_clause_that_never_held_is_left_alone(article, reader, later):
    clause = Cited("OFFTOPIC", "en", 3, 1, 1, "Off topic", "No.", "OTHER_VIOLATION_TC", (), "INCOMPATIBLE_CONTENT")
    decided(reader, later.base, wrong=20, right=0, clause=clause)
    later.pass_(minutes=1)
    assert lower_overturned(now=later.base + later.ahead) == 0
