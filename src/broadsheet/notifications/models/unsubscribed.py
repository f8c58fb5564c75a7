"""Who wants no more mail of which kind."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unsubscribed(models.Model):
    """A recipient's wish to get no more mail of one purpose.

    `recipient` is `reader:` and the number of an account, or `address:` and a keyed hash: no address is kept for it.
    """

    purpose = models.CharField(_("purpose"), max_length=40)
    recipient = models.CharField(max_length=80)
    at = models.DateTimeField(_("when"))

    class Meta:
        db_table = "notifications_unsubscribed"
        constraints = [models.UniqueConstraint(fields=["recipient", "purpose"], name="notifications_unsubscribed_once")]

    def __str__(self) -> str:
        """Return the purpose."""
        return self.purpose
