"""How a reader is greeted and shown (ACC-05)."""

from html import escape

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

pytestmark = [pytest.mark.row("ACC-05"), pytest.mark.files]
UNSEEN = ["", " ", "\u200b", "\u200f\u202e ", "\u00a0\t", "\u0301", "\x00", None]
DEFAULT = "/static/icons/reader.svg"


def greeting(name, avatar=""):
    with translation.override("en"):
        return render_to_string("account/greeting.html", {"name": name, "avatar": avatar})


def words(markup):
    return " ".join(BeautifulSoup(markup, "html.parser").get_text().split())


@given(st.text(min_size=1, max_size=40))
def test_a_greeting_shows_the_name_escaped_and_isolated(name):
    markup = greeting(f"a{name}z")
    assert f"Hello, <bdi>{escape(f'a{name}z')}</bdi>!" in markup
    assert len(BeautifulSoup(markup, "html.parser").find_all(True)) == 4  # p, img, span, bdi: the name adds none


@pytest.mark.parametrize("name", UNSEEN)
def test_a_name_that_can_not_be_seen_leaves_no_gap(name):
    assert words(greeting(name)) == "Hello!"


@pytest.mark.parametrize("avatar", [
    "", None, "https://elsewhere.example/x.png", "//elsewhere.example/x", "../secret", "a/b.webp", "javascript:x",
    ".hidden", "x\n.webp", 'x" onerror="y', "é.webp", "a" * 99,
])  # fmt: skip
def test_nothing_but_a_file_of_our_own_is_shown_as_picture(avatar):
    images = BeautifulSoup(greeting("Ada", avatar), "html.parser").find_all("img")
    assert [(image["src"], image["alt"]) for image in images] == [(DEFAULT, "")]


def test_an_own_picture_is_shown():
    image = BeautifulSoup(greeting("Ada", "k3j9-8f.webp"), "html.parser").img
    assert image["src"] == "/avatars/k3j9-8f.webp"
