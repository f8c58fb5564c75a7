"""Gives the desk its groups, their permissions and the workflow of approval, once."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from broadsheet.newsroom.conf import AUTHORS, CHIEFS, EDITORS, MODERATORS, SECTION_EDITORS
from broadsheet.newsroom.models import EditorsApproval, PolicyVersion

WORKFLOW = "Newsroom approval"
TASK = "An editor's approval"
PAGES = {
    AUTHORS: ("add_page",),
    EDITORS: ("add_page", "change_page", "publish_page", "lock_page"),
    CHIEFS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
}
PICTURES = {
    AUTHORS: ("add_image", "choose_image"),
    EDITORS: ("add_image", "change_image", "choose_image"),
    CHIEFS: ("add_image", "change_image", "delete_image", "choose_image"),
}
RADIO = "station"  # with its shows and exceptions
REGISTERS = ("author", "tag", "legalnotice", "mediafile", RADIO)
POLICIES = "change_policyversion"  # to write and publish versions of policies
MODELS = {
    AUTHORS: (),
    EDITORS: tuple(f"{verb}_{name}" for verb in ("add", "change", "view") for name in REGISTERS),
    CHIEFS: (
        *(f"{verb}_{name}" for verb in ("add", "change", "delete", "view") for name in REGISTERS),
        POLICIES,
    ),
    SECTION_EDITORS: tuple(f"view_{name}" for name in REGISTERS),
    MODERATORS: (),
}
UNUSED_GROUPS = ("Moderators",)
UNUSED_WORKFLOWS = ("Moderators approval",)


@transaction.atomic
def set_up_desk() -> bool:
    """Make groups and workflow where they have never been made; what was changed since stays. True if made."""
    root = Page.get_first_root_node()
    if root is None or GroupPagePermission.objects.filter(group__name=CHIEFS, page=root).exists():
        return False
    Group.objects.filter(name__in=UNUSED_GROUPS, user__isnull=True).delete()
    GroupPagePermission.objects.filter(group__name__in=PAGES).delete()
    GroupCollectionPermission.objects.filter(group__name__in=PICTURES).delete()
    for name in PAGES:
        _set_up_group(Group.objects.get_or_create(name=name)[0], root)
    _set_up_workflow(root)
    return True


@transaction.atomic
def let_chiefs_write_policies() -> None:
    """Give the chiefs of a paper that is older than its policies their permission, once: while nobody has it."""
    permission = Permission.objects.filter(content_type__app_label="newsroom", codename=POLICIES).first()
    chiefs = Group.objects.filter(name=CHIEFS).first()
    if permission is not None and chiefs is not None and not PolicyVersion.objects.exists():
        chiefs.permissions.add(permission)


@transaction.atomic
def let_editors_keep_radios() -> None:
    """Give editors and chiefs of a paper that is older than its radios their permissions, once: while nobody has them."""
    wanted = f"_{RADIO}"
    if Group.objects.filter(permissions__content_type__app_label="newsroom", permissions__codename__endswith=wanted):
        return
    for group in Group.objects.filter(name__in=(EDITORS, CHIEFS)):
        group.permissions.add(*_permissions("newsroom", tuple(n for n in MODELS[group.name] if n.endswith(wanted))))


@transaction.atomic
def set_up_moderators() -> Group:
    """Return the group of those who decide about comments, making it where there is none; the desk opens to it."""
    group, made = Group.objects.get_or_create(name=MODERATORS)
    if made:
        group.permissions.set(group_permissions(MODERATORS))
    found: Group = group
    return found


def _set_up_group(group: Group, root: Page) -> None:
    grant_pages(group, root, group.name)
    grant_pictures(group, group.name)
    group.permissions.set(group_permissions(group.name))


def _set_up_workflow(root: Page) -> None:
    Workflow.objects.filter(name__in=UNUSED_WORKFLOWS, workflow_states__isnull=True).delete()
    # Names are not unique: a newsroom, or the bundle it came from, may have several of one name.
    own = Workflow.objects.filter(name=WORKFLOW).order_by("-active", "pk")
    workflow = own.first() or Workflow.objects.create(name=WORKFLOW)
    if not EditorsApproval.objects.filter(name=TASK).exists():
        WorkflowTask.objects.create(workflow=workflow, task=EditorsApproval.objects.create(name=TASK), sort_order=0)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def grant_pages(group: Group, page: Page, role: str) -> None:
    """Let the group do with this page and those below it what the role may."""
    for permission in _permissions("wagtailcore", PAGES[role]):
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def grant_pictures(group: Group, role: str) -> None:
    """Let the group do with pictures what the role may."""
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for permission in _permissions("wagtailimages", PICTURES[role]):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def group_permissions(role: str) -> set[Permission]:
    """Return what the role may do in the registers, and the desk's door."""
    return _permissions("newsroom", MODELS[role]) | _access()


def _permissions(label: str, names: tuple[str, ...]) -> set[Permission]:
    return set(Permission.objects.filter(content_type__app_label=label, codename__in=names))


def _access() -> set[Permission]:
    return set(Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin"))
