"""Mail servers that hang, hang up or refuse some: the queue loses nothing, and nobody waits for another (NOT-03)."""

from collections import Counter

import pytest

from broadsheet.notifications.engines import smtp
from broadsheet.notifications.models import Message, State
from tests.notifications.rude_server import POINTS, rude
from tests.notifications.sending import let_time_pass, queue, send

pytestmark = [pytest.mark.row("NOT-02", "NOT-03"), pytest.mark.django_db(transaction=True)]
NOBODY_THERE = {"GREETING", "EHLO"}  # before the server knows who we are


@pytest.mark.parametrize("hangs", [False, True], ids=["hangs up", "hangs"])
@pytest.mark.parametrize("point", POINTS)
def test_what_a_server_leaves_lying_at_any_point_is_sent_by_the_next(paper, settings, monkeypatch, point, hangs):
    settings.EMAIL_TIMEOUT = 0.3
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.3)
    rows = [queue("one"), queue("two")]
    with rude(point, hangs=hangs) as server:
        settings.EMAIL_PORT = server.port
        send()
        assert server.whole == (2 if point == "END" else 0)
    states = list(Message.objects.order_by("pk").values_list("state", "attempts"))
    assert states == [(State.DUE, 1), (State.DUE, 0 if point in NOBODY_THERE else 1)], "not sent, not dead, not lost"
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = paper.port, 5
    let_time_pass()
    send()
    assert paper.count() == Counter(row.message_id for row in rows), "with the Message-ID of the first attempt"
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


def test_of_one_batch_some_are_refused_for_now_some_for_good_and_the_others_come(paper):
    refusals = {"RCPT later@reader.example": "452 4.2.2 Full", "RCPT never@reader.example": "550 5.1.1 Unknown"}
    paper.answer = refusals.get
    for key in ("a", "later", "b", "never", "c"):
        queue(key)
    send()
    assert dict(Message.objects.values_list("key", "state")) == {
        "a": State.SENT, "b": State.SENT, "c": State.SENT, "later": State.DUE, "never": State.DEAD,
    }  # fmt: skip
    assert paper.connections == 1
    paper.answer = lambda _command: None
    let_time_pass()
    send()
    assert [to.partition("@")[0] for _from, to in paper.envelopes] == ["a", "b", "c", "later"]
    assert set(paper.count().values()) == {1}
