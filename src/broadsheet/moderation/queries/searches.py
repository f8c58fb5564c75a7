"""Finding an account or a comment: by number, address, User ID or name; never a list of all readers."""

import re
from dataclasses import dataclass

from broadsheet.discussion.queries.comment_facts import written_by
from broadsheet.moderation.queries.bounds import comment_for
from broadsheet.moderation.queries.roles import Scope
from broadsheet.moderation.queries.screens import CommentView, shown_rows
from broadsheet.readers.queries.people import Found, account_by_user_id, named

PERMALINK = re.compile(r"/comment/(\d{1,18})/?")
NUMBER = re.compile(r"#?(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found."""

    accounts: tuple[Found, ...] = ()
    comments: tuple[CommentView, ...] = ()


def search_desk(text: str, scope: Scope, *, author: str = "") -> Hits:
    """Return the comment of that number or address, and the accounts of that User ID or name.

    With `author`, a User ID, instead the author's comments that contain the text. Comments out of bounds aren't found.
    """
    text, author = text.strip()[:200], author.strip().upper()[:20]
    if author:
        reader = account_by_user_id(author)
        rows = written_by(reader.pk, text) if reader is not None and text and reader.pk != scope.reader_id else []
        return Hits(comments=tuple(shown_rows([row for row in rows if scope.covers(row.edition_id, row.section_id)])))
    if not text:
        return Hits()
    found = PERMALINK.search(text) or NUMBER.fullmatch(text)
    row = comment_for(scope, int(found[1])) if found else None
    accounts = [one for one in named(text, limit=20) if one.id != scope.reader_id]
    return Hits(tuple(accounts), tuple(shown_rows([row])) if row is not None else ())
