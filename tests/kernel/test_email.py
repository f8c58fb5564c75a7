"""What reaches the same mailbox is the same address, however its domain is written (UTS 46, RFC 5891)."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from broadsheet.kernel.email import canonical, is_mailbox

pytestmark = [pytest.mark.row("ACC-01"), pytest.mark.row("ACC-02")]
# Letters of one script each, so that every label is one that may be registered; final forms and joiners left out.
_LABELS = st.one_of(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüéèçñåøæœß", min_size=1, max_size=20),
    st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяї", min_size=1, max_size=20),
    st.text(alphabet="αβγδεζηθικλμνξοπρτυφχψω", min_size=1, max_size=20),
    st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=20),
    st.text(alphabet="新聞日報社海河", min_size=1, max_size=10),
)
_LOCAL = st.text(alphabet=string.ascii_letters + string.digits + "+._-'", min_size=1, max_size=30)


@given(local=_LOCAL, labels=st.lists(_LABELS, min_size=1, max_size=3), dot=st.sampled_from(".。．｡"))
def test_all_ways_of_writing_a_domain_are_one(local, labels, dot):
    labels = [*labels, "example"]
    # As browsers and registries write it: Python's own punycode, label by label (RFC 3492).
    written = ".".join(each if each.isascii() else f"xn--{each.encode('punycode').decode()}" for each in labels)
    assume(all(len(label) < 64 for label in written.split(".")))
    expected = f"{local}@{written}".lower()
    assert canonical(f"{local}@{dot.join(labels)}") == expected
    assert canonical(f"  {local}@{written.upper()} ") == expected
    upper = dot.join(each if "ß" in each else each.upper() for each in labels)  # ß has no small way back from SS
    assert canonical(f"{local}@{upper}") == expected
    assert is_mailbox(expected)


@given(st.text(max_size=60))
def test_whatever_is_typed_has_one_form_and_that_form_is_its_own(text):
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("Tom@Bücher.Example", "tom@xn--bcher-kva.example"),
        ("tom@XN--BCHER-KVA.example", "tom@xn--bcher-kva.example"),
        ("tom@bu\u0308cher.example", "tom@xn--bcher-kva.example"),  # u and a mark for ü
        ("tom@faß.example", "tom@xn--fa-hia.example"),  # another domain than fass.example
        ("tom@fass.example", "tom@fass.example"),
        ("TOM+News@Mail.Example", "tom+news@mail.example"),
        ("tom@[192.0.2.1]", "tom@[192.0.2.1]"),
        ("no address", "no address"),
        ("", ""),
    ],
)
def test_known_forms(typed, one):
    assert canonical(typed) == one


@pytest.mark.parametrize("address", ["tom@☃.example", "tom@bü_cher.example", f"tom@{'ü' * 70}.example"])
def test_a_domain_without_a_form_is_no_mailbox(address):
    assert not is_mailbox(canonical(address))
    assert not is_mailbox("t" * 250 + "@a.example")
