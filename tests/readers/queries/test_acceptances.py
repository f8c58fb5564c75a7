"""The privacy gate: it stands before whoever hasn't acknowledged the version in force, and before nobody else."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from broadsheet.kernel.errors import Refused
from broadsheet.kernel.personal_data import holdings
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.readers.actions.accept_policy import accept, accept_at_entrance
from broadsheet.readers.models import Acceptance, Reader
from broadsheet.readers.queries.acceptances import accepted, gate_for, last_accepted
from tests.factories.newsroom import make_edition
from tests.factories.policies import make_version

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def reader(db: None) -> Reader:
    return Reader.objects.create_user("ines@reader.example", "a long enough password", display_name="Inês")


def gate(reader: Reader, code: str = "en", at: datetime = NOON) -> int | None:
    found = gate_for(reader_id=reader.pk, edition_code=code, now=at)
    return found.number if found else None


@pytest.mark.row("ACC-08")
def test_nobody_is_asked_where_nothing_is_published(reader: Reader) -> None:
    make_edition()
    assert gate(reader) is None
    assert gate(reader, "xx") is None


@pytest.mark.row("ACC-08")
def test_the_gate_asks_for_the_version_in_force_and_opens_once_it_is_acknowledged(reader: Reader) -> None:
    edition = make_edition()
    make_version(edition, number=1, at=NOON - HOUR)
    assert gate(reader) == 1
    accept(reader_id=reader.pk, edition_code="en", number=1, now=NOON)
    assert gate(reader) is None
    make_version(edition, number=2, at=NOON + HOUR)
    assert gate(reader) is None, "a version that isn't in force yet asks nobody"
    assert gate(reader, at=NOON + HOUR) == 2
    assert last_accepted(reader_id=reader.pk, edition_code="en", kind="privacy") == 1


@pytest.mark.row("ACC-09")
def test_each_entrance_records_what_its_page_says_is_accepted(reader: Reader) -> None:
    edition = make_edition()
    rows = {kind: make_version(edition, kind, 3, at=NOON - HOUR) for kind in ("privacy", "terms", "standards")}
    accept_at_entrance(reader_id=reader.pk, edition="en", way="registration", now=NOON)
    accept_at_entrance(reader_id=reader.pk, edition="en", way="login", now=NOON + HOUR)
    accept_at_entrance(reader_id=reader.pk, edition="en", way="social", now=NOON + 2 * HOUR)
    found = [(one.kind, one.way, one.at) for one in reversed(accepted(reader.pk))]
    assert found == [
        ("privacy", "registration", NOON), ("terms", "registration", NOON), ("standards", "registration", NOON),
        ("terms", "login", NOON + HOUR), ("standards", "login", NOON + HOUR),
        ("terms", "social", NOON + 2 * HOUR), ("standards", "social", NOON + 2 * HOUR),
    ]  # fmt: skip
    assert {(one.kind, one.version, one.digest, one.language, one.edition) for one in accepted(reader.pk)} == {
        (kind, 3, row.digest, "en", "en") for kind, row in rows.items()
    }


@pytest.mark.row("ACC-08")
def test_logging_in_opens_no_gate_and_registering_does_for_the_version_that_was_shown(reader: Reader) -> None:
    edition = make_edition()
    for kind in ("privacy", "terms", "standards"):
        make_version(edition, kind, at=NOON - HOUR)
    accept_at_entrance(reader_id=reader.pk, edition="en", way="login", now=NOON)
    assert gate(reader) == 1
    accept_at_entrance(reader_id=reader.pk, edition="en", way="social", now=NOON)
    assert gate(reader) == 1
    make_version(edition, number=2, at=NOON)
    for shown, asked in ((1, 2), (2, None)):
        other = Reader.objects.create_user(f"ida{shown}@reader.example", display_name="Ida")
        accept_at_entrance(reader_id=other.pk, edition="en", way="registration", now=NOON, privacy_shown=shown)
        assert gate(other) == asked
        kinds = set(Acceptance.objects.filter(reader=other).values_list("kind", flat=True))
        assert kinds >= {"terms", "standards"}


@pytest.mark.row("ACC-10")
def test_what_was_accepted_is_exported_and_erased(reader: Reader) -> None:
    make_version(make_edition(), at=NOON - HOUR)
    accept(reader_id=reader.pk, edition_code="en", number=1, now=NOON)
    holding = next(one for one in holdings() if one.name == "acceptances")
    (row,) = holding.rows(reader.pk)
    assert (row["kind"], row["version"], row["at"]) == ("privacy", 1, NOON.isoformat())
    json.dumps(row)
    assert holding.erase(reader.pk) == 1
    assert holding.erase(reader.pk) == 0
    assert not Acceptance.objects.exists()


class Gate(RuleBasedStateMachine):
    """Versions come into force, readers acknowledge, time goes on: the gate knows nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        forget_editions()  # the one of the example before was taken back
        self.edition = make_edition()
        self.reader = Reader.objects.create_user("g@reader.example")
        self.now = NOON
        self.versions: list[datetime] = []
        self.known = 0

    def in_force(self) -> int:
        return sum(at <= self.now for at in self.versions)

    @rule(hours=st.integers(0, 3))
    def publish(self, hours: int) -> None:
        at = max([self.now + hours * HOUR, *self.versions])
        self.versions.append(at)
        make_version(self.edition, number=len(self.versions), at=at)

    @rule(hours=st.integers(1, 3))
    def wait(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(number=st.integers(1, 6))
    def acknowledge(self, number: int) -> None:
        try:
            accept(reader_id=self.reader.pk, edition_code="en", number=number, now=self.now)
        except Refused:
            assert number != self.in_force()
        else:
            assert number == self.in_force()
            self.known = number

    @rule()
    def enter(self) -> None:
        accept_at_entrance(reader_id=self.reader.pk, edition="en", way="login", now=self.now)

    @invariant()
    def stands_before_whoever_has_not_acknowledged(self) -> None:
        expected = self.in_force() if self.in_force() > self.known else None
        assert gate(self.reader, at=self.now) == expected

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


@pytest.mark.row("ACC-08")
def test_the_gate_over_all_its_states(db: None) -> None:
    run_state_machine_as_test(Gate, settings=settings(max_examples=15, stateful_step_count=12, deadline=None))
