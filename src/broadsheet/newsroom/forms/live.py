"""The form of a live post."""

from typing import Any

from django import forms
from django.utils.html import linebreaks, strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.images.widgets import AdminImageChooser

from broadsheet.newsroom.models import Author, LivePost, Picture

FEATURES = ["bold", "italic", "link", "ul", "ol"]


class PostText(DraftailRichTextArea):
    """The text editor; what a browser without scripts sends is taken as plain paragraphs."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """Return the text as rich text."""
        try:
            return super().value_from_datadict(data, files, name)
        except ValueError:
            return linebreaks(data.get(name, ""), autoescape=True)


class LivePostForm(forms.ModelForm):
    """A post: text, and if wanted a headline, a picture and who wrote it."""

    picture: Any = forms.ModelChoiceField(
        label=_("Picture"), queryset=Picture.objects.all(), required=False, widget=AdminImageChooser
    )

    class Meta:
        model = LivePost
        fields = ("headline", "text", "picture", "author", "pinned")

    def __init__(self, *args: Any, edition_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = PostText(features=FEATURES)
        author: Any = self.fields["author"]
        author.queryset = Author.objects.filter(edition_id=edition_id)

    def clean_text(self) -> str:
        """Return the text, which must have words."""
        text = self.cleaned_data["text"]
        if not strip_tags(text).strip():
            raise forms.ValidationError(_("Write something first."))
        return text
