"""Rows that are written together with what their listeners write."""

from typing import Any

from django.db import models, transaction


class WholeModel(models.Model):
    """Saved and deleted in one transaction with what hears of it, so that no fact about it can be lost."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row and what its listeners write, or nothing."""
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row and write what its listeners write, or do nothing."""
        return super().delete(*args, **kwargs)
