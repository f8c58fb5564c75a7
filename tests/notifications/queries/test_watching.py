"""Those who watch over the paper see how the mail stands: `/health`, `/metrics`, `broadsheet check`."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client

from broadsheet.config.inspection import mail
from broadsheet.kernel import clock, heartbeat
from broadsheet.kernel.models import Heartbeat
from broadsheet.notifications.models import Message, State
from tests.notifications.sending import queue, send

pytestmark = [pytest.mark.row("NOT-03", "OPS-03"), pytest.mark.django_db]


def codes() -> set[str]:
    return {finding.code for finding in mail.look()}


def health() -> tuple[int, dict]:
    answer = Client(headers={"host": "localhost"}).get("/health")
    return answer.status_code, json.loads(answer.content)["mail"]


@pytest.fixture
def served(settings) -> None:
    settings.MAIL_SERVER = "mail.courier.example"


def test_without_a_mail_server_the_check_says_that_mail_waits(settings):
    settings.MAIL_SERVER = ""
    queue()
    Message.objects.update(due_at=clock.now() - timedelta(days=1))
    assert codes() == {"no-mail"}
    assert "1 mails wait" in next(mail.look()).why
    assert health()[0] == 200
    (django_settings.DATA / "demo").touch()
    try:
        assert "no-mail" not in codes()
    finally:
        (django_settings.DATA / "demo").unlink()


def test_all_is_well_where_nothing_waits(served):
    assert codes() == set()
    assert health() == (200, {"ok": True})


def seen(ago: timedelta) -> None:
    """Let the sender have given a sign of life so long ago."""
    Heartbeat.objects.update_or_create(name="mail", defaults={"at": clock.now() - ago})


@pytest.mark.row("ACC-03")
def test_nobody_learns_from_it_that_a_mail_is_on_its_way(served):
    seen(timedelta(0))
    before = Client(headers={"host": "localhost"}).get("/health").json()
    for state in (State.DUE, State.DEAD, State.UNANSWERED):
        queue(state)
        ended = None if state == State.DUE else clock.now()
        Message.objects.filter(key=state).update(state=state, ended_at=ended, failing_since=clock.now())
    after = Client(headers={"host": "localhost"}).get("/health").json()
    for answer in (before, after):
        answer["database"].pop("ms")
        answer["disk"].pop("free_bytes")
    assert after == before


def test_mail_that_nobody_sends_is_a_fault(served):
    queue()
    Message.objects.update(due_at=clock.now() - timedelta(minutes=11))
    assert codes() == {"mail-waits"}
    status, part = health()
    assert (status, part["ok"]) == (503, False)
    assert "broadsheet serve" in part["why"]


@pytest.mark.parametrize(("ago", "status"), [(timedelta(minutes=9), 200), (timedelta(minutes=11), 503)])
@pytest.mark.parametrize("failing", [True, False])
def test_a_long_queue_is_no_fault_but_a_silent_sender_is(served, ago, status, failing):
    then = clock.now() - timedelta(hours=1)
    for number in range(3):
        queue(str(number))
    Message.objects.update(due_at=then)
    if failing:
        Message.objects.filter(key="0").update(failing_since=then, failed_with="450", attempts=3)
    seen(ago)
    assert health()[0] == status
    metrics = Client(headers={"host": "localhost"}).get("/metrics").content.decode()
    assert "broadsheet_mail_waiting 3.0" in metrics
    assert f"broadsheet_mail_failing {int(failing)}.0" in metrics
    late = float(re.search(r"^broadsheet_mail_late_seconds (\S+)$", metrics, re.MULTILINE)[1])
    assert late == pytest.approx(3600, abs=60)


@pytest.mark.django_db(transaction=True)
def test_a_sender_is_at_work_while_its_server_is_down(served, settings, monkeypatch):
    monkeypatch.setattr(heartbeat, "_last", {})
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    queue()
    Message.objects.update(due_at=clock.now() - timedelta(hours=1))
    seen(timedelta(hours=1))
    sender = send()
    assert Message.objects.get().failed_with
    assert health()[0] == 200
    seen(timedelta(hours=1))
    monkeypatch.setattr(heartbeat, "_last", {})
    send(sender)  # pausing
    assert health()[0] == 200


def test_a_mail_server_that_is_down_is_told_but_no_fault_of_this_process(served):
    queue()
    then = clock.now() - timedelta(minutes=11)
    Message.objects.update(due_at=then, failing_since=then, failed_with="ConnectionRefusedError", attempts=4)
    seen(timedelta(0))
    assert codes() == {"mail-waits"}
    assert "ConnectionRefusedError" in next(mail.look()).why
    assert health()[0] == 200


def test_dead_and_unanswered_mail_is_told(served):
    for key, state in (("a", State.DEAD), ("b", State.UNANSWERED)):
        queue(key)
        Message.objects.filter(key=key).update(state=state, ended_at=clock.now())
    assert codes() == {"dead-mail", "unanswered-mail"}
    told = Client(headers={"host": "localhost"}).get("/metrics").content.decode()
    assert "broadsheet_mail_dead 1.0" in told
    assert "broadsheet_mail_unanswered 1.0" in told
    assert "broadsheet_mail_waiting 0.0" in told
