"""Where an article is discussed elsewhere: addresses that lead to one https host, or nowhere (DIS-07)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.rules.channels import channel_of, elsewhere, host_of, page_address, post_of

pytestmark = pytest.mark.row("DIS-07")


@pytest.mark.parametrize(
    ("address", "host", "number"),
    [
        ("https://social.example/@mara/113300112233", "social.example", "113300112233"),
        ("https://social.example:8443/users/mara/statuses/7", "social.example:8443", "7"),
        ("https://social.example/notes/99/?utm_source=a", "social.example", "99"),
    ],
)
def test_a_post_is_told_by_its_host_and_number(address, host, number):
    post = post_of(address)
    assert (post.host, post.number) == (host, number)


@pytest.mark.parametrize(
    "address",
    ["http://social.example/@mara/1", "https://social.example/@mara/one",
     "https://u:p@social.example/@mara/1", "https://localhost/@mara/1", "https://[::1]/@mara/1", "//social.example/1",
     "https://social.example/@mara/1; frame-src *", "javascript:1", ""],
)  # fmt: skip
def test_what_is_no_post_is_refused(address):
    assert post_of(address) is None


def test_the_networks_page_is_asked_with_the_article_written_safely():
    made = page_address(
        "https://talk.example/embed?url={url}&id={number}", url="https://paper.example/a b/?x&y", number="0000000001"
    )
    assert made == "https://talk.example/embed?url=https%3A%2F%2Fpaper.example%2Fa%20b%2F%3Fx%26y&id=0000000001"
    assert page_address("https://talk.example/embed", url="https://paper.example/", number="1") == ""
    assert page_address("https://{url}/", url="evil.example", number="1") == ""


def test_half_a_setting_shows_nothing():
    assert channel_of("", "Talk", "https://talk.example/{number}") is None
    assert channel_of("page", "", "https://talk.example/{number}") is None
    assert channel_of("page", "Talk", "https://talk.example/") is None
    assert channel_of("page", "Talk", "http://talk.example/{number}") is None
    page = channel_of("page", "Talk", "https://talk.example/{number}")
    found = elsewhere(page, url="https://paper.example/a/", number="0000000001", post="")
    assert (found.host, found.address) == ("talk.example", "https://talk.example/0000000001")
    fediverse = channel_of("fediverse", "Mastodon", "")
    assert elsewhere(fediverse, url="", number="1", post="") is None
    assert elsewhere(fediverse, url="", number="1", post="https://social.example/@m/5").number == "5"
    assert elsewhere(None, url="", number="1", post="https://social.example/@m/5") is None


@given(st.text(max_size=60))
def test_no_address_can_add_a_word_to_the_policy(text):
    host = host_of(f"https://{text}")
    assert not set(host) & set(" ;,'\"\n*/")
