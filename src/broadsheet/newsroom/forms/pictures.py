"""The form of a picture in the library, and that of its crops."""

import io
from typing import Any

import willow
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.conf import RATIOS
from broadsheet.newsroom.engines.picture_files import take_picture
from broadsheet.newsroom.models import Picture

CORNERS = ("left", "top", "right", "bottom")


class PictureField(WagtailImageField):
    """A picture file, taken in before anything else looks at it: an unsound one is refused in words."""

    def to_python(self, data: Any) -> Any:
        """Return the file without private metadata; what its maker said of it is its `metadata`."""
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        file.seek(0)
        try:
            taken = take_picture(file.read(), str(file.name))
        except Refused as error:
            raise forms.ValidationError(str(error.refusal)) from error
        kind = getattr(file, "content_type", None) or "application/octet-stream"
        clean: Any = SimpleUploadedFile(str(file.name), taken.data, content_type=kind)
        clean.image = willow.Image.open(io.BytesIO(taken.data))
        clean.metadata = taken.metadata
        return clean


class PictureForm(BaseImageForm):
    """A picture. What its maker wrote into the file fills the fields left empty; where it was taken is stripped."""

    class Meta(BaseImageForm.Meta):
        widgets = {**BaseImageForm.Meta.widgets, "taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields.get("file")
        if old is not None:
            self.fields["file"] = PictureField(label=old.label, required=old.required, widget=old.widget)

    def _post_clean(self) -> None:
        self._fill_from_metadata()
        super()._post_clean()

    def _fill_from_metadata(self) -> None:
        """Put what the file says of itself where the form says nothing."""
        metadata = getattr(self.cleaned_data.get("file"), "metadata", None)
        if metadata is None:
            return
        for name in ("caption", "alt", "agency", "author", "year", "taken_on", "pool"):
            if not self.cleaned_data.get(name):
                value = getattr(metadata, name)
                self.cleaned_data[name] = value
                setattr(self.instance, name, value)

    def save(self, commit: bool = True) -> Picture:
        """Store the picture; crops of another file are dropped with it."""
        if self.instance.pk and "file" in self.changed_data:
            self.instance.crops = {}
        return super().save(commit=commit)


class CropsForm(forms.Form):
    """The corners of one crop for each ratio, in source pixels; all four empty: none chosen."""

    def __init__(self, *args: Any, picture: Picture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picture = picture
        labels = {"left": _("Left"), "top": _("Top"), "right": _("Right"), "bottom": _("Bottom")}
        for ratio in RATIOS:
            chosen = picture.crops.get(ratio) or (None,) * 4
            for place, corner in enumerate(CORNERS):
                most = picture.width if place % 2 == 0 else picture.height
                self.fields[field_name(ratio, corner)] = forms.IntegerField(
                    label=labels[corner], min_value=0, max_value=most, required=False, initial=chosen[place]
                )

    def rows(self) -> list[dict[str, Any]]:
        """Return each ratio with its fields."""
        return [
            {"ratio": ratio, "name": ratio.replace(":", "x"), "width": shape[0], "height": shape[1],
             "fields": [self[field_name(ratio, corner)] for corner in CORNERS]}
            for ratio, shape in RATIOS.items()
        ]  # fmt: skip

    def crops(self) -> dict[str, list[int]]:
        """Return the crops chosen."""
        found = {}
        for ratio in RATIOS:
            corners = [self.cleaned_data.get(field_name(ratio, corner)) for corner in CORNERS]
            if all(corner is not None for corner in corners):
                found[ratio] = [int(corner) for corner in corners if corner is not None]
        return found

    def clean(self) -> dict[str, Any]:
        """Return the values; a crop needs all of its corners, or none."""
        values = super().clean() or {}
        for ratio in RATIOS:
            given = [values.get(field_name(ratio, corner)) is not None for corner in CORNERS]
            if any(given) and not all(given):
                self.add_error(
                    field_name(ratio, "left"), _("Give all four corners, or leave all four empty for the focal point.")
                )
        return values


def field_name(ratio: str, corner: str) -> str:
    """Return the name of the field for one corner."""
    return f"{ratio.replace(':', 'x')}_{corner}"
