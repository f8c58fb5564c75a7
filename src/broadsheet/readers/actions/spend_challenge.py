"""Lets a solved challenge count once."""

from django.db import IntegrityError, transaction

from broadsheet.kernel import clock
from broadsheet.kernel.schedule import every
from broadsheet.readers.engines.challenges import Spendable
from broadsheet.readers.models import SpentChallenge


def spend_challenge(*, solved: Spendable) -> bool:
    """Remember it as spent; False where it was already."""
    try:
        with transaction.atomic():
            SpentChallenge.objects.create(digest=solved.digest, expires_at=solved.expires_at)
    except IntegrityError:
        return False
    return True


@every(900)
def purge_spent() -> int:
    """Forget challenges that have expired; return how many."""
    return SpentChallenge.objects.filter(expires_at__lte=clock.now()).delete()[0]
