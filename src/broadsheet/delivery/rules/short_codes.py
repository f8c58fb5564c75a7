"""The code of a short link: the article's number in letters and digits that can't be mistaken for each other."""

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
LONGEST = 6  # enough for every number of ten digits
LAST = 9_999_999_999


def code_of(number: int) -> str:
    """Return the code of a public number; `ValueError` for what is none."""
    if not 0 < number <= LAST:
        raise ValueError("A public number has at most ten digits.")
    letters = ""
    while number:
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    return letters


def number_of(code: str) -> int | None:
    """Return the public number of a code, None where it is no code; each number has exactly one."""
    if not 0 < len(code) <= LONGEST or code[0] == ALPHABET[0]:
        return None
    number = 0
    for letter in code:
        value = _VALUES.get(letter)
        if value is None:
            return None
        number = number * len(ALPHABET) + value
    return number if 0 < number <= LAST else None
