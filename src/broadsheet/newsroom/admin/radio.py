"""How an edition's radio and its programme are kept."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel
from wagtail.snippets.views.snippets import SnippetViewSet

from broadsheet.newsroom.forms.radio import StationForm
from broadsheet.newsroom.models import Station


class TryPanel(Panel):
    """The button that tries whether the address gives sound."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/radio_try.html"


TIMES = FieldRowPanel([FieldPanel("begins"), FieldPanel("ends")])
ABOUT = [FieldRowPanel([FieldPanel("title"), FieldPanel("host")]), FieldPanel("description")]


class StationViewSet(SnippetViewSet):
    """The radios of all editions."""

    model = Station
    icon = "media"
    list_display = ["name", "edition"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("edition"), FieldPanel("name")]),
            MultiFieldPanel([FieldPanel("address"), TryPanel()], heading=_("Sound")),
            InlinePanel(
                "shows",
                [FieldPanel("days"), TIMES, *ABOUT],
                heading=_("Programme of every week"),
                label=_("Radio show"),
                help_text=_("Times are those of the edition's clock. Where nothing is written, nothing is announced."),
            ),
            InlinePanel(
                "specials",
                [FieldPanel("on"), TIMES, *ABOUT],
                heading=_("Exceptions of single days"),
                label=_("Exception"),
                help_text=_("An exception is sent instead of whatever the week has at its time."),
            ),
        ],
        base_form_class=StationForm,
    )
