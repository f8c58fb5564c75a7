"""Chiefs see any time's figures, and take what authorities are owed; nobody else does (MOD-11)."""

import io
import json
import zipfile

import pytest
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.rules.decisions import Measure
from tests.factories.accounts import make_reader
from tests.factories.cases import make_moderator
from tests.factories.moderation import make_decision, visible_comment
from tests.moderation.views.conftest import seated

pytestmark = [pytest.mark.row("MOD-11", "MOD-12"), pytest.mark.django_db]
HERE = "/editor/moderation/accountability/"


@pytest.fixture
def month(article, reader):
    """The month in which something was decided, as its field writes it."""
    now = clock.now()
    comment = visible_comment(article, reader)
    decide(decision=make_decision(reader, comment, measures=(Measure.REMOVE,)), now=now)
    return f"{now:%Y-%m}"


def asked(month: str, last: str = "", edition: str = "en") -> dict[str, str]:
    return {"edition": edition, "first": month, "last": last or month}


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_chief_sees_the_figures_and_takes_statements_and_report(sit, month):
    chief = sit(make_moderator(chief=True))
    page = chief.get(HERE).content.decode()
    assert "Decisions that restricted something" in page
    assert "1 statement, one a line" in page
    told = chief.get(f"{HERE}statements/", asked(month))
    assert told["Content-Disposition"] == f'attachment; filename="statements-en-{month}-{month}.ndjson"'
    assert told.streaming
    (line,) = body(told).decode().splitlines()
    assert json.loads(line)["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
    batch = json.loads(body(chief.get(f"{HERE}statements/", {**asked(month), "batches": "1"})))
    assert batch == {"statements": [json.loads(line)]}
    report = body(chief.get(f"{HERE}report/", asked(month)))
    assert len(zipfile.ZipFile(io.BytesIO(report)).namelist()) == 11


def test_a_time_without_anything_says_so(sit, month):
    page = sit(make_moderator(chief=True)).get(HERE, asked("2020-01")).content.decode()
    assert "Nothing to tell" in page
    assert "No statement of this time restricts anything." in page


@pytest.mark.parametrize(
    ("wanted", "words"),
    [(asked("2026-11", "2026-10"), "before the first"), (asked("2024-01", "2026-11"), "more than two years"),
     (asked("November"), "Write the month as 2026-11."), (asked("2026-13"), "Write the month as 2026-11."),
     (asked("2026-11", edition="xx"), "xx")],
)  # fmt: skip
def test_a_time_that_is_none_is_refused_in_words_and_hands_nothing_out(sit, month, wanted, words):
    chief = sit(make_moderator(chief=True))
    answer = chief.get(HERE, wanted)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Decisions that restricted something" not in answer.content.decode()
    assert chief.get(f"{HERE}statements/", wanted).status_code == chief.get(f"{HERE}report/", wanted).status_code == 302


def test_nobody_else_sees_or_takes_anything(sit, month, article):
    visitor = Client(headers={"host": "localhost"})
    others = [
        visitor, seated(make_reader()), sit(make_moderator()), sit(make_moderator(editions=[article.edition_id + 1])),
        sit(make_moderator(editions=[article.edition_id])),
    ]  # fmt: skip
    for number, browser in enumerate(others):
        for path in (HERE, f"{HERE}statements/", f"{HERE}report/"):
            answer = browser.get(path, asked(month))
            assert answer.status_code in {302, 404}, (number, path)
            assert b"Decisions that restricted" not in body(answer)
            if answer.status_code == 302:
                assert "log" in answer["Location"], (number, path)
    chief = sit(make_moderator(chief=True))
    assert chief.post(HERE, asked(month)).status_code == 405
    page = sit(make_moderator()).get("/editor/moderation/").content.decode()
    assert "accountability/" not in page
