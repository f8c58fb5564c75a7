"""The comments of flash mobs, as far as their fingerprints are kept."""

from broadsheet.discussion.models.fingerprint import CommentFingerprint


def comments_of_mob(mob_id: int) -> list[int]:
    """Return the comments that belong to the mob now, in the order of their numbers."""
    rows = CommentFingerprint.objects.filter(mob_id=mob_id).order_by("comment_id")
    return list(rows.values_list("comment_id", flat=True))
