"""The public reads what was decided, in numbers, by edition and month (MOD-11)."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from broadsheet.discussion.models import CommentMonth
from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.rules.decisions import Measure, Noticed, Source
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_actor, make_approval, make_decision, visible_comment
from tests.factories.policies import put_in_force

pytestmark = [pytest.mark.row("MOD-11"), pytest.mark.django_db]
NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def figures(page, section: str) -> dict[str, str]:
    """Return the figures of a section by their labels, without what explains them."""
    rows = page.all(f"table[aria-labelledby={section}] tbody tr")
    return {row.th.find(string=True, recursive=False).strip(): row.td.get_text().strip() for row in rows}


@pytest.fixture
def decided(paper):
    """What was decided in October: by a program and by a notice one each, that one undone, and an approval."""
    then, ana = NOW - timedelta(days=40), make_reader("ana@mail.example", display_name="Ana Harrow")
    comments = [visible_comment(paper.articles["news"], ana) for _number in range(3)]
    values = {"now": then, "waiting_since": then - timedelta(minutes=30)}
    marked, notice = Noticed(detectors=("encoder",)), Noticed(Source.NOTICE)
    both = (Measure.REMOVE, Measure.WARN)
    decide(decision=make_decision(ana, comments[0], measures=both, noticed=marked, now=then), **values)
    wrong = decide(
        decision=make_decision(ana, comments[1], measures=(Measure.REMOVE,), noticed=notice, now=then), **values
    )
    decide(decision=make_approval(ana, comments[2]), **values)
    CommentMonth.objects.create(edition_id=paper.edition.pk, month=f"{then:%Y-%m}-01", posted=1234, held=34)
    return wrong


def test_the_newest_month_that_is_over_stands_at_the_address_with_each_number_explained(decided, read):
    page = read("/accountability/")
    assert page.one("h1").get_text() == "Accountability"
    assert "October 2026" in page.words(".account-month")
    assert "not over" not in page.words(".page-head")
    assert figures(page, "comments") == {
        "Comments posted": "1\u202f234", "Seen at once": "1\u202f200", "Waited for a person first": "34",
    }  # fmt: skip
    assert figures(page, "decisions") == {
        "Decisions that restricted something": "2", "Comment deleted": "2", "Author warned": "1",
        "Comments found to break no clause": "1", "Half of what waited was decided within": "30 minutes",
    }  # fmt: skip
    light = figures(page, "came_to_light")
    assert (light["By a notice of illegal content"], light["By a program on our own servers"]) == ("1", "1")
    assert sum(int(number) for label, number in light.items() if not label.startswith("Of all")) == 2
    assert all(row.th.small is not None for row in page.all(".figures:not(.clauses) tbody tr"))
    assert "No letter came." in page.words("main")
    for name in ("Ana", "Harrow", "ana@mail.example", "Ines", "mayor"):
        assert name not in page.text
    assert page.one('link[rel="canonical"]')["href"].endswith("/accountability/")
    assert page.one('meta[name="robots"]')["content"] != "noindex"


def test_a_month_stands_at_its_own_address_with_the_way_to_the_others(decided, read):
    page = read("/accountability/2026/10/")
    assert page.one('link[rel="canonical"]')["href"].endswith("/accountability/2026/10/")
    assert [link["href"] for link in page.all(".account-ways a")] == ["/accountability/2026/11/"]
    assert [link["href"] for link in page.all(".account-months a")] == [
        "/accountability/2026/11/",
        "/accountability/2026/10/",
    ]
    assert page.one(".account-months [aria-current]")["href"] == "/accountability/2026/10/"
    running = read("/accountability/2026/11/")
    assert "This month is not over" in running.words(".page-head")
    assert "So far nobody has commented" in running.words(".nothing")
    for path in ("2026/09/", "2026/12/", "2026/13/", "2026/00/", "1999/01/"):
        read(f"/accountability/{path}", status=404)
        read(f"/accountability/{path}figures.csv", status=404)


def test_clauses_lead_to_where_they_stand(decided, paper, read):
    assert not read("/accountability/").all(".clauses a"), "no standards are in force"
    put_in_force(paper.edition, "standards")
    link = read("/accountability/2026/10/").one(".clauses a")
    assert link["href"] == "/standards/#INSULT"
    cells = [cell.get_text() for cell in read("/accountability/").all(".clauses td")]
    assert cells == ["2", "1", "0"]
    assert "/accountability/" in [one["href"] for one in read("/standards/").all("main a")]


def test_each_edition_tells_its_own_in_its_language(decided, read):
    french = read("/fr/accountability/")
    assert french.one("html")["lang"] == "fr"
    assert "novembre 2026" in french.words(".account-month")
    assert read("/ar/accountability/").one("html")["dir"] == "rtl"
    there = {one["hreflang"] for one in read("/accountability/").all("link[hreflang]")}
    assert there == {"en", "fr", "ar", "x-default"}
    assert not read("/accountability/2026/10/").all("link[hreflang]"), "of October the others tell nothing"
    read("/fr/accountability/2026/10/", status=404)
    assert {one["hreflang"] for one in read("/fr/accountability/2026/11/").all("link[hreflang]")} == there


def test_the_figures_can_be_worked_with(decided, paper, client):
    answer = client.get("/accountability/2026/10/figures.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"] == 'attachment; filename="accountability-en-2026-10.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    found = {(row["section"], row["item"], row["clause"]): row["count"] or row["seconds"] for row in rows}
    assert found["decisions", "restricting", ""] == "2"
    assert found["decisions", "waited_seconds", ""] == "1800"
    assert found["clauses", "remove", "INSULT"] == "2"
    told = json.loads(client.get("/accountability/2026/10/figures.json").content)
    assert (told["edition"], told["from"], told["complete"]) == ("en", "2026-10", True)
    assert told["figures"]["decisions"]["waited_seconds"] == 1800
    assert told["figures"]["came_to_light"]["notice"] == 1
    assert told["clauses"][0]["clause"] == "INSULT"
    assert json.loads(client.get("/accountability/2026/11/figures.json").content)["complete"] is False


def test_a_decision_of_a_month_that_is_found_wrong_later_purges_and_changes_its_page(decided, read):
    assert figures(read("/accountability/2026/10/"), "found_wrong") == {}
    undo(decision_id=decided.decision_id, by=make_actor(), now=NOW - timedelta(days=15))
    keys = FactRecord.objects.filter(name="DecisionUndone").values_list("keys", flat=True).get()
    assert keys == ["accountability:en:2026-10"]
    changed = figures(read("/accountability/2026/10/"), "found_wrong")
    assert changed["By the moderators themselves"] == "1"


def test_everybody_gets_the_same_and_it_is_linked_and_listed(decided, read):
    person = Client()
    person.force_login(make_reader())
    assert person.get("/accountability/").content == Client().get("/accountability/").content
    assert not Client().get("/accountability/").cookies
    assert "/accountability/" in [one["href"] for one in read("/").all(".footer a")]
    assert "/fr/accountability/" in [one["href"] for one in read("/fr/").all(".footer a")]
    assert "/accountability/</" in Client().get("/sitemap/en/0.xml").content.decode()
    assert Client().post("/accountability/").status_code == 405
    assert Client().post("/accountability/2026/10/figures.csv").status_code == 405
