"""A trial whose process is killed goes on in the next one and says what it would have said (STD-06)."""

import time

import pytest

from broadsheet.discussion.engines.judges import forget_senses
from broadsheet.kernel import clock
from broadsheet.moderation.actions import carry_on_trials as trials
from broadsheet.moderation.actions.carry_on_trials import carry_on_trials
from broadsheet.moderation.models import Trial, TrialRow
from tests.moderation.actions.test_trials import OFF, approved, deleted, drafted, ordered
from tests.notifications.sending import child, kill

pytestmark = [pytest.mark.row("STD-06"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def by_lists(settings):
    """A judge of rules and lists alone: a model in a forked process may not wake up again."""
    settings.JUDGE_MODEL = False
    forget_senses()
    yield
    forget_senses()


def test_a_killed_trial_is_taken_up_by_another_process(article, reader, by_lists, monkeypatch):
    monkeypatch.setattr(trials, "PORTION", 2)
    deleted(article, reader, [f"What a shit idea, number {n}." for n in range(30)])
    approved(article, reader, [f"A fine day by the sea, number {n}." for n in range(10)])
    drafted(article, OFF)
    number = ordered(article)
    kills = 0
    while Trial.objects.filter(pk=number, state="open").exists() and kills < 3:
        before = Trial.objects.get(pk=number).done
        process = child(lambda: carry_on_trials(now=clock.now, seconds=60, pause=lambda _took: time.sleep(0.05)))
        for _look in range(3000):
            if Trial.objects.get(pk=number).done > before or Trial.objects.get(pk=number).state != "open":
                break
            time.sleep(0.01)
        kill(process)
        kills += 1
    assert kills > 1
    assert carry_on_trials(now=clock.now, seconds=600) == 0
    found = Trial.objects.get(pk=number)
    assert (found.state, found.done, found.total) == ("done", 40, 40)
    assert found.result["judged"] == 40
    assert found.result["clauses"]["PROFANITY"]["before"]["hits"] == 30
    assert found.result["clauses"]["PROFANITY"]["after"]["hits"] == 0
    assert found.result["flipped"] == 30
    assert found.result["refusal"] == "worse"
    assert not TrialRow.objects.exists()
