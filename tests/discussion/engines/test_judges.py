"""The judge at work: by the edition's rulebook, within its time, and closed where it fails."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import numpy as np
import pytest
from django.test import Client

from broadsheet.discussion.engines import judges
from broadsheet.discussion.engines.judges import forget_senses, judge_comment, judge_state, rulebook_of, senses
from broadsheet.discussion.engines.nearby import Row, nearby
from broadsheet.kernel import clock
from broadsheet.newsroom.actions.draft_rulebook import begin_rulebook, update_rulebook_draft
from broadsheet.newsroom.actions.switch_rulebook import begin_shadow, switch_on_rulebook
from broadsheet.newsroom.queries.rulebooks import forget_rulebooks
from broadsheet.standards.clusters import Comment
from broadsheet.standards.detectors.encoder import reading_of
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.files, pytest.mark.django_db]
CLEAN = "The ferry timetable has improved a great deal since the spring, and I thank the harbour board for it."
INSULT = "You are a stupid idiot and a worthless moron."


@pytest.fixture
def edition(db):
    return make_edition(publisher="The Tide Press")


@pytest.fixture(autouse=True)
def _patience(settings):
    settings.JUDGE_SECONDS = 60  # a busy machine fails no test


@pytest.fixture
def fresh():
    """A process in which nothing was loaded yet, and afterwards again."""
    forget_senses()
    yield
    forget_senses()


def said(text, **more):
    return Submission(text, author="1", at=clock.now(), thread="1", **more)


def with_changes(edition, changes, act):
    draft = update_rulebook_draft(draft=begin_rulebook(edition_id=edition.pk), changes=changes, heads={}, why="To see.")
    act(draft)
    forget_rulebooks()


def clauses(judged):
    return {finding.clause for finding in judged.verdict.findings}


@pytest.mark.row("STD-03")
def test_a_comment_is_judged_with_all_that_is_kept_of_it(edition):
    judged = judge_comment(said(INSULT), edition.pk)
    assert "INSULT" in clauses(judged)
    assert judged.rulebook_number == 0
    assert judged.milliseconds > 0
    reading = reading_of(Seen(INSULT), senses().encoder)
    kept = np.frombuffer(judged.embedding, np.float16)
    assert np.abs(kept - reading.embedding).max() < 0.001
    assert judged.fingerprint == senses().fingerprinting.of(Seen(INSULT), said(INSULT))


def test_what_the_encoder_does_not_read_has_no_embedding(edition):
    french = "Les horaires du bac se sont beaucoup améliorés depuis le printemps, et j’en remercie le port."
    assert judge_comment(said(french, edition_language="fr"), edition.pk).embedding is None
    assert judge_comment(said("…"), edition.pk).embedding is None


@pytest.mark.row("STD-06")
def test_the_edition_s_live_rulebook_judges_and_no_other_edition_s(edition):
    other = make_edition("fr", at_root=False, publisher="La Marée")
    off = {"clauses/INSULT.toml": {"on": False}}
    with_changes(edition, off, lambda draft: switch_on_rulebook(version=draft, now=clock.now(), by_id=None))
    here, there = judge_comment(said(INSULT), edition.pk), judge_comment(said(INSULT), other.pk)
    assert (here.rulebook_number, there.rulebook_number) == (1, 0)
    assert "INSULT" not in clauses(here)
    assert "INSULT" in clauses(there)
    assert not rulebook_of(edition.pk).clauses["INSULT"].on


@pytest.mark.row("STD-06")
def test_a_rulebook_in_shadow_mode_judges_beside_and_decides_nothing(edition):
    before = judge_comment(said(INSULT), edition.pk)
    assert before.beside is None
    off = {f"clauses/{code}.toml": {"on": False} for code in ("INSULT", "RESPECT", "HATE", "PROFANITY", "TROLLING")}
    with_changes(edition, off, lambda draft: begin_shadow(draft=draft, now=clock.now()))
    judged = judge_comment(said(INSULT), edition.pk)
    assert judged.verdict == before.verdict
    assert (judged.beside.number, judged.beside.differs) == (1, True)
    assert not {one.clause for one in judged.beside.verdict.findings} & {"INSULT"}
    same = judge_comment(said(CLEAN), edition.pk)
    assert not same.beside.differs


@pytest.mark.row("STD-02")
def test_an_edition_whose_rulebook_cannot_be_read_has_its_comments_held(edition):
    judged = judge_comment(said(CLEAN), edition.pk + 1000)
    assert (judged.verdict.outcome, judged.verdict.not_scored) == ("not_scored", ("judge",))


class Slow:
    """A detector that takes its time, or fails."""

    name, version, cost, needs, languages = "slow", 1, 0, (), frozenset()
    clauses = {}

    def __init__(self, act):
        self.act = act

    def look(self, seen, submission, use):
        self.act()
        return iter(())


@pytest.fixture
def detector(monkeypatch, fresh):
    """Let a detector of one's own stand in for another: the senses are the process's own, with one sense more."""

    def put(act):
        loaded = Senses.load(None)
        detectors = {**loaded.detectors, "capitals": Slow(act)}
        monkeypatch.setattr(Senses, "load", classmethod(lambda cls, *model: cls(detectors)))

    return put


@pytest.mark.row("STD-02")
def test_a_comment_that_takes_too_long_is_held_and_the_next_one_is_judged(edition, detector, settings):
    settings.JUDGE_SECONDS = 0.2
    stop = threading.Event()
    waits = iter([lambda: stop.wait(20)])
    detector(lambda: next(waits, lambda: None)())
    senses()
    began = time.monotonic()
    judged = judge_comment(said(CLEAN), edition.pk)
    assert time.monotonic() - began < 10
    assert (judged.verdict.outcome, judged.verdict.not_scored) == ("not_scored", ("time",))
    settings.JUDGE_SECONDS = 60
    if settings.JUDGE_THREADS == 1:
        stop.set()
    assert judge_comment(said(CLEAN), edition.pk).verdict.outcome == "publish"
    state = judge_state()
    assert (state["failed"], state["failing"]) == ({"time": 1}, 0)  # one is no fault of the judge
    stop.set()


@pytest.mark.row("STD-02")
def test_a_detector_that_raises_has_the_comment_held(edition, detector, caplog):
    def fail():
        raise ValueError(CLEAN)

    detector(fail)
    assert judge_state()["failing"] == 0
    for _ in range(5):
        judge_comment(said(CLEAN), edition.pk)
    state = judge_state()
    assert (state["ok"], state["failing"], state["judged"], state["not_scored"]) == (True, 1, 5, 5)
    assert state["failed"] == {"slow": 5}
    told = json.loads(Client(headers={"host": "localhost"}).get("/health").content)["judge"]
    assert told == {"ok": True, "why": state["why"]}
    assert "detector" in told["why"]
    judged = judge_comment(said(CLEAN), edition.pk)
    assert judged.verdict.outcome == "not_scored"
    assert judged.fingerprint is not None
    assert CLEAN not in caplog.text


@pytest.mark.row("STD-02")
def test_senses_that_cannot_be_loaded_have_comments_held_and_are_tried_again_later(edition, fresh, monkeypatch):
    tries = []

    def load(*model):
        tries.append(model)
        raise OSError("no list")

    with monkeypatch.context() as patch:
        patch.setattr(Senses, "load", load)
        for _ in range(2):
            assert judge_comment(said(CLEAN), edition.pk).verdict.not_scored == ("judge",)
        assert len(tries) == 1
        assert "could not be loaded" in judge_state()["why"]
        patch.setattr(judges, "AGAIN", 0.0)
        judge_comment(said(CLEAN), edition.pk)
        assert len(tries) == 2
    monkeypatch.setattr(judges, "AGAIN", 0.0)
    assert judge_comment(said(CLEAN), edition.pk).verdict.outcome == "publish"


@pytest.mark.row("STD-02")
def test_a_missing_model_holds_what_it_should_have_read(edition, fresh, monkeypatch, tmp_path):
    real = Senses.load
    monkeypatch.setattr(Senses, "load", classmethod(lambda cls, *model: real(tmp_path)))
    assert judge_comment(said(CLEAN), edition.pk).verdict.outcome == "not_scored"
    assert "model is missing" in judge_state()["why"]


def test_without_the_model_rules_and_lists_judge(edition, fresh, settings):
    settings.JUDGE_MODEL = False
    judged = judge_comment(
        said("Buy cheap watches at https://watches.example/buy now!!! https://watches.example"), edition.pk
    )
    assert judged.verdict.outcome != "not_scored"
    assert judged.embedding is None
    assert senses().encoder is None


@pytest.mark.row("MOD-01")
def test_copies_by_others_are_neighbours_and_one_s_own_are_not(edition):
    now = clock.now()
    submission = said(CLEAN)
    fingerprint = judge_comment(submission, edition.pk).fingerprint
    own = [Row(n, Comment(f"o{n}", "1", "1", now - timedelta(minutes=n), fingerprint)) for n in (1, 2, 3)]
    nearby.take(own, now)
    assert not {"FLASHMOB", "SPAM"} & clauses(judge_comment(submission, edition.pk))
    others = [Row(n, Comment(f"c{n}", f"9{n}", "1", now - timedelta(minutes=n), fingerprint)) for n in range(10, 20)]
    nearby.take(others, now)
    assert "FLASHMOB" in clauses(judge_comment(submission, edition.pk))


def test_many_at_once_are_judged_alike(edition):
    texts = [CLEAN, INSULT] * 8
    alone = {text: judge_comment(said(text), edition.pk).verdict for text in (CLEAN, INSULT)}
    with ThreadPoolExecutor(8) as askers:  # the rulebook is remembered: no asker reads the database
        found = list(askers.map(lambda text: judge_comment(said(text), edition.pk).verdict, texts))
    assert [(one.outcome, one.findings) for one in found] == [(alone[t].outcome, alone[t].findings) for t in texts]
