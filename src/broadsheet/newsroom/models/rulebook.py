"""Versions of an edition's rulebook: what comments are judged by, written once and never changed (STD-05, STD-06)."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models.edition import EditionPage


class RulebookVersion(models.Model):
    """One version of one edition's rulebook. An edition without a live one is judged by the shipped rulebook.

    `changes` is what the newsroom says otherwise than the shipped rulebook of version `base`, as tables per file
    (`broadsheet.standards.rulebook.tables`). A version that leaves the draft holds its `content` whole, so that what a
    decision cites stays readable whatever is shipped later; `heads` are learned heads by clause, as their files say;
    `digest` is the SHA-256 of both. `after` is the number of the version that was live when it was sealed, 0 for none.
    Sealed columns never change: the database refuses it as well.
    """

    edition = models.ForeignKey(EditionPage, models.RESTRICT, related_name="+", verbose_name=_("edition"))
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(max_length=10, choices=RulebookState.choices, default=RulebookState.DRAFT)
    base = models.PositiveIntegerField()
    after = models.PositiveIntegerField(default=0)
    changes = models.JSONField(default=dict, blank=True)
    content = models.TextField(blank=True)  # JSON as text: a JSON column of PostgreSQL forgets the order of keys
    heads = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    why = models.TextField(_("why"), max_length=2000, blank=True)
    effective_at = models.DateTimeField(_("in force from"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("version of a rulebook")
        verbose_name_plural = _("rulebooks")
        ordering = ["edition", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="newsroom_rulebook_number"),
            models.UniqueConstraint(
                fields=["edition", "state"],
                condition=~models.Q(state=RulebookState.PAST),
                name="newsroom_one_rulebook_each",
            ),
            models.CheckConstraint(
                condition=models.Q(state=RulebookState.DRAFT, content="", digest="")
                | (~models.Q(state=RulebookState.DRAFT) & ~models.Q(content="") & ~models.Q(digest="")),
                name="newsroom_rulebook_sealed_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=(RulebookState.DRAFT, RulebookState.SHADOW), effective_at__isnull=True)
                | models.Q(state__in=(RulebookState.LIVE, RulebookState.PAST), effective_at__isnull=False),
                name="newsroom_rulebook_in_force_since",
            ),
        ]

    def __str__(self) -> str:
        """Return edition and number."""
        return f"{self.edition_id}: {self.number}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove a version that was never live; any other stays."""
        if self.effective_at is not None:
            raise refuse(
                "rulebook-live",
                gettext("The version was not removed."),
                gettext("Comments were judged by it, and decisions may cite it."),
                gettext("Switch on another version instead."),
            )
        return super().delete(*args, **kwargs)

    @property
    def tables(self) -> dict[str, Any] | None:
        """Return the content as it was sealed; None of a draft."""
        found: dict[str, Any] | None = json.loads(self.content) if self.content else None
        return found


class LoweredClause(models.Model):
    """A clause that flags in the edition where its rulebook lets it hold, until somebody has looked (MOD-10).

    It holds of every version, so that none is switched on by which it silently holds again.
    """

    edition = models.ForeignKey(EditionPage, models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="newsroom_lowered_once")]

    def __str__(self) -> str:
        """Return edition and clause."""
        return f"{self.edition_id}: {self.code}"
