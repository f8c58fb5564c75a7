"""Who of the newsroom has which role, and in which sections."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from broadsheet.newsroom.conf import AUTHORS, CHIEFS, EDITORS, MODERATORS, SECTION_EDITORS, Role
from broadsheet.newsroom.models import SectionPage

ROLES = {CHIEFS: Role.CHIEF, EDITORS: Role.EDITOR, AUTHORS: Role.AUTHOR}


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the newsroom; an operator has no role, and may do everything."""

    person: Any
    role: Role
    sections: tuple[SectionPage, ...]

    @property
    def is_operator(self) -> bool:
        """Return whether roles don't bind this person."""
        return bool(self.person.is_superuser)


def members() -> list[Member]:
    """Return everybody who may enter the desk, by name."""
    people = get_user_model().objects.filter(is_staff=True, is_active=True)
    rows = people.order_by("display_name", "pk").prefetch_related("groups__page_permissions")
    sections = SectionPage.objects.select_related("edition").in_bulk()
    return [_member(person, sections) for person in rows]


def member(number: int) -> Member | None:
    """Return one member of the newsroom."""
    return next((one for one in members() if one.person.pk == number), None)


def moderation_role(reader_id: int) -> str:
    """Return `chief` for chiefs and operators, `moderator` for those of that group, else nothing; in one question."""
    people = get_user_model().objects.filter(pk=reader_id, is_staff=True, is_active=True)
    return _moderation_role(people.values_list("is_superuser", "groups__name"))


def moderating() -> list[tuple[int, str, str]]:
    """Return number, name and moderation role of everybody who decides about comments, by name; in one question."""
    people = get_user_model().objects.filter(is_staff=True, is_active=True).order_by("display_name", "pk")
    found: dict[tuple[int, str], list[tuple[bool, str | None]]] = {}
    for number, name, operator, group in people.values_list("pk", "display_name", "is_superuser", "groups__name"):
        found.setdefault((number, name), []).append((operator, group))
    rows = [(number, name, _moderation_role(groups)) for (number, name), groups in found.items()]
    return [row for row in rows if row[2]]


def may_give_roles(user: Any) -> bool:
    """Return whether the user manages accounts."""
    meta = get_user_model()._meta
    return bool(user.has_perm(f"{meta.app_label}.change_{meta.model_name}"))


def _member(person: Any, sections: dict[int, SectionPage]) -> Member:
    groups = list(person.groups.all())
    names = {group.name for group in groups}
    confined = [group for group in groups if group.name.startswith(SECTION_EDITORS)]
    numbers = {row.page_id for group in confined for row in group.page_permissions.all()}
    own = tuple(sorted((sections[n] for n in numbers if n in sections), key=lambda section: section.path))
    role = next((role for name, role in ROLES.items() if name in names), None)
    return Member(person, role or (Role.SECTION_EDITOR if own else Role.NONE), own)


def _moderation_role(rows: Iterable[tuple[bool, str | None]]) -> str:
    """Return the role of one who is an operator or not and in these groups."""
    known = list(rows)
    if any(operator or name == CHIEFS for operator, name in known):
        return "chief"
    return "moderator" if any(name == MODERATORS for _operator, name in known) else ""
