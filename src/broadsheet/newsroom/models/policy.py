"""Versions of the privacy policy, the terms and the standards: each is written once and never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models.edition import EditionPage


class PolicyVersion(models.Model):
    """One version of a policy of one edition; without `published_at` it is a draft, of which there is one at most.

    `text` is what the editor wrote, names as variables such as `{brand}`; `names` are what they stood for at the
    publication, so that the words readers accepted stay provable: `digest` is the SHA-256 of those words. Of the
    standards, `document` holds the clauses, and the text is made from them. A published row never changes: the
    database refuses it as well.
    """

    edition = models.ForeignKey(EditionPage, models.RESTRICT, related_name="+", verbose_name=_("edition"))
    kind = models.CharField(_("kind"), max_length=20, choices=PolicyKind.choices)
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    names = models.JSONField(default=dict, blank=True, editable=False)
    document = models.JSONField(null=True, blank=True, editable=False)
    rulebook_version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    what_changed = models.TextField(_("what changed"), max_length=2000, blank=True)
    why = models.TextField(_("why"), max_length=2000, blank=True)
    effective_at = models.DateTimeField(_("in force from"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    told_at = models.DateTimeField(null=True, editable=False)  # when pages heard that it is in force

    class Meta:
        verbose_name = _("version of a policy")
        verbose_name_plural = _("policies")
        ordering = ["edition", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "number"], name="newsroom_policy_number"),
            models.UniqueConstraint(
                fields=["edition", "kind"],
                condition=models.Q(published_at__isnull=True),
                name="newsroom_one_policy_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, digest="")
                | (models.Q(published_at__isnull=False, effective_at__isnull=False) & ~models.Q(digest="")),
                name="newsroom_policy_published_whole",
            ),
        ]

    def __str__(self) -> str:
        """Return the title and the number."""
        return f"{self.title} {self.number}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove a draft; a published version stays."""
        if self.published_at is not None:
            raise refuse(
                "policy-published",
                gettext("The version was not removed."),
                gettext("It is public, and readers may have accepted it."),
                gettext("Publish a new version instead."),
            )
        return super().delete(*args, **kwargs)
