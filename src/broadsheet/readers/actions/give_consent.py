"""Records a reader's consent to one use, apart from any other (GDPR art. 7(1))."""

from hashlib import sha256

from django.db import transaction

from broadsheet.kernel import clock
from broadsheet.readers.models import Consent


@transaction.atomic
def give_consent(*, reader_id: int, purpose: str, wording: str, language: str, way: str) -> None:
    """Note which words were accepted, when and where; the same words once more change nothing.

    Other words end the consent before, and begin a new one.
    """
    digest, now = sha256(wording.encode()).hexdigest(), clock.now()
    running = Consent.objects.select_for_update().filter(reader_id=reader_id, purpose=purpose, withdrawn_at=None)
    if running.filter(digest=digest).exists():
        return
    running.update(withdrawn_at=now)
    Consent.objects.create(
        reader_id=reader_id, purpose=purpose, wording=wording, digest=digest, language=language, way=way, given_at=now
    )
