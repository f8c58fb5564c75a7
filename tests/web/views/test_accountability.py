"""The public reads what was decided, in numbers, by edition and month (MOD-11)."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.cache import cache

from broadsheet.kernel import clock
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.models import DecisionRow
from broadsheet.moderation.rules.decisions import Measure, Noticed, Source
from broadsheet.newsroom.models import EditionPage
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_actor, make_approval, make_decision, visible_comment

pytestmark = [pytest.mark.row("MOD-11"), pytest.mark.django_db]
# (to be filled below)


def figures(page, section: str) -> dict[str, str]:
    """Return the figures of a section by their labels, without what explains them."""
    found = {}
    for row in page.all(f"table[aria-labelledby={section}] tbody tr"):
        label = row.th.find(string=True, recursive=False).strip()
        found[label] = row.td.get_text().strip()
    return found


@pytest.fixture
def decided(paper):
    """Decisions of this month: by a program and a notice one each, one undone, one approval."""
    now, ana = clock.now(), make_reader("ana@mail.example", display_name="Ana Harrow")
    article = paper.articles["news"]
    comments = [visible_comment(article, ana) for _number in range(4)]
    waited = {"waiting_since": now - timedelta(minutes=30)}
    decide(decision=make_decision(ana, comments[0], measures=(Measure.REMOVE, Measure.WARN),
                                  noticed=Noticed(detectors=("encoder",))), now=now, **waited)  # fmt: skip
    wrong = decide(decision=make_decision(ana, comments[1], measures=(Measure.REMOVE,),
                                          noticed=Noticed(Source.NOTICE)), now=now, **waited)  # fmt: skip
    decide(decision=make_decision(ana, comments[2], measures=(Measure.REMOVE,)), now=now, **waited)
    decide(decision=make_approval(ana, comments[3]), now=now, **waited)
    undo(decision_id=wrong.decision_id, by=make_actor(), now=now)
    return now.astimezone(paper.edition and __import__("zoneinfo").ZoneInfo("Europe/London"))


def test_x(decided, read):
    page = read("/accountability/")
    print(page.words("main"))
    print(figures(page, "decisions"))
