"""A decision found wrong teaches nothing in favour of who reported the comment (DIS-05, MOD-07)."""

import pytest

from broadsheet.discussion.actions.report_comment import report_comment
from broadsheet.discussion.actions.settle_reports import settle_reports, turn_reports
from broadsheet.discussion.models import ReporterWeight
from broadsheet.discussion.queries.reports import reports_about
from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.rules.decisions import Measure
from tests.factories import newsroom as make
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_actor, make_decision, visible_comment

pytestmark = [pytest.mark.row("DIS-05", "MOD-07"), pytest.mark.django_db]


def test_reports_upheld_by_a_decision_that_is_undone_stand_rejected(db):
    author, reporter, now = make_reader(), make_reader(), clock.now()
    edition = make.make_edition(name="The Tide", moderators_address="mods@tide.example")
    comment = visible_comment(make.make_article(make.make_section(edition)), author)
    report_comment(comment_id=comment.pk, reporter_id=reporter.pk, clause="INSULT", edition_id=edition.pk, now=now)
    made = decide(decision=make_decision(author, comment, measures=(Measure.REMOVE,), now=now), now=now)
    settle_reports(comment_id=comment.pk, upheld=True, now=now)
    undo(decision_id=made.decision_id, by=make_actor(), now=clock.now())
    deliver_due()
    assert [view.state for view in reports_about(comment.pk)] == ["rejected"]
    row = ReporterWeight.objects.get()
    assert (row.upheld, row.rejected) == (pytest.approx(0, abs=0.01), pytest.approx(1, abs=0.01))
    assert turn_reports(comment_id=comment.pk, answered_at=now, now=clock.now()) == []
