"""What an editor writes to push an article."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.widgets import AdminDateTimeInput

from broadsheet.newsroom.queries.cards import ArticleCard
from broadsheet.notifications.actions.push_to_followers import shortened
from broadsheet.notifications.actions.write_push import Written
from broadsheet.notifications.conf import PUSH_TEXT, PUSH_TEXT_SHOWN, PUSH_TITLE, PUSH_TITLE_SHOWN
from broadsheet.notifications.queries.push_topics import NamedTopic, reach, topics_of


class PushForm(forms.Form):
    """Title, text, to whom, with which picture, when. `follows` is the newest push that the editor saw here."""

    title = forms.CharField(
        label=_("Title"),
        max_length=PUSH_TITLE,
        help_text=_("Phones show about %(count)s characters.") % {"count": PUSH_TITLE_SHOWN},
        widget=forms.TextInput({"dir": "auto", "data-push-title": ""}),
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=PUSH_TEXT,
        help_text=_("Phones show about %(count)s characters before they are opened.") % {"count": PUSH_TEXT_SHOWN},
        widget=forms.Textarea({"rows": 3, "dir": "auto", "data-push-text": ""}),
    )
    topic = forms.ChoiceField(
        label=_("To whom"),
        help_text=_(
            "Breaking news goes out before everything else, makes phones sound, and comes in quiet hours, too."
        ),
        widget=forms.RadioSelect,
    )
    with_picture = forms.BooleanField(
        label=_("With the article’s picture"), required=False, widget=forms.CheckboxInput({"data-push-picture": ""})
    )
    due_at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_("Empty: at once. By the clock of the edition."),
        widget=AdminDateTimeInput(),
    )
    follows = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, *, card: ArticleCard, latest: int) -> None:
        first = {
            "title": shortened(card.short_title, PUSH_TITLE),
            "text": shortened(card.standfirst, PUSH_TEXT_SHOWN),
            "with_picture": card.picture is not None,
            "topic": f"news:{card.edition.id}",
            "follows": latest,
        }
        super().__init__(data, initial=first)
        topic: Any = self.fields["topic"]
        topic.choices = [(found.word, _label(found)) for found in topics_of(card)]
        if card.picture is None:
            del self.fields["with_picture"]

    def see(self, latest: int) -> None:
        """Note that the editor is shown this push now; what was written stays in the form."""
        data: Any = self.data
        self.data = data.copy()
        self.data["follows"] = str(latest)  # type: ignore[index]

    def written(self) -> Written:
        """Return what was written; call where the form is valid."""
        found = self.cleaned_data
        return Written(
            topic=found["topic"],
            title=" ".join(found["title"].split()),
            text=" ".join(found["text"].split()),
            with_picture=bool(found.get("with_picture")),
            due_at=found["due_at"],
        )


def _label(topic: NamedTopic) -> str:
    """Return what the topic is, and how many it reaches."""
    kinds = {"section": _("Section: %(name)s"), "tag": _("Tag: %(name)s"), "author": _("Author: %(name)s")}
    name = str(kinds[topic.kind]) % {"name": topic.name} if topic.kind in kinds else topic.name
    return f"{name} · {_browsers(reach([topic.word]))}"


def _browsers(count: int) -> str:
    return ngettext("%(count)s browser", "%(count)s browsers", count) % {"count": f"{count:,}".replace(",", "\u202f")}
