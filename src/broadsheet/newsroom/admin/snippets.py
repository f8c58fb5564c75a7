"""The desk's lists of authors, tags, legal notices, recordings and radios."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from broadsheet.newsroom.admin.checks_panel import WordsPanel
from broadsheet.newsroom.admin.radio import StationViewSet
from broadsheet.newsroom.forms.terms import MediaForm, NoticeForm
from broadsheet.newsroom.models import Author, LegalNotice, MediaFile, Tag


class AuthorViewSet(SnippetViewSet):
    """Authors of all editions."""

    model = Author
    icon = "user"
    list_display = ["name", "role", "edition"]
    list_filter = ["edition"]
    search_fields = ["name", "slug"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
            FieldRowPanel([FieldPanel("edition"), FieldPanel("role")]),
            FieldPanel("bio"),
            FieldPanel("picture"),
        ]
    )


class TagViewSet(SnippetViewSet):
    """Tags of all editions."""

    model = Tag
    icon = "tag"
    list_display = ["name", "kind", "edition"]
    list_filter = ["edition", "kind"]
    search_fields = ["name", "slug"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
            FieldRowPanel([FieldPanel("edition"), FieldPanel("kind")]),
        ]
    )


class NoticeViewSet(SnippetViewSet):
    """The register of legal notices."""

    model = LegalNotice
    icon = "warning"
    list_display = ["name", "jurisdiction", "edition"]
    list_filter = ["edition"]
    search_fields = ["name", "key", "text"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("key")]),
            FieldRowPanel([FieldPanel("edition"), FieldPanel("jurisdiction")]),
            FieldPanel("aliases"),
            FieldPanel("text"),
        ],
        base_form_class=NoticeForm,
    )


class MediaViewSet(SnippetViewSet):
    """Sounds and films."""

    model = MediaFile
    icon = "media"
    list_display = ["title", "kind", "duration_s"]
    list_filter = ["kind"]
    search_fields = ["title", "key"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("title"), FieldPanel("key")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("duration_s")]),
            FieldPanel("file"),
            FieldRowPanel([FieldPanel("agency"), FieldPanel("year"), FieldPanel("author")]),
            FieldPanel("poster"),
            WordsPanel(heading=_("Words")),
        ],
        base_form_class=MediaForm,
    )


class RegisterGroup(SnippetViewSetGroup):
    """The desk's menu of what articles point at."""

    items = (AuthorViewSet, TagViewSet, NoticeViewSet, MediaViewSet, StationViewSet)
    menu_label = _("Registers")
    menu_icon = "list-ul"
    menu_order = 250


def register() -> None:
    """Add the lists to the desk."""
    register_snippet(RegisterGroup)
