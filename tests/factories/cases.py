"""Moderators and cases, for tests."""

import itertools
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group

from broadsheet.kernel import clock
from broadsheet.moderation.actions.open_case import open_case
from broadsheet.moderation.models import ModeratorScope
from broadsheet.moderation.queries.roles import Scope, scope_of
from broadsheet.moderation.rules.basis import Basis
from broadsheet.newsroom.actions.desk_setup import set_up_moderators
from broadsheet.newsroom.conf import CHIEFS
from tests.factories.accounts import make_reader

BASIS = Basis(("INSULT",), "The comment calls the mayor a fool.")
_count = itertools.count(1)


def make_moderator(*, editions: Collection[int] = (), sections: Collection[int] = (), chief: bool = False) -> Scope:
    """Return somebody of the newsroom who moderates there, everywhere by default."""
    person = make_reader(is_staff=True, display_name=f"Moderator {next(_count)}")
    person.groups.add(Group.objects.get_or_create(name=CHIEFS)[0] if chief else set_up_moderators())
    rows = [ModeratorScope(moderator=person, edition_id=number) for number in editions]
    rows += [ModeratorScope(moderator=person, section_id=number) for number in sections]
    ModeratorScope.objects.bulk_create(rows)
    scope = scope_of(person.pk)
    assert scope is not None
    return scope


def make_case(edition_id: int, *, harm: float = 10.0, now: datetime | None = None, **fields: Any) -> int:
    """Return an open case of an account that nobody knows, by default."""
    values: dict[str, Any] = {"kind": "ask", "subject_id": next(_count) + 10**6, "reasons": [{"code": "asked"}]}
    return open_case(**{**values, **fields}, edition_id=edition_id, harm=harm, now=now or clock.now())
