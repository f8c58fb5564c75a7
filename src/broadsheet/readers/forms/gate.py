"""The form of the privacy gate."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GateForm(forms.Form):
    """A box that nobody ticked beforehand, and the version that the page showed."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    acknowledged = forms.BooleanField(
        label=_("I have taken note of the Privacy Policy."),
        error_messages={"required": _("Check the box to continue, or delete your account.")},
    )
