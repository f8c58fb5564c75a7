"""The form of a policy's draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput

from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.models import PolicyVersion


class PolicyForm(forms.ModelForm):
    """A draft; the standards' text is written from the rulebook, so only what is said about it is asked."""

    class Meta:
        model = PolicyVersion
        fields = ("title", "text", "what_changed", "why", "effective_at")
        widgets = {
            "text": AdminAutoHeightTextInput(attrs={"dir": "auto"}),
            "what_changed": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "why": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "effective_at": AdminDateTimeInput,
        }
        help_texts = {
            "text": _("# before a heading, - before a list item, **bold**, [words](address), {variables}."),
            "what_changed": _("Readers are shown this, in the edition's language."),
            "why": _("Readers are shown this, in the edition's language."),
            "effective_at": _("Empty: from its publication on."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == PolicyKind.STANDARDS:
            del self.fields["text"]

    def _post_clean(self) -> None:
        """Leave the row as it is: the action stores it, and checks it then."""

    def values(self) -> dict[str, Any]:
        """Return what the action stores."""
        return {"text": self.instance.text, **self.cleaned_data}
