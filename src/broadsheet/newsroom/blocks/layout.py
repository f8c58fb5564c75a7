"""What the front page and section pages are laid out with (PAGE-05)."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from broadsheet.newsroom.conf import Kind

ARTICLE = "newsroom.ArticlePage"


class LeadBlock(blocks.StructBlock):
    """The lead story with supporting stories."""

    article = blocks.PageChooserBlock(page_type=ARTICLE, label=_("Lead story"))
    style = blocks.ChoiceBlock(
        choices=[
            ("picture-left", _("Picture beside the headline")),
            ("picture-top", _("Picture above the headline")),
            ("type-only", _("Without picture")),
        ],
        default="picture-left",
        label=_("Look"),
    )
    supporting = blocks.ListBlock(
        blocks.PageChooserBlock(page_type=ARTICLE), max_num=6, default=[], label=_("Supporting stories")
    )

    class Meta:
        icon = "pick"
        label = _("Lead")


class GridBlock(blocks.StructBlock):
    """Stories of equal rank side by side; free places are filled with the newest."""

    title = blocks.CharBlock(required=False, label=_("Title"))
    columns = blocks.ChoiceBlock(choices=[("2", "2"), ("3", "3"), ("4", "4")], default="3", label=_("Columns"))
    articles = blocks.ListBlock(blocks.PageChooserBlock(page_type=ARTICLE), max_num=12, default=[], label=_("Stories"))

    class Meta:
        icon = "grip"
        label = _("Grid")


class RailBlock(blocks.StructBlock):
    """A run of stories from one source: a section, a tag, a kind, or the editor's own picks."""

    title = blocks.CharBlock(required=False, label=_("Title"))
    source = blocks.ChoiceBlock(
        choices=[
            ("section", _("Newest of a section")),
            ("tag", _("Newest of a tag")),
            ("kind", _("Newest of a kind")),
            ("picks", _("These stories")),
        ],
        default="section",
        label=_("Source"),
    )
    section = blocks.PageChooserBlock(required=False, page_type="newsroom.SectionPage", label=_("Section"))
    tag = SnippetChooserBlock("newsroom.Tag", required=False, label=_("Tag"))
    kind = blocks.ChoiceBlock(choices=Kind.choices, required=False, label=_("Kind"))
    articles = blocks.ListBlock(blocks.PageChooserBlock(page_type=ARTICLE), max_num=12, default=[], label=_("Stories"))
    count = blocks.IntegerBlock(min_value=1, max_value=12, default=5, label=_("How many"))
    style = blocks.ChoiceBlock(
        choices=[("list", _("Headlines")), ("pictures", _("Pictures")), ("opinion", _("Opinion"))],
        default="list",
        label=_("Look"),
    )

    class Meta:
        icon = "list-ul"
        label = _("Rail")


class NewsBlock(blocks.StructBlock):
    """The newest with their times, and the link `All news` above and below."""

    title = blocks.CharBlock(required=False, label=_("Title, if other than “News”"))
    count = blocks.IntegerBlock(min_value=3, max_value=30, default=10, label=_("How many"))

    class Meta:
        icon = "history"
        label = _("News")


class MultimediaBlock(blocks.StructBlock):
    """The newest galleries, cartoons, infographics, films and recordings."""

    title = blocks.CharBlock(required=False, label=_("Title, if other than “Multimedia”"))
    count = blocks.IntegerBlock(min_value=2, max_value=12, default=4, label=_("How many"))

    class Meta:
        icon = "media"
        label = _("Multimedia")


class LayoutBlocks(blocks.StreamBlock):
    """The layout of a front or section page."""

    lead = LeadBlock()
    grid = GridBlock()
    rail = RailBlock()
    news = NewsBlock()
    multimedia = MultimediaBlock()

    class Meta:
        required = False
