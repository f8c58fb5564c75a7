"""When a version may be published; how its text is filled in, cut up and compared."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.newsroom.engines.policy_markup import policy_html
from broadsheet.newsroom.rules.policies import Before, Candidate, refuse_publication
from broadsheet.newsroom.rules.policy_differences import differences
from broadsheet.newsroom.rules.policy_text import digest, fill, passages

pytestmark = [pytest.mark.row("ACC-09"), pytest.mark.files]
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOUND = {"words": "New words.", "what_changed": "All.", "why": "Law.", "effective_at": NOON}
TEXTS = st.lists(st.sampled_from(["# Head", "- one item", "Some plain words here.", "", "## Other", "Words again."]))


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({}, None),
        ({"effective_at": NOON + HOUR}, None),
        ({"words": "  \n"}, "policy-empty"),
        ({"what_changed": " "}, "policy-unexplained"),
        ({"why": ""}, "policy-unexplained"),
        ({"unknown": ["brnad"]}, "policy-unknown-name"),
        ({"needed": ["privacy_address"]}, "policy-unfilled"),
        ({"effective_at": NOON - timedelta(microseconds=1)}, "policy-past"),
        ({"words": "Old words."}, "policy-unchanged"),
    ],
)
def test_what_may_be_published(other, code):
    before = Before("Old words.", 1, NOON - HOUR)
    refusal = refuse_publication(Candidate(**{**SOUND, **other}), before, NOON)
    assert (refusal.code if refusal else None) == code
    if refusal:
        assert refusal.what
        assert refusal.why
        assert refusal.remedy


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_versions_come_into_force_in_their_order(last, new):
    before = Before("Old words.", 1, NOON + last * HOUR)
    refusal = refuse_publication(Candidate(**{**SOUND, "effective_at": NOON + new * HOUR}), before, NOON)
    assert (refusal is None) == (new >= 0 and new >= last)


def test_a_line_that_names_something_empty_is_left_out():
    text = "Write to {mail}.\nBy post: {post}.\n\n- {mail}\n- {post}\n"
    assert fill(text, {"mail": "a@b.example", "post": ""}) == "Write to a@b.example.\n\n- a@b.example\n"


@given(TEXTS, TEXTS)
def test_a_comparison_holds_both_texts_whole(old, new):
    found = differences("\n\n".join(old), "\n\n".join(new))
    after = ["".join(p.text for p in one.pieces if p.kind != "removed") for one in found if one.kind != "removed"]
    before = ["".join(p.text for p in one.pieces if p.kind != "added") for one in found if one.kind != "added"]
    assert after == [one.text for one in passages("\n\n".join(new))]
    assert before == [one.text for one in passages("\n\n".join(old))]


def test_words_that_changed_are_named_alone():
    (one,) = differences("We keep it for ten days.", "We keep it for two days.")
    assert [(piece.kind, piece.text.strip()) for piece in one.pieces if piece.kind != "same"] == [
        ("removed", "ten"),
        ("added", "two"),
    ]


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@example("\n", "- ")
@given(st.text(max_size=80), st.sampled_from(["", "# ", "- ", "**", "[a](javascript:x)", "[b](https://x.example/)"]))
def test_a_text_makes_no_markup_of_its_own(text, mark):
    parser = Elements()
    parser.feed(policy_html(f"{mark}{text}<script>alert(1)</script><img src=x onerror=y>"))
    for tag, attributes in parser.found:
        assert tag in {"h2", "h3", "h4", "ul", "li", "p", "a", "strong"}
        assert set(attributes) <= {"href"}
        assert attributes.get("href", "/").startswith(("https://", "http://", "mailto:", "/"))


def test_an_address_within_an_address_is_one_link():
    parser = Elements()
    parser.feed(policy_html("See https://a.example/?m=joe@host.example or write to joe@host.example."))
    assert [attributes["href"] for tag, attributes in parser.found if tag == "a"] == [
        "https://a.example/?m=joe@host.example", "mailto:joe@host.example",
    ]  # fmt: skip


def test_the_digest_is_sha_256_of_the_words():
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
