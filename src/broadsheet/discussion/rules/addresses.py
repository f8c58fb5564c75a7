"""Where a comment is found."""


def anchor(comment_id: int) -> str:
    """Return the comment's place within a page."""
    return f"comment-{comment_id}"


def permalink(article_path: str, comment_id: int) -> str:
    """Return the comment's address below the address of its article."""
    return f"{article_path}#{anchor(comment_id)}"
