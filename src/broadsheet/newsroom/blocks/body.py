"""What an article's body is made of (ART-02)."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

TEXT_FEATURES = ["bold", "italic", "link", "superscript", "subscript", "code", "notice", "language"]
# What is pasted may bring headings and lists: the form of the article makes them blocks of their own.
PASTED_FEATURES = ["h2", "h3", "ul", "ol"]
BOX_FEATURES = ["bold", "italic", "link", "ol", "ul", "h4"]
CELL_FEATURES = ["bold", "italic", "link"]


class ImageBlock(blocks.StructBlock):
    """A picture in the text; empty caption and alternative text fall back to the picture's own."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, label=_("Caption, if other than the picture's"))
    alt = blocks.CharBlock(required=False, label=_("Alternative text, if other than the picture's"))
    size = blocks.ChoiceBlock(
        choices=[("column", _("As wide as the text")), ("wide", _("Wide")), ("full", _("Full width"))],
        default="column",
        label=_("Size"),
    )

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryItem(blocks.StructBlock):
    """One picture of a gallery."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, label=_("Caption, if other than the picture's"))
    alt = blocks.CharBlock(required=False, label=_("Alternative text, if other than the picture's"))


class GalleryBlock(blocks.StructBlock):
    """Pictures in a row that the reader pages through."""

    title = blocks.CharBlock(required=False, label=_("Title"))
    items = blocks.ListBlock(GalleryItem(), min_num=2, label=_("Pictures"))

    class Meta:
        icon = "image"
        label = _("Gallery")


class QuoteBlock(blocks.StructBlock):
    """A quotation with its speaker; `pull` repeats a line of the text in large type."""

    text = blocks.TextBlock(label=_("Text"))
    by = blocks.CharBlock(required=False, label=_("Speaker"))
    role = blocks.CharBlock(required=False, label=_("Speaker's role"))
    pull = blocks.BooleanBlock(required=False, label=_("Pull quote"))

    class Meta:
        icon = "openquote"
        label = _("Quote")


class ListBlock(blocks.StructBlock):
    """A list of points or steps."""

    ordered = blocks.BooleanBlock(required=False, label=_("Numbered"))
    items = blocks.ListBlock(blocks.RichTextBlock(features=CELL_FEATURES), min_num=1, label=_("Points"))

    class Meta:
        icon = "list-ul"
        label = _("List")


class TableBlock(blocks.StructBlock):
    """A table; the first row names the columns where `header` is set."""

    caption = blocks.CharBlock(required=False, label=_("Title"))
    header = blocks.BooleanBlock(required=False, default=True, label=_("First row names the columns"))
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(required=False), label=_("Cells")), min_num=1, label=_("Rows")
    )
    note = blocks.CharBlock(required=False, label=_("Source or note"))

    class Meta:
        icon = "table"
        label = _("Table")


class FactBoxBlock(blocks.StructBlock):
    """A box of background beside the text."""

    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(features=BOX_FEATURES, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Fact box")


class EmbedBlock(blocks.StructBlock):
    """Something on another site: nothing is loaded from there until the reader asks for it."""

    url = blocks.URLBlock(label=_("Address"))
    provider = blocks.CharBlock(label=_("Who would be contacted"))
    title = blocks.CharBlock(label=_("What would be shown"))

    class Meta:
        icon = "code"
        label = _("Embed (loads on click)")


class MediaBlock(blocks.StructBlock):
    """A sound or film of the library."""

    media = SnippetChooserBlock("newsroom.MediaFile", label=_("Recording"))
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "media"
        label = _("Recording")


class RelatedBlock(blocks.StructBlock):
    """A link to an article of ours, or to another page."""

    article = blocks.PageChooserBlock(
        required=False, page_type="newsroom.ArticlePage", label=_("Article of this paper")
    )
    url = blocks.URLBlock(required=False, label=_("or an address"))
    title = blocks.CharBlock(required=False, label=_("Title, if other than the headline"))

    class Meta:
        icon = "link"
        label = _("Related link")


class BodyBlocks(blocks.StreamBlock):
    """The body of an article."""

    paragraph = blocks.RichTextBlock(features=[*PASTED_FEATURES, *TEXT_FEATURES], icon="pilcrow", label=_("Paragraph"))
    heading = blocks.StructBlock(
        [
            ("level", blocks.ChoiceBlock(choices=[("2", "2"), ("3", "3")], default="2", label=_("Level"))),
            ("text", blocks.CharBlock(label=_("Text"))),
        ],
        icon="title",
        label=_("Heading"),
    )
    image = ImageBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    list = ListBlock()
    table = TableBlock()
    fact_box = FactBoxBlock()
    embed = EmbedBlock()
    audio = MediaBlock(icon="media", label=_("Audio"))
    video = MediaBlock(icon="media", label=_("Video"))
    related = RelatedBlock()

    class Meta:
        required = False
