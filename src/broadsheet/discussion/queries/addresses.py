"""Where a comment is found, whatever page of its discussion it stands on."""

from django.conf import settings


def comment_path(comment_id: int) -> str:
    """Return the path that leads to the comment on its page, in every edition."""
    return f"/comment/{comment_id}/"


def comment_url(comment_id: int) -> str:
    """Return the whole address, for mails and statements."""
    return f"{settings.PUBLIC_URL}{comment_path(comment_id)}"
