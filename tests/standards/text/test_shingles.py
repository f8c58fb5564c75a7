import numpy as np
import pytest

from broadsheet.standards.text.shingles import Signature, bands, signature

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
ONE = "The council should keep the old swimming pool open until the new one in the north is finished."


def likeness(one: Signature, other: Signature) -> float:
    return float(np.mean(one == other))


def test_same_letters_are_the_same_whatever_case_and_signs() -> None:
    other = "THE council: should keep the old swimming-pool open, until the new one in the north is finished!!!"
    assert likeness(signature(ONE), signature(other)) == 1
    assert bands(signature(ONE)) == bands(signature(other))


def test_reworded_is_nearer_than_another_subject() -> None:
    reworded = "The council must keep our old swimming pool open until the new one in the north is ready."
    another = "My grandmother bakes bread every Friday, and nobody in the street can resist the smell of it."
    assert likeness(signature(ONE), signature(reworded)) > 0.4
    assert likeness(signature(ONE), signature(another)) < 0.15
    assert set(bands(signature(ONE))) & set(bands(signature(reworded)))


def test_empty_texts_have_a_signature_too() -> None:
    assert likeness(signature(""), signature("")) == 1
    assert likeness(signature(""), signature(ONE)) < 0.1
