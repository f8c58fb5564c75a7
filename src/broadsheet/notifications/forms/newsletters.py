"""What editors write: newsletters, their issues, and when those go."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from broadsheet.notifications.actions.keep_newsletter import NewsletterWords
from broadsheet.notifications.conf import (
    MOST_PICKS,
    NEWSLETTER_NAME,
    NEWSLETTER_OPENING,
    NEWSLETTER_SUBJECT,
    NEWSLETTER_SUBJECT_SHOWN,
)
from broadsheet.notifications.models import Newsletter
from broadsheet.notifications.queries.newsletter_rights import Bound
from broadsheet.notifications.rules.newsletters import IssueContent, Picked

HEADLINE, TEASER = 200, 500  # characters of own words


class NewsletterForm(forms.Form):
    """How a newsletter is called, what it is about, and who it comes from."""

    name = forms.CharField(label=_("Name"), max_length=NEWSLETTER_NAME, widget=forms.TextInput({"dir": "auto"}))
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=300,
        help_text=_("What readers get, and how often. They see it where they subscribe."),
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    sections = forms.TypedMultipleChoiceField(
        label=_("Sections"),
        required=False,
        coerce=int,
        help_text=_("None: it is about the whole edition."),
        widget=forms.CheckboxSelectMultiple,
    )
    sender_name = forms.CharField(
        label=_("Sender’s name"),
        required=False,
        max_length=NEWSLETTER_NAME,
        help_text=_("As mail programs show it. Empty: the name of the paper."),
        widget=forms.TextInput({"dir": "auto"}),
    )

    def __init__(self, data: Any, *, bound: Bound, newsletter: Newsletter | None = None) -> None:
        self.bound = bound
        first = {}
        if newsletter is not None:
            first = {name: getattr(newsletter, name) for name in ("name", "description", "sections", "sender_name")}
        super().__init__(data, initial=first)
        sections: Any = self.fields["sections"]
        offered = bound.edition.sections if bound.whole else bound.sections
        sections.choices = [(section.id, section.name) for section in offered]
        if not bound.whole:
            sections.required = True
            sections.help_text = _("Those in which you publish.")

    def words(self) -> NewsletterWords:
        """Return what was written; call where the form is valid."""
        found = self.cleaned_data
        return NewsletterWords(
            name=" ".join(found["name"].split()),
            description=" ".join(found["description"].split()),
            sections=tuple(found["sections"]),
            sender_name=" ".join(found["sender_name"].split()),
        )


class IssueForm(forms.Form):
    """Subject and opening words; the articles stand beside them in the same form (`picks`), by the article's number."""

    subject = forms.CharField(
        label=_("Subject"),
        required=False,
        max_length=NEWSLETTER_SUBJECT,
        help_text=_("Phones show about %(count)s characters.") % {"count": NEWSLETTER_SUBJECT_SHOWN},
        widget=forms.TextInput({"dir": "auto"}),
    )
    opening = forms.CharField(
        label=_("Opening words"),
        required=False,
        max_length=NEWSLETTER_OPENING,
        help_text=_("An empty line begins a new paragraph."),
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any, *, content: IssueContent, version: int) -> None:
        super().__init__(data, initial={"subject": content.subject, "opening": content.opening, "version": version})
        self.stored = content

    def clean(self) -> dict[str, Any]:
        """Refuse own words that are too long, by name."""
        for pick in self.picks():
            if len(pick.headline) > HEADLINE or len(pick.teaser) > TEASER:
                raise forms.ValidationError(
                    _("A headline has at most %(headline)s characters here, and a teaser %(teaser)s."),
                    params={"headline": HEADLINE, "teaser": TEASER},
                )
        return dict(self.cleaned_data)

    def picks(self) -> tuple[Picked, ...]:
        """Return the articles as they were sent, or as they are stored."""
        if not self.is_bound:
            return self.stored.picks
        data: Any = self.data
        numbers = [int(word) for word in data.getlist("pick") if word.isascii() and word.isdecimal() and len(word) < 19]
        return tuple(
            Picked(
                number,
                " ".join(data.get(f"headline-{number}", "").split()),
                " ".join(data.get(f"teaser-{number}", "").split()),
                f"picture-{number}" in data,
            )
            for number in list(dict.fromkeys(numbers))[:MOST_PICKS]
        )

    def content(self) -> IssueContent:
        """Return what was written; call where the form is valid."""
        found = self.cleaned_data
        opening = "\n".join(line.rstrip() for line in found["opening"].splitlines()).strip()
        return IssueContent(" ".join(found["subject"].split()), opening, self.picks())


class SendForm(forms.Form):
    """When an issue goes; `version` is the one that was seen."""

    due_at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_("Empty: at once. By the clock of the edition."),
        widget=AdminDateTimeInput(),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def see(self, version: int) -> None:
        """Note that the editor is shown this version now."""
        data: Any = self.data
        self.data = data.copy()
        self.data["version"] = str(version)  # type: ignore[index]
