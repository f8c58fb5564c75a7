"""When a hub is told, and when one that did not answer is told again."""

SETTLE_SECONDS = 3  # a hub fetches the feeds at once: by then every machine has dropped what it had stored of them
RETRY_SECONDS = (10, 60, 300, 1800, 7200, 21_600)


def next_try(attempt: int) -> int | None:
    """Return the seconds until the next attempt, counted from 0; None where there is no further one."""
    return RETRY_SECONDS[attempt] if attempt < len(RETRY_SECONDS) else None
