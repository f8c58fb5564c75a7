"""How editions, sections and standing pages are edited."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from broadsheet.newsroom.forms.pages import EditionForm, SectionForm

EDITION_HANDLER = TabbedInterface(
    [
        ObjectList([FieldPanel("title", heading=_("Name"), classname="title"), FieldPanel("layout")],
                   heading=_("Front page")),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("language"), FieldPanel("at_root")]),
                FieldRowPanel([FieldPanel("short_name"), FieldPanel("tagline")]),
                FieldRowPanel([FieldPanel("brand"), FieldPanel("account_domain")]),
                FieldRowPanel([FieldPanel("time_zone"), FieldPanel("zone_label"), FieldPanel("accent")]),
                MultiFieldPanel(
                    [FieldPanel("privacy_address"), FieldPanel("moderators_address"), FieldPanel("contact_address")],
                    heading=_("Addresses"),
                ),
                MultiFieldPanel(
                    [FieldPanel("publisher"), FieldPanel("postal_address"), FieldPanel("dispute_bodies")],
                    heading=_("Named in the policies"),
                ),
                FieldPanel("minimum_age"),
                MultiFieldPanel(
                    [FieldPanel("channel_kind"), FieldPanel("channel_name"), FieldPanel("channel_address")],
                    heading=_("Discussion at another network"),
                ),
                MultiFieldPanel(
                    [FieldPanel("country"), FieldPanel("helplines")], heading=_("Help for readers in danger")
                ),
            ],
            heading=_("Settings"),
        ),
        ObjectList([PublishingPanel()], heading=_("Schedule")),
    ],
    base_form_class=EditionForm,
)  # fmt: skip
SECTION_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title", heading=_("Name"), classname="title"),
                FieldRowPanel([FieldPanel("slug", heading=_("Address")), FieldPanel("in_menu")]),
                FieldPanel("description"),
                FieldPanel("layout"),
            ],
            heading=_("Section page"),
        ),
        ObjectList([PublishingPanel()], heading=_("Schedule")),
    ],
    base_form_class=SectionForm,
)
INFO_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title", classname="title"),
                FieldRowPanel([FieldPanel("slug", heading=_("Address")), FieldPanel("purpose")]),
                FieldPanel("in_footer"),
                FieldPanel("text"),
            ],
            heading=_("Text"),
        ),
        ObjectList([PublishingPanel()], heading=_("Schedule")),
    ]
)
