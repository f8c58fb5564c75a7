"""The approval of articles: by whoever may publish them."""

from typing import Any

from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState
from wagtail.permissions import page_permission_policy


class EditorsApproval(Task):
    """A step of approval. Whoever may publish an article approves it; so an editor of one section does in that one."""

    class Meta:
        verbose_name = _("approval by an editor")
        verbose_name_plural = _("approvals by editors")

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        """Return whether the user may open what waits for approval."""
        return self._may_decide(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Return whether the page can't be changed by the user while it waits."""
        return not self._may_decide(obj, user)

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        """Return whether the user may lock what waits."""
        return self._may_decide(obj, user)

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Return what the user may decide; the third value says whether a comment is asked for."""
        if not self._may_decide(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return what waits for the user's decision."""
        own = page_permission_policy.instances_user_has_permission_for(user, "publish")
        numbers = own.annotate(number=Cast("pk", models.CharField())).values("number")
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=numbers)

    @classmethod
    def get_description(cls) -> Any:
        """Return what the list of kinds of steps says of this one."""
        return _("Whoever may publish an article approves it")

    def _may_decide(self, obj: Page, user: Any) -> bool:
        return bool(obj.permissions_for_user(user).can_publish())
