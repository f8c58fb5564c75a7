"""Ends a reader's consent to one use; as easy as giving it (GDPR art. 7(3))."""

from broadsheet.kernel import clock
from broadsheet.readers.models import Consent


def withdraw_consent(*, reader_id: int, purpose: str) -> bool:
    """Note that the consent is withdrawn; return whether there was one."""
    running = Consent.objects.filter(reader_id=reader_id, purpose=purpose, withdrawn_at=None)
    return running.update(withdrawn_at=clock.now()) > 0
