"""Which passwords are too easily guessed, beyond the shipped list (ASVS 6.2.4, 6.2.11; NIST SP 800-63B-4 3.1.1.2)."""

import re
import unicodedata
from collections.abc import Iterable

LEFT_OVER = 8  # what must be left of a password without the words of its surroundings
FEWEST_SIGNS = 5
LONGEST = 256  # characters; longer ones are refused, none is cut
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "1234567890", "qwertyuiopasdfghjklzxcvbnm", "azertyuiopqsdfghjklmwxcvbn")


def plain(text: str) -> str:
    """Return the text in the form in which it is compared: compatibility form, one case, letters and digits alone."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def context_word(password: str, words: Iterable[str]) -> str:
    """Return the word that most of the password consists of, empty where there is none."""
    rest = plain(password)
    for word in sorted({word for word in words if len(plain(word)) >= 4}, key=len, reverse=True):
        part = plain(word)
        if part in rest and len(rest.replace(part, "")) < LEFT_OVER:
            return word
    return ""


def is_pattern(password: str) -> bool:
    """Return whether it is one piece repeated, few signs, or a run along the alphabet or the keys."""
    low = unicodedata.normalize("NFKC", password).casefold()
    if len(set(low)) < FEWEST_SIGNS or re.fullmatch(r"(.{1,20}?)\1+.{0,3}", low, re.DOTALL):
        return True
    runs = [run * 3 for run in _RUNS]
    return any(low in run or low[::-1] in run for run in runs)
