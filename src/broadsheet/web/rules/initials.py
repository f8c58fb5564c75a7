"""The letters that stand for a reader without a picture."""

import unicodedata


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name, at most two; empty where it has no letters."""
    words = [word for word in name.split() if any(unicodedata.category(sign)[0] in "LN" for sign in word)]
    chosen = [words[0], words[-1]] if len(words) > 1 else words[:1]
    letters = [next(sign for sign in word if unicodedata.category(sign)[0] in "LN") for word in chosen]
    if letters and unicodedata.bidirectional(letters[0]) in {"AL", "R"}:
        letters = letters[:1]  # two of a script that joins its letters would be read as a word
    return "".join(letters).upper()
