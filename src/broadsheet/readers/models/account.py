"""The account of a reader or of a member of the newsroom."""

import secrets
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from broadsheet.kernel.email import canonical

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what is easily misread: 0 O 1 I L


def new_user_id() -> str:
    """Return a fresh User ID: ten letters and digits, nearly 50 random bits."""
    return "".join(secrets.choice(ALPHABET) for _number in range(10))


class ReaderManager(BaseUserManager["Reader"]):
    """Makes accounts with a normalised address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Reader":
        """Store and return an account; without a password nobody can log in by one."""
        reader = self.model(email=canonical(email) or None, **fields)
        reader.set_password(password)
        reader.save(using=self._db)
        return reader

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Reader":
        """Store and return an account that may do everything in the desk."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})


class Block(models.TextChoices):
    """What keeps an account from posting; set by whoever decides about its conduct, never by its owner."""

    TIMED = "timed", _("until a day")
    FINAL = "final", _("for good")


class Reader(AbstractBaseUser, PermissionsMixin):
    """An account. `public_id` is the User ID its owner sees; the address is null once erased.

    `avatar` is the name of a file of our own making in the folder of pictures of readers, empty where there is none.
    `block` is what moderation set; an account that is deleted and restored has it again.
    """

    public_id = models.CharField(_("User ID"), max_length=12, unique=True, default=new_user_id, editable=False)
    email = models.EmailField(_("e-mail"), unique=True, null=True)  # noqa: DJ001 - null once erased
    display_name = models.CharField(_("display name"), max_length=160, blank=True)  # 40 graphemes
    language = models.CharField(_("language"), max_length=12, blank=True)
    avatar = models.CharField(_("picture"), max_length=80, blank=True, editable=False)
    choices = models.JSONField(_("what is sent by mail"), default=dict, blank=True, editable=False)
    block = models.CharField(max_length=8, blank=True, choices=Block.choices, editable=False)
    blocked_until = models.DateTimeField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("member of the newsroom"), default=False)
    registered_at = models.DateTimeField(_("registered"), auto_now_add=True)

    objects = ReaderManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(block="timed", blocked_until__isnull=False)
                | (~models.Q(block="timed") & models.Q(blocked_until__isnull=True)),
                name="readers_block_has_its_end",
            )
        ]
        indexes = [models.Index(Lower("display_name"), "id", name="readers_by_name")]  # of the desk's search

    def __str__(self) -> str:
        """Return the name shown to others."""
        return self.display_name or self.public_id

    def get_full_name(self) -> str:
        """Return the display name."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the display name."""
        return str(self)


class LoginLink(models.Model):
    """A one-use link to log in, kept as a hash. `opens_desk`: the session needs no second factor (demo paper only)."""

    digest = models.CharField(max_length=64, primary_key=True)
    reader = models.ForeignKey(Reader, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    opens_desk = models.BooleanField(default=False)

    class Meta:
        db_table = "readers_login_link"

    def __str__(self) -> str:
        """Return whose link it is and how long it lasts."""
        return f"{self.reader_id} until {self.expires_at:%Y-%m-%d %H:%M}"
