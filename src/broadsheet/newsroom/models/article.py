"""Articles and what belongs to one."""

from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Orderable

from broadsheet.kernel.ids import allocate_public_number
from broadsheet.newsroom.blocks import BodyBlocks
from broadsheet.newsroom.conf import SHORT_TITLE_LENGTH, SLUG_LENGTH, Kind
from broadsheet.newsroom.models.addressed import AddressedPage
from broadsheet.newsroom.models.edition import EditionPage, SectionPage

SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and single hyphens."))


class ArticlePage(AddressedPage):
    """One article. Wagtail's `title` is the headline, its `slug` the public number.

    `edition`, `section` and `listed_at` repeat what the tree and the publication state say, so that lists are
    one indexed query at any size. `listed_at` is the time of first publication while the article is public,
    null otherwise; it is written by the publish and withdraw actions alone.
    """

    public_id = models.BigIntegerField(_("public number"), unique=True, editable=False)
    edition = models.ForeignKey(EditionPage, models.RESTRICT, editable=False, related_name="+")
    section = models.ForeignKey(SectionPage, models.RESTRICT, editable=False, related_name="+")
    listed_at = models.DateTimeField(null=True, editable=False)
    published_on = models.DateField(_("date in the address"), null=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), null=True, editable=False)
    content_digest = models.CharField(max_length=64, blank=True, editable=False)
    address_slug = models.CharField(
        _("words in the address"), max_length=SLUG_LENGTH, blank=True, validators=[SLUG],
        help_text=_("Empty: made of the headline at the first publication. It stays when the headline changes."),
    )  # fmt: skip

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.NEWS)
    short_title = models.CharField(_("short title"), max_length=SHORT_TITLE_LENGTH, blank=True)
    standfirst = models.TextField(_("standfirst"), max_length=600, blank=True, validators=[MaxLengthValidator(600)])
    dateline = models.CharField(_("dateline place"), max_length=80, blank=True)
    lead_picture = models.ForeignKey(
        "newsroom.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    lead_caption = models.CharField(_("caption, if other than the picture's"), max_length=400, blank=True)
    lead_alt = models.CharField(_("alternative text, if other than the picture's"), max_length=400, blank=True)
    lead_media = models.ForeignKey(
        "newsroom.MediaFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("recording")
    )
    body = StreamField(BodyBlocks(), blank=True, verbose_name=_("body"))
    live_starts_at = models.DateTimeField(_("coverage starts"), null=True, blank=True)
    live_ends_at = models.DateTimeField(_("coverage ends"), null=True, blank=True)
    source_name = models.CharField(_("taken over from"), max_length=120, blank=True)
    source_url = models.URLField(_("address of the original"), max_length=500, blank=True)
    source_licence = models.CharField(_("licence"), max_length=120, blank=True)
    channel_post = models.URLField(
        _("post at the edition's network"), max_length=500, blank=True,
        help_text=_("Readers may see its public replies in a second tab of the discussion, once they ask for them."),
    )  # fmt: skip
    story_group = models.SlugField(_("story group"), max_length=80, blank=True)
    minor_change = models.BooleanField(
        _("minor change"), default=False, help_text=_("A spelling mistake, say: the time “updated” stays as it is.")
    )

    parent_page_types = ["newsroom.SectionPage"]
    subpage_types: list[str] = []
    # What belongs to the article and not to one of its revisions.
    kept_fields: ClassVar[tuple[str, ...]] = (
        "public_id", "slug", "edition_id", "section_id", "listed_at", "published_on", "updated_at", "content_digest",
    )  # fmt: skip
    exclude_fields_in_copy: ClassVar[list[str]] = [
        "public_id", "slug", "listed_at", "published_on", "updated_at", "content_digest", "address_slug",
        "channel_post", "live_posts", "live_starts_at", "live_ends_at",
    ]  # fmt: skip

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(fields=["edition", "-listed_at", "-public_id"], name="newsroom_article_edition"),
            models.Index(fields=["section", "-listed_at", "-public_id"], name="newsroom_article_section"),
            models.Index(fields=["edition", "kind", "-listed_at"], name="newsroom_article_kind"),
            models.Index(fields=["-listed_at"], name="newsroom_article_listed"),
        ]

    @property
    def headline(self) -> str:
        """Return the headline."""
        return self.title

    def place(self) -> None:
        """Give a new article its number and note the section and edition it stands in."""
        if not self.public_id:
            self.public_id = allocate_public_number("article")
        self.slug = f"{self.public_id:010d}"
        self.stand()

    def stand(self) -> None:
        """Note the section and edition the article stands in; one never stored has the number 0."""
        self.public_id = self.public_id or 0
        section = self.get_parent()
        self.section_id = section.pk
        self.edition_id = section.get_parent().pk
        self.locale_id = section.locale_id

    def with_content_json(self, content: dict[str, Any]) -> "ArticlePage":
        """Return the article as a revision has it, with what belongs to the article itself as it is now."""
        page = super().with_content_json(content)
        for name in self.kept_fields:
            setattr(page, name, getattr(self, name))
        if not page.address_slug:
            page.address_slug = self.address_slug
        page.set_url_path(self.get_parent())
        return page


class Byline(Orderable):
    """One author of an article, in the editor's order."""

    wagtail_reference_index_ignore = True  # its rows are replaced at each publication

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("newsroom.Author", models.RESTRICT, related_name="+", verbose_name=_("author"))
    listed_at = models.DateTimeField(null=True, editable=False)

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["author", "-listed_at"], name="newsroom_byline_author")]

    def __str__(self) -> str:
        """Return author and article."""
        return f"{self.author_id} – {self.article_id}"


class ArticleTag(Orderable):
    """One tag of an article, in the editor's order."""

    wagtail_reference_index_ignore = True  # its rows are replaced at each publication

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey("newsroom.Tag", models.RESTRICT, related_name="+", verbose_name=_("tag"))
    listed_at = models.DateTimeField(null=True, editable=False)

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["tag", "-listed_at"], name="newsroom_tagged_tag")]

    def __str__(self) -> str:
        """Return tag and article."""
        return f"{self.tag_id} – {self.article_id}"


class Correction(Orderable):
    """A dated correction under the article (ART-09): what was wrong, and what is right."""

    wagtail_reference_index_ignore = True  # its rows are replaced at each publication

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField(_("when"))
    text = models.TextField(
        _("what was wrong, and what is right"), max_length=1500, validators=[MaxLengthValidator(1500)]
    )

    class Meta(Orderable.Meta):
        ordering = ["-at", "sort_order"]

    def __str__(self) -> str:
        """Return the time and the beginning."""
        return f"{self.at:%Y-%m-%d} {self.text[:40]}"
