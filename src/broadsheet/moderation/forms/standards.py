"""The forms of a rulebook's draft: made of its files, and given back as what is changed in them (STD-06)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from broadsheet.moderation.rules import standards_edits as edits
from broadsheet.moderation.rules.standards_words import HANDLINGS, detector_label, handling_label
from broadsheet.standards.rulebook import Clause, Kind
from broadsheet.standards.rulebook.transparency import CATEGORIES

CODE = re.compile(r"[A-Z][A-Z0-9]{2,19}")
LONGEST_WORD, MOST_WORDS, LONGEST_EXAMPLE = 80, 500, 2000
WORD_LANGUAGES = ("en", "fr", "ar", "de")  # that the judge tells apart word by word


class SettingsForm(forms.Form):
    """For every clause: whether it is on, the most its findings do, and each detector's threshold and doing."""

    def __init__(
        self, *args: Any, rows: Sequence[tuple[Clause, str, bool, bool]], tables: Mapping[str, Any], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.codes = [clause.code for clause, *_more in rows]
        self.tables = tables
        self._rows = rows
        for clause, title, *_more in rows:
            self._add(clause, title)

    def shown(self) -> list[dict[str, Any]]:
        """Return the clauses with their fields, as the page shows them."""
        faulty = {name for name in self.errors if name != "__all__"}
        return [
            {
                "code": clause.code,
                "title": title,
                "open": differs or any(f"_{clause.code}_" in f"{name}_" for name in faulty),
                "differs": differs,
                "own": own,
                "on": self[f"on_{clause.code}"],
                "handling": self[f"handling_{clause.code}"],
                "uses": [
                    (detector_label(key), self[f"threshold_{clause.code}_{key}"], self[f"does_{clause.code}_{key}"])
                    for key in self._uses(clause.code)
                ],
            }
            for clause, title, differs, own in self._rows
        ]

    def edits(self) -> dict[str, edits.ClauseEdit]:
        """Return what was chosen, by clause."""
        values = self.cleaned_data
        return {
            code: edits.ClauseEdit(
                values[f"on_{code}"],
                values[f"handling_{code}"],
                {
                    key: edits.UseEdit(values[f"threshold_{code}_{key}"], values[f"does_{code}_{key}"])
                    for key in self._uses(code)
                },
            )
            for code in self.codes
        }

    def _uses(self, code: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.tables[edits.clause_file(code)].get("detectors", {})
        return found

    def _add(self, clause: Clause, title: str) -> None:
        code, uses = clause.code, self._uses(clause.code)
        self.fields[f"on_{code}"] = forms.BooleanField(label=_("In force"), required=False, initial=clause.on)
        choices = [(one, handling_label(one)) for one in HANDLINGS if not (uses and one == "human")]
        self.fields[f"handling_{code}"] = forms.ChoiceField(
            label=_("The most a machine does"), choices=choices, initial=clause.handling.value
        )
        for key, use in uses.items():
            named = {"clause": title, "detector": detector_label(key)}
            self.fields[f"threshold_{code}_{key}"] = forms.FloatField(
                label=_("%(clause)s, %(detector)s: threshold") % named, min_value=0, max_value=1,
                initial=use["threshold"], widget=forms.NumberInput(attrs={"step": "any", "min": 0, "max": 1}),
            )  # fmt: skip
            self.fields[f"does_{code}_{key}"] = forms.ChoiceField(
                label=_("%(clause)s, %(detector)s: what a finding does") % named, required=False,
                choices=[("", _("As the clause")), *((one, handling_label(one)) for one in HANDLINGS[:-1])],
                initial=use.get("handling", ""),
            )  # fmt: skip


class WhyForm(forms.Form):
    """Why the rulebook changes; it stands beside the version for ever."""

    why = forms.CharField(
        label=gettext_lazy("Why the rulebook changes"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("Stands in the list of versions for ever, and begins the public note where readers are told."),
    )  # fmt: skip


class WordsForm(forms.Form):
    """Words and phrases that a clause has besides the shipped lists, one a line, and those of the lists it allows."""

    def __init__(self, *args: Any, tables: Mapping[str, Any], code: str, **more: Any) -> None:
        super().__init__(*args, **more)
        there = edits.words_of(tables, code)
        languages = [*WORD_LANGUAGES, *(one for one in there if one and one not in WORD_LANGUAGES)]
        self.languages = ["", *languages]
        for language in self.languages:
            label = (
                _("In every language")
                if not language
                else _("In texts in %(language)s") % {"language": name_of(language)}
            )
            self.fields[f"words_{language}"] = _lines(label, there.get(language, []))
        self.fields["does"] = forms.ChoiceField(
            label=_("What a word of ours does"), choices=[(one, handling_label(one)) for one in HANDLINGS[:-1]],
            initial=edits.handling_of_words(tables, code),
        )  # fmt: skip
        if edits.has_lists(tables, code):
            help_text = _("Words of the shipped lists that this clause is not to mind, as they stand in a text.")
            self.fields["allow"] = _lines(_("Allowed words"), edits.allowed_words(tables, code), help_text)

    def added(self) -> dict[str, list[str]]:
        """Return the words by language."""
        return {language: self.cleaned_data[f"words_{language}"] for language in self.languages}


class TextsForm(forms.Form):
    """A clause's title, sentences and plain examples per language of the rulebook."""

    def __init__(self, *args: Any, tables: Mapping[str, Any], code: str, languages: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.languages = tuple(languages)
        clause = tables[edits.clause_file(code)]
        for language in languages:
            self.fields[f"title_{language}"] = forms.CharField(
                label=_("Title"), max_length=120, initial=clause["title"].get(language, "")
            )
            self.fields[f"text_{language}"] = _area(_("Sentences"), str(clause["text"].get(language, "")).strip(), 6)
            pairs = edits.plain_pairs(tables, code, language)
            _add_pairs(self, language, pairs)

    def clean(self) -> dict[str, Any]:
        """Refuse examples of which one has no neighbour."""
        values: dict[str, Any] = super().clean() or {}
        _refuse_odd(self, values, self.languages)
        return values

    def words(self) -> dict[str, tuple[str, str]]:
        """Return title and sentences by language."""
        values = self.cleaned_data
        return {one: (values[f"title_{one}"], values[f"text_{one}"]) for one in self.languages}

    def pairs(self) -> dict[str, list[tuple[str, str]]]:
        """Return the examples by language."""
        return _pairs(self.cleaned_data, self.languages)

    def shown(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields by language, as the page shows them."""
        names = ("title", "text", "permitted", "forbidden")
        return [(name_of(one), [self[f"{name}_{one}"] for name in names]) for one in self.languages]


class NewClauseForm(forms.Form):
    """A clause of the newsroom's own."""

    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=20,
        help_text=gettext_lazy("3 to 20 capital letters and digits, such as SPOILER. It never changes."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("What follows"),
        choices=[
            (Kind.DISCRETIONARY.value, gettext_lazy("Comments that break it may be deleted")),
            (Kind.GROUND.value, gettext_lazy("Comments that break it are deleted")),
            (Kind.DUTY.value, gettext_lazy("A duty of everyone")),
        ],
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Category in the EU's database"),
        choices=[(one, one) for one in sorted(CATEGORIES)], initial="OTHER_VIOLATION_TC",
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=gettext_lazy("Legal ground (DSA)"),
        choices=[
            ("INCOMPATIBLE_CONTENT", gettext_lazy("It goes against our standards")),
            ("ILLEGAL_CONTENT", gettext_lazy("It is illegal")),
        ],
    )

    def __init__(self, *args: Any, languages: Sequence[str], language: str, taken: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.languages = (language, *(one for one in languages if one != language))
        self._taken = taken
        for one in self.languages:
            first = one == language
            self.fields[f"title_{one}"] = forms.CharField(label=_("Title"), max_length=120, required=first)
            self.fields[f"text_{one}"] = _area(_("Sentences"), "", 4, required=first)
            _add_pairs(self, one, [])

    def clean_code(self) -> str:
        """Refuse a code that is taken or can't be one."""
        code: str = self.cleaned_data["code"].strip().upper()
        if not CODE.fullmatch(code):
            raise ValidationError(_("Use 3 to 20 capital letters and digits, the first a letter."))
        if code in self._taken:
            raise ValidationError(_("There is a clause of this code. Choose another one."))
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse examples of which one has no neighbour."""
        values: dict[str, Any] = super().clean() or {}
        _refuse_odd(self, values, self.languages)
        return values

    def clause(self) -> edits.NewClause:
        """Return the clause."""
        values = self.cleaned_data
        words = {name: {one: values[f"{name}_{one}"] for one in self.languages} for name in ("title", "text")}
        return edits.NewClause(
            values["code"], values["kind"], words["title"], words["text"], values["category"], values["ground"],
            _pairs(values, self.languages),
        )  # fmt: skip

    def general(self) -> list[forms.BoundField]:
        """Return the fields that have no language."""
        return [self[name] for name in ("code", "kind", "category", "ground")]

    def shown(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the other fields by language, as the page shows them."""
        names = ("title", "text", "permitted", "forbidden")
        return [(name_of(one), [self[f"{name}_{one}"] for name in names]) for one in self.languages]


class FileForm(forms.Form):
    """A file of the rulebook as TOML."""

    toml = forms.CharField(
        label="TOML", max_length=200_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "dir": "ltr", "spellcheck": "false", "class": "mod-toml"}),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is switched on against its trial."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is switched on nevertheless"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("Kept in the audit log with your name."),
    )  # fmt: skip


class Lines(forms.CharField):
    """Words or phrases, one a line."""

    def clean(self, value: Any) -> list[str]:
        """Return the lines without blanks and repetitions."""
        text: str = super().clean(value) or ""
        lines = list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
        if len(lines) > MOST_WORDS or any(len(line) > LONGEST_WORD for line in lines):
            raise ValidationError(
                _("At most %(most)d words or phrases of at most %(longest)d characters.")
                % {"most": MOST_WORDS, "longest": LONGEST_WORD}
            )
        return lines


class Blocks(forms.CharField):
    """Examples, a blank line between two."""

    def clean(self, value: Any) -> list[str]:
        """Return the examples."""
        text: str = super().clean(value) or ""
        blocks = [one.strip() for one in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) if one.strip()]
        if any(len(one) > LONGEST_EXAMPLE for one in blocks):
            raise ValidationError(
                _("An example may have at most %(longest)d characters.") % {"longest": LONGEST_EXAMPLE}
            )
        return blocks


def name_of(language: str) -> str:
    """Return the language's name in the active language; its code where nobody knows it."""
    try:
        return str(get_language_info(language)["name_translated"])
    except KeyError:
        return language


def _area(label: str, value: str, rows: int, *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, initial=value, widget=widget, required=required, max_length=8000)


def _lines(label: str, words: Sequence[str], help_text: str = "") -> Lines:
    widget = forms.Textarea(attrs={"rows": min(8, max(2, len(words) + 1)), "dir": "auto"})
    return Lines(label=label, initial="\n".join(words), required=False, widget=widget, help_text=help_text)


def _add_pairs(form: forms.Form, language: str, pairs: Sequence[tuple[str, str]]) -> None:
    for place, (name, label) in enumerate(
        (("permitted", _("Permitted examples")), ("forbidden", _("Forbidden examples")))
    ):
        widget = forms.Textarea(attrs={"rows": 6, "dir": "auto"})
        form.fields[f"{name}_{language}"] = Blocks(
            label=label, required=False, widget=widget, initial="\n\n".join(pair[place] for pair in pairs),
            help_text=_("A blank line between two. The first permitted one is the neighbour of the first forbidden one, and so on."),
        )  # fmt: skip


def _pairs(values: Mapping[str, Any], languages: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    return {one: list(zip(values[f"permitted_{one}"], values[f"forbidden_{one}"], strict=True)) for one in languages}


def _refuse_odd(form: forms.Form, values: Mapping[str, Any], languages: Sequence[str]) -> None:
    for one in languages:
        permitted, forbidden = values.get(f"permitted_{one}"), values.get(f"forbidden_{one}")
        if permitted is not None and forbidden is not None and len(permitted) != len(forbidden):
            form.add_error(
                f"forbidden_{one}",
                _("Examples stand in pairs: there are %(permitted)d permitted and %(forbidden)d forbidden ones.")
                % {"permitted": len(permitted), "forbidden": len(forbidden)},
            )
