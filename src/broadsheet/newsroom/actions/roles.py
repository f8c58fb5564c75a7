"""Gives members of the newsroom their role: everywhere, or an editor's in some sections only."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.newsroom.actions.desk_setup import grant_pages, grant_pictures, group_permissions, set_up_moderators
from broadsheet.newsroom.conf import AUTHORS, CHIEFS, EDITORS, SECTION_EDITORS, Role
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import SectionPage

GROUPS = {Role.AUTHOR: AUTHORS, Role.EDITOR: EDITORS, Role.CHIEF: CHIEFS}


@transaction.atomic
def give_role(*, user: Any, role: str, sections: Sequence[SectionPage] = (), by: Any = None) -> None:
    """Let `user` have this role of the newsroom and no other; an editor of sections may write there only."""
    if user.is_superuser:
        raise refuse(
            "operator-unbound",
            _("The role was not changed."),
            _("An operator may do everything everywhere."),
            _("Take the operator's rights away first, under “Users”."),
        )
    if role == Role.SECTION_EDITOR and not sections:
        raise refuse("no-section", _("The role was not changed."), _("An editor of sections needs at least one."))
    if role == Role.SECTION_EDITOR:
        groups = [section_group(section) for section in sections]
    else:
        groups = [Group.objects.get(name=GROUPS[Role(role)])] if role in GROUPS else []
    others = user.groups.exclude(name__in=GROUPS.values()).exclude(name__startswith=SECTION_EDITORS)
    user.groups.set([*others, *groups])
    log(instance=user, action="wagtail.edit", user=by, content_changed=True)


def section_group(section: SectionPage) -> Group:
    """Return the group of those who edit this section only, making it where there is none."""
    own = Group.objects.filter(name__startswith=SECTION_EDITORS, page_permissions__page_id=section.pk).first()
    if own is not None:
        return own
    group = Group.objects.create(
        name=f"{SECTION_EDITORS}{section.pk} {section.get_parent().title} – {section.title}"[:150]
    )
    grant_pages(group, section, EDITORS)
    grant_pictures(group, AUTHORS)
    group.permissions.set(group_permissions(SECTION_EDITORS))
    return group


@transaction.atomic
def let_moderate(*, reader_id: int, moderates: bool) -> None:
    """Let a member of the newsroom decide about comments, or no longer, whatever their role is; the desk opens to them."""
    person = get_user_model().objects.filter(pk=reader_id, is_staff=True).first()
    if person is None:
        raise refuse("not-staff", _("Nothing was changed."), _("The account is not the newsroom's."))
    group = set_up_moderators()
    if moderates:
        person.groups.add(group)
    else:
        person.groups.remove(group)
