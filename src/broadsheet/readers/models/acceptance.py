"""What a reader accepted, acknowledged and consented to: which text, when, where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.readers.models.account import Reader


class Acceptance(models.Model):
    """A version of a policy or of the standards that a reader accepted. Never changed; a later one is a further row."""

    reader = models.ForeignKey(Reader, models.CASCADE, related_name="+")
    kind = models.CharField(_("what"), max_length=20)  # privacy, terms, standards: `newsroom`'s kinds of policies
    edition = models.CharField(_("edition"), max_length=20)  # its code
    version = models.PositiveIntegerField(_("version"))
    digest = models.CharField(max_length=64)  # SHA-256 of the very text
    language = models.CharField(max_length=12)
    way = models.CharField(_("where"), max_length=20)  # registration, login, social, gate
    at = models.DateTimeField(_("when"))

    class Meta:
        db_table = "readers_acceptance"
        indexes = [models.Index(fields=["reader", "kind", "edition", "-version"], name="readers_accepted")]

    def __str__(self) -> str:
        """Return what was accepted and when."""
        return f"{self.kind} {self.version} at {self.at:%Y-%m-%d %H:%M}"


class Consent(models.Model):
    """A consent to one use, apart from any other, withdrawn as easily as it was given (GDPR art. 7).

    Push and newsletter ask for one (NOT-01, NOT-02): `give_consent` and `withdraw_consent` write here. "My data" and
    erasing take what there is with them.
    """

    reader = models.ForeignKey(Reader, models.CASCADE, related_name="+")
    purpose = models.CharField(_("for"), max_length=40)
    wording = models.TextField(_("the words shown"))
    digest = models.CharField(max_length=64)  # SHA-256 of the wording
    language = models.CharField(max_length=12)
    way = models.CharField(_("where"), max_length=20)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        db_table = "readers_consent"
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="readers_one_running_consent",
            )
        ]

    def __str__(self) -> str:
        """Return what the consent is for."""
        return self.purpose
