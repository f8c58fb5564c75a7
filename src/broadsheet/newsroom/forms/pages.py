"""Forms of the page tree: articles, editions, sections."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Locale

from broadsheet.newsroom.conf import RESERVED_SLUGS, ChannelKind
from broadsheet.newsroom.engines.splitting import split_blocks
from broadsheet.newsroom.models import ArticlePage, EditionPage, SectionPage
from broadsheet.newsroom.rules.channels import channel_of, post_of
from broadsheet.newsroom.rules.helplines import MOST_LINES, read_helpline
from broadsheet.newsroom.rules.zones import is_zone


class ArticleForm(WagtailAdminPageForm):
    """An article. “Minor change” counts for one publication: it starts unticked each time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The browser would cut what is pasted at the limit, without a word: the form says what is too long.
        self.fields["title"].widget.attrs.pop("maxlength", None)
        if self.instance.pk and self.instance.live and not self.instance.has_unpublished_changes:
            self.initial["minor_change"] = False

    def clean_title(self) -> str:
        """Return the headline on one line."""
        return " ".join(self.cleaned_data["title"].replace("\x00", "").split())

    def clean_channel_post(self) -> str:
        """Return the post's address where its replies can be asked for."""
        address = str(self.cleaned_data["channel_post"])
        if address and post_of(address) is None:
            raise forms.ValidationError(
                _("This is no address of a post: it looks like https://host/@name/123, with the post's number last.")
            )
        return address

    def clean_body(self) -> Any:
        """Return the body; headings and lists that were pasted into a paragraph stand as blocks of their own."""
        body = self.cleaned_data["body"]
        before = list(body.get_prep_value())
        after = split_blocks(before)
        return body if after == before else ArticlePage._meta.get_field("body").to_python(after)


class ArticleCopyForm(CopyForm):
    """Copies an article into a draft with a number and an address of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("new_slug", "publish_copies", "alias", "copy_subpages"):
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """Return the values with a passing address: the article's number replaces it."""
        self.cleaned_data["new_slug"] = f"copy-of-{self.page.slug}"
        return super().clean()


class EditionForm(WagtailAdminPageForm):
    """An edition with its language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["language"].initial = self.instance.locale.language_code
            self.fields["language"].disabled = True

    def clean_time_zone(self) -> str:
        """Return the zone where there is one of this name."""
        name = self.cleaned_data["time_zone"]
        if not is_zone(name):
            raise forms.ValidationError(
                _("There is no time zone “%(name)s”. Use a name such as Europe/London."), params={"name": name}
            )
        return name

    def clean_country(self) -> str:
        """Return the country in capitals."""
        return str(self.cleaned_data["country"]).upper()

    def clean_helplines(self) -> str:
        """Return the lines where each of them can be shown: somebody may need it."""
        rows = [row.strip() for row in self.cleaned_data["helplines"].splitlines() if row.strip()]
        wrong = next((row for row in rows if read_helpline(row) is None), None)
        if wrong is not None:
            raise forms.ValidationError(
                _("“%(line)s” is no helpline. Write: name | telephone | hours | web address."),
                params={"line": wrong[:80]},
            )
        if len(rows) > MOST_LINES:
            raise forms.ValidationError(
                _("At most %(most)s helplines: who needs one reads no more."), params={"most": MOST_LINES}
            )
        return "\n".join(rows)

    def clean_code(self) -> str:
        """Return the code where its address is free."""
        code = self.cleaned_data["code"]
        if code in RESERVED_SLUGS or SectionPage.objects.filter(edition__at_root=True, slug=code).exists():
            raise forms.ValidationError(_("This address is used by the paper. Choose another code."))
        return code

    def clean(self) -> dict[str, Any]:
        """Return the values; a new edition takes the language chosen."""
        values = super().clean()
        if not self.instance.pk and values.get("language"):
            self.instance.locale = Locale.objects.get_or_create(language_code=values["language"])[0]
        if values.get("code"):
            self.instance.slug = values["code"]
        self._check_channel(values)
        return values

    def _check_channel(self, values: dict[str, Any]) -> None:
        """Say what a discussion at another network lacks: half of a setting would show nothing, without a word."""
        kind = values.get("channel_kind", "")
        if not kind or {"channel_kind", "channel_name", "channel_address"} & set(self.errors):
            return
        if not values.get("channel_name"):
            self.add_error("channel_name", _("Name the network: the tab says it."))
        elif kind == ChannelKind.PAGE and channel_of(kind, "-", values.get("channel_address", "")) is None:
            self.add_error(
                "channel_address",
                _("Write an address that begins with https:// and holds {url} or {number}, for the article."),
            )


class SectionForm(WagtailAdminPageForm):
    """A section, whose address must not be one of the paper's own."""

    def clean_slug(self) -> str:
        """Return the address where it is free."""
        slug = self.cleaned_data["slug"]
        edition = self.parent_page.specific if self.parent_page else None
        at_root = bool(getattr(edition, "at_root", False))
        taken = slug in RESERVED_SLUGS or (at_root and EditionPage.objects.filter(code=slug).exists())
        if taken:
            raise forms.ValidationError(_("This address is used by the paper. Choose another one."))
        return slug
