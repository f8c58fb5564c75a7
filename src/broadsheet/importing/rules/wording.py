"""The words of a text, rid of everything that differs between two ways of writing the same."""

import re

_WORDS = re.compile(r"\w+")
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0640]")


def plain_words(text: str) -> str:
    """The words alone, in lower case, a blank apart."""
    return " ".join(_WORDS.findall(without_marks(text).casefold()))


def without_marks(text: str) -> str:
    """The text without Arabic vowel signs and lengthened letters, which writers set or leave as they like."""
    return _ARABIC_MARKS.sub("", text)
