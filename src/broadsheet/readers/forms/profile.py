"""The profile: name, language, choices of mail, picture."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.queries.editions import editions
from broadsheet.readers.conf import BELL, MAIL, NOTHING, ways
from broadsheet.readers.conf import choices as offered
from broadsheet.readers.models import Reader


class ProfileForm(forms.Form):
    """What the owner says of the account."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
        help_text=_("Stands beside what you write. 1 to 40 characters."),
    )
    language = forms.ChoiceField(
        label=_("Language of mails"),
        required=False,
        help_text=_("Without a choice: that of the edition they are about."),
    )
    choices = forms.MultipleChoiceField(
        label=_("Send me a mail when"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What concerns the account itself is always sent."),
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        initial = {
            "display_name": reader.display_name,
            "language": reader.language,
            "choices": [name for name, wanted in reader.choices.items() if wanted is True],
            **{f"way_{name}": reader.choices.get(name, BELL) for name in ways},
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        spoken = {edition.language: get_language_info(edition.language)["name_local"] for edition in editions()}
        how = [(BELL, _("on the site")), (MAIL, _("on the site and by mail")), (NOTHING, _("not at all"))]
        for name, said in ways.items():
            self.fields[f"way_{name}"] = forms.ChoiceField(
                label=said, required=False, choices=how, widget=forms.RadioSelect
            )
        self.fields["choices"].choices = list(offered.items())  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("As the edition")), *spoken.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the values as `change_profile` takes them: the ways to be told of something by their names."""
        values = dict(super().clean() or self.cleaned_data)
        chosen = {name: values.pop(f"way_{name}", "") for name in ways}
        return {**values, "ways": {name: way for name, way in chosen.items() if way}}


class AvatarForm(forms.Form):
    """A picture to upload."""

    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"}),
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, at most 2 MB and 40 megapixels. It is cut to a square."),
    )
