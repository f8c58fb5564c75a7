"""The form that links an article with one of another edition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser

from broadsheet.newsroom.models import ArticlePage, SectionPage


class LinkForm(forms.Form):
    """An existing article of another edition."""

    other = forms.ModelChoiceField(
        label=_("Article of the other edition"),
        queryset=ArticlePage.objects.all(),
        widget=AdminPageChooser(target_models=[ArticlePage]),
    )


class BeginForm(forms.Form):
    """The section in which a translation is begun."""

    section = forms.ModelChoiceField(label=_("Section"), queryset=SectionPage.objects.none())

    def __init__(self, *args: Any, edition_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.queryset = SectionPage.objects.filter(edition_id=edition_id, live=True).order_by("path")
