"""Forms of legal notices and recordings."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from broadsheet.newsroom.actions.media import put_captions
from broadsheet.newsroom.engines.markup import clean_markup
from broadsheet.newsroom.models import LegalNotice, MediaFile
from broadsheet.newsroom.queries.editions import editions


class NoticeForm(WagtailAdminModelForm):
    """A legal notice; its other names stand one a line."""

    aliases = forms.CharField(
        label=_("Other names, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The checks find each of them in articles, and their distinctive parts as well."),
    )

    class Meta:
        model = LegalNotice
        fields = ("edition", "key", "name", "aliases", "jurisdiction", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["aliases"] = "\n".join(str(alias) for alias in self.instance.aliases or [])

    def clean_aliases(self) -> list[str]:
        """Return the names without empty lines and repetitions."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["aliases"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class MediaForm(WagtailAdminModelForm):
    """A recording with its words: a transcript and a caption track for each language of the paper."""

    class Meta:
        model = MediaFile
        fields = ("key", "kind", "title", "file", "duration_s", "agency", "year", "author", "poster")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = sorted({edition.language for edition in editions()})
        for code in self.languages:
            name = get_language_info(code)["name_local"]
            self.fields[f"transcript_{code}"] = forms.CharField(
                label=_("Transcript (%(language)s)") % {"language": name},
                required=False,
                widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "lang": code}),
            )
            self.initial[f"transcript_{code}"] = (self.instance.transcripts or {}).get(code, "")
            self.fields[f"captions_{code}"] = forms.FileField(
                label=_("Captions as WebVTT (%(language)s)") % {"language": name}, required=False
            )

    def words_fields(self) -> list[forms.BoundField]:
        """Return the fields for words, for the panel that shows them."""
        return [self[f"{name}_{code}"] for code in self.languages for name in ("transcript", "captions")]

    def clean(self) -> dict[str, Any]:
        """Return the values; captions must be WebVTT."""
        values = super().clean()
        for code in self.languages:
            track = values.get(f"captions_{code}")
            if track and not track.read(6).startswith((b"WEBVTT", b"\xef\xbb\xbfWEB")):
                self.add_error(f"captions_{code}", _("This is no WebVTT file: it must begin with WEBVTT."))
            if track:
                track.seek(0)
        return values

    def save(self, commit: bool = True) -> MediaFile:
        """Store the recording with its words."""
        self.instance.transcripts = {
            **(self.instance.transcripts or {}),
            **{code: clean_markup(self.cleaned_data.get(f"transcript_{code}") or "") for code in self.languages},
        }
        media = super().save(commit=commit)
        if commit:
            for code in self.languages:
                track = self.cleaned_data.get(f"captions_{code}")
                if track:
                    put_captions(media=media, language=code, track=track.read())
        return media
