"""What somebody who wants mail says: of which topics, and to which address."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from broadsheet.kernel import clock
from broadsheet.kernel.email import canonical
from broadsheet.kernel.rates import Limit, take
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.queries.mail_offer import choosable_by_mail, end_of, lead_of
from broadsheet.readers.forms.captcha import Captcha

SUBSCRIBED = Limit("subscriptions", times=20, per=timedelta(hours=1))  # from one network


class SubscribeForm(forms.Form):
    """Topics and an address; a reader's own address, which the account has confirmed, is not asked for.

    Only who gives an address is asked to be a person: others can be bothered by nobody but themselves.
    """

    articles = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    newsletters = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    email = forms.EmailField(
        label=_lazy("Your e-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, edition: EditionView, wanted: list[str], own: str, network: str
    ) -> None:
        super().__init__(data)
        self.own = own
        offered = choosable_by_mail(edition, wanted)
        for name, digested in (("articles", True), ("newsletters", False)):
            field: Any = self.fields[name]
            field.label = lead_of(edition, digested=digested)
            topics = [topic for topic in offered if topic.is_digested == digested]
            field.choices = [(topic.word, topic.name) for topic in topics]
            field.initial = [topic.word for topic in topics if topic.word in wanted]
            if not topics:
                del self.fields[name]
        self.fields["email"].help_text = end_of()
        if own:
            del self.fields["email"]
        self.captcha = Captcha("subscribe", data, network)

    def clean_email(self) -> str:
        """Return the address in its one form."""
        return canonical(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Ask for a topic; judge the captcha last, so that a mistake doesn't cost a solution, then count."""
        data = dict(super().clean() or {})
        if not self.errors and not self.topics:
            raise forms.ValidationError(_("Choose at least one topic."))
        if not self.errors and not self.own and not self.captcha.trapped:
            self.captcha.pass_or_raise()
            if take(SUBSCRIBED, self.captcha.network, clock.now()):
                raise forms.ValidationError(
                    _("Too many subscriptions came from your network lately. Try again in an hour.")
                )
        return data

    @property
    def topics(self) -> list[str]:
        """Return the words of what was chosen."""
        return [*self.cleaned_data.get("articles", []), *self.cleaned_data.get("newsletters", [])]

    @property
    def address(self) -> str:
        """Return where the mail is to go."""
        return self.own or str(self.cleaned_data["email"])
