"""Groups of people by the words that name them: is a clean comment held more often for naming one?

Neutral words alone, those that members use of themselves; a slur is the judge's business. English, as the data are.
"""

import re
from collections.abc import Mapping

GROUPS: Mapping[str, tuple[str, ...]] = {
    "women": ("woman", "women", "girl", "girls", "female", "females", "wife", "wives", "mother", "mothers", "feminist", "feminists"),
    "men": ("man", "men", "boy", "boys", "male", "males", "husband", "husbands", "father", "fathers"),
    "gay and lesbian": ("gay", "gays", "lesbian", "lesbians", "homosexual", "homosexuals", "bisexual", "bisexuals", "queer", "lgbt", "lgbtq"),
    "transgender": ("transgender", "trans", "transsexual", "transsexuals", "nonbinary", "non-binary"),
    "Muslims": ("muslim", "muslims", "islam", "islamic", "imam", "imams", "mosque", "mosques", "hijab"),
    "Jews": ("jew", "jews", "jewish", "judaism", "rabbi", "rabbis", "synagogue", "synagogues"),
    "Christians": ("christian", "christians", "christianity", "catholic", "catholics", "protestant", "protestants", "evangelical", "evangelicals", "priest", "priests"),
    "Hindus, Sikhs, Buddhists": ("hindu", "hindus", "sikh", "sikhs", "buddhist", "buddhists"),
    "without faith": ("atheist", "atheists", "agnostic", "agnostics"),
    "Black people": ("black people", "black person", "black man", "black men", "black woman", "black women", "black kids", "blacks", "african american", "african americans", "african-american", "african-americans", "africans"),
    "white people": ("white people", "white person", "white man", "white men", "white woman", "white women", "whites", "caucasian", "caucasians"),
    "Asian people": ("asian", "asians", "chinese", "japanese", "korean", "koreans", "indian", "indians", "vietnamese", "pakistani", "pakistanis"),
    "Latin Americans": ("latino", "latinos", "latina", "latinas", "hispanic", "hispanics", "mexican", "mexicans"),
    "Arabs": ("arab", "arabs", "arabic", "palestinian", "palestinians", "syrian", "syrians", "iraqi", "iraqis"),
    "Indigenous peoples": ("indigenous", "native american", "native americans", "first nations", "aboriginal", "aboriginals", "inuit", "maori"),
    "Roma": ("roma", "romani", "sinti", "travellers"),
    "immigrants and refugees": ("immigrant", "immigrants", "migrant", "migrants", "refugee", "refugees", "asylum seeker", "asylum seekers", "foreigner", "foreigners"),
    "disabled people": ("disabled", "disability", "disabilities", "wheelchair", "deaf", "blind", "autistic", "autism", "down syndrome"),
    "mentally ill people": ("mental illness", "mentally ill", "depression", "depressed", "schizophrenia", "schizophrenic", "bipolar"),
    "old people": ("elderly", "pensioner", "pensioners", "seniors", "old people", "old man", "old woman", "grandmother", "grandfather"),
    "poor people": ("homeless", "poor people", "the poor", "unemployed", "on welfare", "on benefits"),
}  # fmt: skip
_NAMING = {
    group: re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?![\w-])", re.IGNORECASE)
    for group, words in GROUPS.items()
}  # fmt: skip


def named(text: str) -> frozenset[str]:
    """Return the groups that a text names."""
    plain = " ".join(text.split())
    return frozenset(group for group, naming in _NAMING.items() if naming.search(plain))
