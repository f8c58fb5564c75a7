"""An operator is told of letters that don't come in, and of those that wait too long (MOD-05)."""

from datetime import timedelta

import pytest

from broadsheet.config.inspection.letters import look
from broadsheet.kernel import clock
from broadsheet.kernel.watched import watched
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from tests.factories.accounts import make_reader

pytestmark = [pytest.mark.row("MOD-05", "OPS-03"), pytest.mark.django_db]


def test_a_mailbox_that_cant_be_read_and_letters_that_wait_are_told(settings, monkeypatch):
    settings.LETTERS_IMAP = ""
    assert list(look()) == []
    settings.LETTERS_IMAP = "imaps://moderators:secret@127.0.0.1:1/INBOX"
    (found,) = look()
    assert (found.code, found.level) == ("no-letters-by-mail", "error")
    assert "secret" not in str(found)
    settings.LETTERS_IMAP = ""
    reader = make_reader()
    written = Written("unlock_access", reader.public_id, "I wrote this in anger.")
    receive_letter(
        written=written, reader_id=reader.pk, edition="en", language="en", now=clock.now() - timedelta(days=15)
    )
    (late,) = look()
    assert (late.code, late.level) == ("letters-wait", "warning")
    (part,) = [one for one in watched() if one.name == "letters"]
    assert part.look() == {"ok": True, "open": 1, "overdue": 1}
