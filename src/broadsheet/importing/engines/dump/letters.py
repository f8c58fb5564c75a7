"""Words in the plain letters that addresses are written with."""

import unicodedata

_SPECIAL = str.maketrans({
    "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "e",
})  # fmt: skip
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_CYRILLIC = str.maketrans(
    dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
            "a b v g d e e zh z i j k l m n o p r s t u f h c ch sh sh - y - e ju ja i i e g".replace("-", "").split(
                " "
            ),
            strict=True,
        )
    )
)


def plain_letters(word: str) -> str:
    """A small-letter word without marks on its letters, Cyrillic written in Latin ones."""
    if word.isascii():
        return word
    word = unicodedata.normalize("NFC", word).translate(_CYRILLIC).translate(_SPECIAL)
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def spellings(word: str) -> set[str]:
    """The ways in which an address may spell a word."""
    if word.isascii():
        return {word}
    return {word, plain_letters(word), plain_letters(word.translate(_GERMAN))}
