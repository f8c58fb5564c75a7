"""The log finds any entry that is changed, missing, moved or cut off (MOD-09)."""

import pytest
from django.db import connection

from broadsheet.kernel import clock
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.models import AuditEntry, AuditPayload
from broadsheet.moderation.queries.audit import exported, verify

pytestmark = [pytest.mark.row("MOD-09"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _five() -> None:
    for number in range(5):
        write_audit(actor="reader:1", action="decide", subject=f"decision:{number}", payload={"n": number}, now=clock.now(),
                    reader_id=7)  # fmt: skip


def test_a_whole_log_has_no_fault():
    found = verify()
    assert (found.entries, found.faults) == (5, ())
    assert verify(seq=5, head=found.head).faults == ()
    assert [one["payload"]["n"] for one in exported()] == list(range(5))


@pytest.mark.parametrize("field", ["actor", "action", "subject", "payload_hash", "previous", "hash"])
def test_any_changed_field_is_found(field):
    AuditEntry.objects.filter(seq=3).update(**{field: "f" * 40})
    assert any("3" in fault for fault in verify().faults)


def test_a_changed_time_is_found():
    AuditEntry.objects.filter(seq=2).update(at=clock.now())
    assert verify().faults == ("Entry 2 was changed.",)


def test_a_missing_one_is_found():
    AuditPayload.objects.filter(pk=3).delete()
    assert verify().faults == ("The payload of entry 3 is missing.",)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM moderation_audit WHERE seq = 3")
    assert verify().faults == ("Entry 3 is missing: the next one is 4.", "Entry 4 doesn't follow the one before it.")


def test_two_that_changed_places_are_found():
    three, four = AuditEntry.objects.filter(seq__in=(3, 4)).order_by("seq").values()
    for number, values in ((3, four), (4, three)):
        del values["seq"]
        AuditEntry.objects.filter(seq=number).update(**values)
    assert len(verify().faults) >= 2


def test_a_changed_payload_is_found():
    AuditPayload.objects.filter(pk=4).update(body={"n": 17})
    assert verify().faults == ("The payload of entry 4 was changed.",)


def test_what_was_cut_off_or_written_anew_is_found_by_a_head_that_was_kept():
    kept = verify().head
    AuditPayload.objects.filter(pk=5).delete()
    AuditEntry.objects.filter(seq=5).delete()
    assert verify().faults == ()
    assert verify(seq=5, head=kept).faults != ()
    write_audit(actor="reader:1", action="decide", subject="decision:9", payload={}, now=clock.now())
    assert verify().faults == ()
    assert verify(seq=5, head=kept).faults != ()
