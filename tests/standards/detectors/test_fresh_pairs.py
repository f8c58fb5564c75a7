"""What rules notice in the measured halves of the project's own sets, and in the second sets whole.

The floors are the specification's (0.80 for both where it names none, 0.95 for personal data). Sets and lists were written by
one hand, and the measured halves of `flood` and `privacy` were looked at once (their second sets were not): these figures
flatter. On the training's pairs, another hand's, the same rules find a fifth of threats, spam and promotion.
"""

from collections.abc import Iterable

import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.rulebook import Rulebook, load
from broadsheet.standards.senses import Senses
from tests.standards.fresh_sets import Case, half

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
# set: clause, detectors, least precision, least recall
SETS = {
    "commerce": ("COMMERCE", {"commerce", "links"}, 0.8, 0.8),
    "promotion": ("PROMOTION", {"promotion", "links"}, 0.8, 0.8),
    "spam": ("SPAM", {"spam", "links"}, 0.8, 0.8),
    "malware": ("MALWARE", {"links"}, 0.8, 0.8),
    "form": ("FORM", {"capitals"}, 0.8, 0.8),
    "flood": ("FLOOD", {"gibberish"}, 0.8, 0.8),
    "threats": ("INSULT", {"threats"}, 0.8, 0.8),
    "organisations": ("EXTREMISM", {"organisations"}, 0.8, 0.8),
}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load()


def counted(
    cases: Iterable[Case], code: str, by: set[str], rulebook: Rulebook, senses: Senses
) -> tuple[list[str], list[str], int]:
    """Return what was missed, what was found without reason, and how many were found with reason."""
    missed, wrong, right = [], [], 0
    for case in cases:
        verdict = judge(case.submission, rulebook, senses)
        assert not verdict.not_scored
        hit = any(finding.clause == code and finding.detector in by for finding in verdict.findings)
        right += hit and case.found
        if hit != case.found:
            (missed if case.found else wrong).append(case.text)
    return missed, wrong, right


@pytest.mark.parametrize("name", SETS)
def test_pairs_are_told_apart(name: str, rulebook: Rulebook, senses: Senses) -> None:
    code, by, precision, recall = SETS[name]
    cases = half(name, "measured")
    assert len(cases) >= 40
    missed, wrong, right = counted(cases, code, by, rulebook, senses)
    assert right >= recall * (right + len(missed)), missed
    assert right >= precision * (right + len(wrong)), wrong


@pytest.mark.parametrize("name", ["privacy", "privacy_second"])
def test_personal_data_are_found_and_numbers_left_alone(name: str, rulebook: Rulebook, senses: Senses) -> None:
    cases = [*half(name, "measured"), *(half(name, "tuned") if name.endswith("second") else ())]
    missed, wrong, right = counted(cases, "PRIVACY", {"personal_data"}, rulebook, senses)
    assert right >= 0.95 * (right + len(missed)), missed
    clean = sum(not case.found for case in cases)
    assert len(wrong) <= 0.05 * clean, wrong


def test_a_second_set_of_gibberish(rulebook: Rulebook, senses: Senses) -> None:
    cases = [*half("flood_second", "tuned"), *half("flood_second", "measured")]
    missed, wrong, right = counted(cases, "FLOOD", {"gibberish"}, rulebook, senses)
    assert right >= 0.8 * (right + len(missed)), missed
    assert not wrong


def test_clean_halves_of_all_sets_break_hardly_any_clause(rulebook: Rulebook, senses: Senses) -> None:
    """A comment that is clean for its own set is mostly clean for every other, too."""
    names = [*SETS, "privacy"]
    clean = [case for name in names for case in half(name, "measured") if not case.found]
    held = [
        case.text
        for case in clean
        if any(finding.handling == "hold" for finding in judge(case.submission, rulebook, senses).findings)
    ]
    assert len(clean) > 300
    assert len(held) <= 0.05 * len(clean), held
