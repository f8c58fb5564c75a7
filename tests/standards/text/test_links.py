import pytest

from broadsheet.standards.text.links import ascii_host, find_links, shown_host

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]


@pytest.mark.parametrize(
    ("text", "host", "domain"),
    [
        ("See https://www.example.co.uk/a?b=1.", "www.example.co.uk", "example.co.uk"),
        ("(http://example.com)", "example.com", "example.com"),
        ("go to www.example.org!", "www.example.org", "example.org"),
        ("example.com/path is it", "example.com", "example.com"),
        ("hxxps://bad[.]example[.]com/x", "bad.example.com", "example.com"),
        ("shop (dot) com", "shop.com", "shop.com"),
        ("http://user:secret@example.net:8080/", "example.net", "example.net"),
        ("https://пример.com/", "пример.com", "xn--e1afmkfd.com"),
    ],
)
def test_takes_addresses_apart(text: str, host: str, domain: str) -> None:
    (link,) = find_links(text)
    assert (link.host, link.domain) == (host, domain)
    assert text[link.start : link.end].rstrip(".!)") == text[link.start : link.end]


@pytest.mark.parametrize(
    "text",
    [
        "The end.So it goes",
        "3.5 per cent",
        "e.g. this",
        "Mr.Smith",
        "I left.Then I came",
        "version 1.2.3",
        "a...b",
        "",
        "12:30",
    ],
)
def test_dots_between_words_make_no_address(text: str) -> None:
    assert find_links(text) == ()


def test_belongs_to_a_domain_and_what_is_below_it_only() -> None:
    (link,) = find_links("https://a.example.com/")
    assert link.belongs_to({"example.com"})
    assert not link.belongs_to({"ample.com"})


def test_hosts_are_told_both_ways() -> None:
    assert ascii_host("ПРИМЕР.com") == "xn--e1afmkfd.com"
    assert shown_host("xn--e1afmkfd.com") == "пример.com"
