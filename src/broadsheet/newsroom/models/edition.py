"""Editions, their sections and their standing pages: the page tree above the articles."""

from typing import Any

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PagePermissionTester

from broadsheet.newsroom.blocks import LayoutBlocks
from broadsheet.newsroom.conf import ChannelKind
from broadsheet.newsroom.models.addressed import AddressedPage

CODE = RegexValidator(r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$", _("A code such as en, fr or pt-br."))
COUNTRY = RegexValidator(r"^[A-Za-z]{2}$", _("Two letters, such as FR."))
COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour such as #8c1c2b."))


class EditionPage(AddressedPage):
    """One language edition: its settings, and the layout of its front page."""

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[CODE])
    at_root = models.BooleanField(_("lives at the root of the site"), default=False)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    brand = models.CharField(_("brand"), max_length=80, blank=True)
    account_domain = models.CharField(_("account domain, shown in dialogs"), max_length=80, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Etc/GMT")
    zone_label = models.CharField(
        _("label of the clock"), max_length=20, blank=True, help_text=_("Empty: the zone's own abbreviation.")
    )
    accent = models.CharField(_("accent colour"), max_length=7, default="#8c1c2b", validators=[COLOUR])
    privacy_address = models.EmailField(_("privacy address"), blank=True)
    moderators_address = models.EmailField(_("moderators' address"), blank=True)
    contact_address = models.EmailField(_("newsroom's address"), blank=True)
    publisher = models.CharField(
        _("publisher"), max_length=160, blank=True, help_text=_("Who answers for the paper before the law.")
    )
    postal_address = models.CharField(_("postal address"), max_length=300, blank=True, help_text=_("In one line."))
    dispute_bodies = models.URLField(
        _("list of dispute settlement bodies"),
        blank=True,
        help_text=_("The page that lists those certified under article 21 of the Digital Services Act."),
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age of readers with an account"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(99)],
        help_text=_("Said where one registers; nobody's birth date is asked. Empty: nothing is said."),
    )
    country = models.CharField(
        _("country of its helplines"),
        max_length=2,
        blank=True,
        validators=[COUNTRY],
        help_text=_("Two letters, such as FR. Readers in danger are shown its helplines and emergency number."),
    )
    helplines = models.TextField(
        _("own helplines"),
        max_length=3000,
        blank=True,
        help_text=_("One a line: name | telephone | hours | web address. Empty: those known for the country."),
    )
    channel_kind = models.CharField(
        _("kind of the network"), max_length=12, blank=True, choices=[("", _("No other network")), *ChannelKind.choices]
    )
    channel_name = models.CharField(
        _("name of the network"), max_length=40, blank=True, help_text=_("As the tab says it: Comment via …")
    )
    channel_address = models.CharField(
        _("address of its page"),
        max_length=500,
        blank=True,
        help_text=_(
            "For an embedded page: begins with https://, with {url} where the article's address belongs "
            "or {number} for its number."
        ),
    )
    layout = StreamField(LayoutBlocks(), blank=True, verbose_name=_("front page"))

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["newsroom.SectionPage", "newsroom.InfoPage"]

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                fields=["at_root"], condition=models.Q(at_root=True), name="newsroom_one_edition_at_root"
            )
        ]

    def place(self) -> None:
        """Let the tree's own address follow the code."""
        if self.code:
            self.slug = self.code

    @property
    def path_code(self) -> str:
        """Return the edition's path word, empty at the root."""
        return "" if self.at_root else self.code


class SectionPermissions(PagePermissionTester):
    """What a person may do with a section's own page: its name, address and layout belong to the edition.

    So whoever is confined to a section writes and publishes in it, but doesn't rename, lay out or withdraw it.
    """

    def __init__(self, user: Any, page: "SectionPage") -> None:
        super().__init__(user, page)
        self.inside = PagePermissionTester(user, page)
        if hasattr(self, "permissions"):
            above = PagePermissionTester(user, page.get_parent())
            self.permissions = above.permissions

    def can_add_subpage(self) -> bool:
        """Return whether an article may be begun here."""
        return bool(self.inside.can_add_subpage())

    def can_publish_subpage(self) -> bool:
        """Return whether an article may be published here."""
        return bool(self.inside.can_publish_subpage())


class SectionPage(AddressedPage):
    """A section of one edition, with the layout of its page (empty: the newest)."""

    edition = models.ForeignKey(EditionPage, models.RESTRICT, null=True, editable=False, related_name="+")
    description = models.CharField(_("description"), max_length=300, blank=True)
    in_menu = models.BooleanField(_("shown in the header"), default=True)
    layout = StreamField(LayoutBlocks(), blank=True, verbose_name=_("section page"))

    parent_page_types = ["newsroom.EditionPage"]
    subpage_types = ["newsroom.ArticlePage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def permissions_for_user(self, user: Any) -> SectionPermissions:
        """Return what the user may do with the section."""
        return SectionPermissions(user, self)

    def place(self) -> None:
        """Note the edition a new section stands in."""
        self.stand()

    def stand(self) -> None:
        """Note the edition the page stands in."""
        edition = self.get_parent()
        self.edition_id = edition.pk
        self.locale_id = edition.locale_id


class InfoPage(AddressedPage):
    """A standing page: about, imprint, a policy."""

    edition = models.ForeignKey(EditionPage, models.RESTRICT, null=True, editable=False, related_name="+")
    text = RichTextField(_("text"), features=["h2", "h3", "bold", "italic", "link", "ol", "ul", "hr"], blank=True)
    in_footer = models.BooleanField(_("linked in the footer"), default=True)
    purpose = models.CharField(
        _("purpose"),
        max_length=20,
        blank=True,
        choices=[
            ("", _("Other")),
            ("about", _("About the paper")),
            ("imprint", _("Imprint")),
            ("corrections", _("Corrections policy")),
            ("accessibility", _("Accessibility statement")),
            ("mining", _("Text and data mining")),
            ("privacy", _("Privacy Policy")),
        ],
    )

    parent_page_types = ["newsroom.EditionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")

    def place(self) -> None:
        """Note the edition a new standing page stands in."""
        self.stand()

    def stand(self) -> None:
        """Note the edition the page stands in."""
        edition = self.get_parent()
        self.edition_id = edition.pk
        self.locale_id = edition.locale_id
