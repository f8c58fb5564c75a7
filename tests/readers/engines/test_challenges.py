"""The captcha's two ways: signed, for one form, within ten minutes, once; and how passwords are kept."""

import base64
import json
from datetime import timedelta

import altcha
import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kernel import clock
from broadsheet.readers.actions.spend_challenge import purge_spent, spend_challenge
from broadsheet.readers.engines import challenges, questions
from broadsheet.readers.engines.hashing import Argon2id
from broadsheet.readers.models import SpentChallenge
from tests.at_once import at_once

pytestmark = pytest.mark.row("ACC-01")


def solve(form: str = "register", work: int = 0) -> tuple[dict, str]:
    challenge = challenges.make_challenge(form, clock.now(), work)
    there = altcha.Challenge.from_dict(challenge)
    return challenge, altcha.Payload(there, altcha.solve_challenge(there)).to_base64()


def test_a_solution_serves_the_form_it_was_made_for():
    _challenge, payload = solve()
    assert challenges.solved_challenge(payload, "register", clock.now()) is not None
    assert challenges.solved_challenge(payload, "login", clock.now()) is None


def test_a_challenge_ends_within_ten_minutes():
    challenge, payload = solve()
    ends = challenge["parameters"]["expiresAt"] - clock.now().timestamp()
    assert 0 < ends <= 600
    assert challenges.solved_challenge(payload, "register", clock.now() + timedelta(minutes=10, seconds=1)) is None


@pytest.mark.parametrize("name", ["expiresAt", "data", "cost", "keyPrefix", "keySignature", "nonce"])
def test_what_is_signed_can_t_be_changed(name):
    _challenge, payload = solve()
    told = json.loads(base64.b64decode(payload))
    forged = {
        "expiresAt": 9_999_999_999,
        "data": {"form": "login", "work": 2},
        "cost": 1,
        "keyPrefix": "",
        "keySignature": "",
        "nonce": "00" * 16,
    }
    told["challenge"]["parameters"][name] = forged[name]
    again = base64.b64encode(json.dumps(told).encode()).decode()
    for form in ("register", "login"):
        assert challenges.solved_challenge(again, form, clock.now()) is None


def test_the_work_has_an_upper_end():
    """The counter is chosen by the site: a slow phone (0.15 million rounds a second) is done within seconds."""
    for tries, seconds in zip(challenges.TRIES, (3, 4, 6), strict=True):
        assert max(tries) * challenges.ROUNDS <= seconds * 150_000
    assert [min(tries) * challenges.ROUNDS for tries in challenges.TRIES] == [100_000, 400_000, 600_000]


def test_less_work_than_is_asked_for_is_no_solution_and_more_is():
    payload = solve("login", work=1)[1]
    assert [bool(challenges.solved_challenge(payload, "login", clock.now(), work)) for work in range(3)] == [
        True, True, False,
    ]  # fmt: skip


def test_a_form_can_be_sent_for_twelve_hours():
    shown = clock.now()
    mark = challenges.opened_at(shown)
    assert challenges.open_since(mark, shown + timedelta(hours=11, minutes=59)) is not None
    assert challenges.open_since(mark, shown + timedelta(hours=12)) is None


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: base64.b64encode(raw).decode()))
def test_whatever_a_stranger_sends_is_no_solution(payload):
    assert challenges.solved_challenge(payload, "register", clock.now()) is None
    assert challenges.answered_question(payload, payload, "register", clock.now()) is None
    assert challenges.open_since(payload, clock.now()) is None


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.dictionaries(st.sampled_from(
    ["challenge", "parameters", "solution", "counter", "signature", "data", "expiresAt", "derivedKey"]), inner, max_size=4), max_leaves=8))  # fmt: skip
def test_hostile_json_is_no_solution(told):
    payload = base64.b64encode(json.dumps(told).encode()).decode()
    assert challenges.solved_challenge(payload, "register", clock.now()) is None


@pytest.mark.django_db
def test_what_was_solved_is_spent_once_and_forgotten_when_it_has_expired(monkeypatch):
    spendable = challenges.solved_challenge(solve()[1], "register", clock.now())
    assert spend_challenge(solved=spendable)
    assert not spend_challenge(solved=spendable)
    assert purge_spent() == 0
    ends = spendable.expires_at
    monkeypatch.setattr(clock, "now", lambda: ends)
    assert purge_spent() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_who_spend_it_at_once_one_does():
    spendable = challenges.solved_challenge(solve()[1], "register", clock.now())
    assert at_once(*[lambda: spend_challenge(solved=spendable)] * 4).count(True) == 1
    assert SpentChallenge.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "fr", "ar", "fr-ca", "xx"])
def test_questions_are_asked_in_the_page_s_language_and_answered_as_people_write(language):
    for _number in range(8):
        asked = challenges.ask("register", language, clock.now())
        question = questions.known(signing.loads(asked.token, salt="broadsheet.readers.question")["key"])
        assert question.text == asked.text
        assert question.key.startswith({"fr-ca": "fr", "xx": "en"}.get(language, language) + ":")
        for answer in question.answers:
            for said in (answer, answer.upper(), f"  {answer}. "):
                assert challenges.answered_question(asked.token, said, "register", clock.now())
        assert not challenges.answered_question(asked.token, "", "register", clock.now())
        assert not challenges.answered_question(asked.token, question.answers[0], "login", clock.now())
        late = clock.now() + timedelta(minutes=10, seconds=1)
        assert not challenges.answered_question(asked.token, question.answers[0], "register", late)


def test_a_paper_adds_questions_of_its_own(settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "sw.json").write_text('[{"question": "Andika neno bandari.", "answers": ["bandari"]}]')
    (tmp_path / "questions" / "xy.json").write_text("no questions")
    questions._questions.cache_clear()
    try:
        assert challenges.ask("register", "sw", clock.now()).text == "Andika neno bandari."
        assert questions.draw("xy").key.startswith("en:")
    finally:
        questions._questions.cache_clear()


@pytest.mark.row("ACC-02")
def test_passwords_are_kept_whole_in_one_form_and_old_hashes_are_renewed():
    hasher = Argon2id()
    long = "seven lanterns " * 17
    kept = hasher.encode(long, "saltsaltsaltsalt")
    assert kept.startswith("argon2$argon2id$")
    assert hasher.verify(long, kept)
    assert not hasher.verify(long[:-1], kept)
    assert not hasher.verify(long.upper(), kept)
    assert hasher.verify("Ｓｉｅｂｅｎ Laternen é", hasher.encode("Sieben Laternen e\u0301", "saltsaltsaltsalt"))
    from django.contrib.auth.hashers import Argon2PasswordHasher, ScryptPasswordHasher, check_password

    renewed: list[str] = []
    for old in (ScryptPasswordHasher(), Argon2PasswordHasher()):
        assert check_password("seven lanterns", old.encode("seven lanterns", "saltsaltsaltsalt"), renewed.append)
    assert len(renewed) == 2


@pytest.mark.slow
@pytest.mark.row("ACC-02")
def test_a_hash_costs_what_guidance_asks_for_at_least():
    """OWASP's password storage guidance: Argon2id with 46 MiB and one pass, or more."""
    assert (Argon2id.memory_cost, Argon2id.time_cost, Argon2id.parallelism) >= (46 * 1024, 1, 1)
