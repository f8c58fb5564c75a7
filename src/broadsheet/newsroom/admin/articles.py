"""How an article is edited."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from broadsheet.newsroom.admin.checks_panel import ChecksPanel
from broadsheet.newsroom.forms.pages import ArticleForm

# Grows with the headline; its script keeps line breaks out.
HEADLINE = AdminAutoHeightTextInput(attrs={"data-one-line": ""})
TEXT = [
    FieldPanel("title", heading=_("Headline"), help_text=" ", classname="title", widget=HEADLINE),
    FieldPanel("short_title"),
    FieldPanel("standfirst"),
    MultiFieldPanel(
        [FieldPanel("lead_picture"), FieldPanel("lead_caption"), FieldPanel("lead_alt")],
        heading=_("Picture above the text"),
        classname="collapsed",
    ),
    FieldPanel("body"),
    ChecksPanel(heading=_("Checks before publication")),
]
ABOUT = [
    FieldRowPanel([FieldPanel("kind"), FieldPanel("dateline")]),
    MultipleChooserPanel("bylines", chooser_field_name="author", heading=_("Authors"), label=_("Author")),
    MultipleChooserPanel("tagged", chooser_field_name="tag", heading=_("Tags"), label=_("Tag")),
    FieldPanel("lead_media"),
    FieldRowPanel([FieldPanel("live_starts_at"), FieldPanel("live_ends_at")], heading=_("Live coverage")),
    FieldPanel("story_group"),
    FieldPanel("channel_post"),
]
AFTERWARDS = [
    FieldPanel("minor_change"),
    InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")),
    FieldPanel("address_slug"),
    MultiFieldPanel(
        [FieldPanel("source_name"), FieldPanel("source_url"), FieldPanel("source_licence")],
        heading=_("Taken over from another publication"),
    ),
]
ARTICLE_HANDLER = TabbedInterface(
    [
        ObjectList(TEXT, heading=_("Text")),
        ObjectList(ABOUT, heading=_("People, tags and kind")),
        ObjectList(AFTERWARDS, heading=_("Corrections and origin")),
        ObjectList([PublishingPanel(), CommentPanel()], heading=_("Schedule")),
    ],
    base_form_class=ArticleForm,
)
