"""A picture offered by a provider is fetched by a job: a handler runs in a transaction, where nothing may wait."""

from broadsheet.kernel.facts import handles
from broadsheet.readers.facts import AvatarOffered
from broadsheet.readers.tasks import fetch_offered


@handles(AvatarOffered)
def queue_fetching(happened: AvatarOffered) -> None:
    """Queue the job; it reads the address from the log itself, so that no job holds it."""
    fetch_offered.enqueue(happened.reader_id)
