"""The answer to a reader's correction note."""

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.conf import LONGEST_ANSWER


class NoteAnswerForm(forms.Form):
    """What is right: the correction under the article, or the answer to the reader alone."""

    answer = forms.CharField(
        label=_("What is right"),
        help_text=_(
            "Accepted, it stands as a dated correction under the article. Declined, it goes to the reader. In the "
            "language of the edition."
        ),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    shown = forms.BooleanField(label=_("Declined: show the answer under the article, too"), required=False)
