"""Personal data are found, numbers that only look like it left alone. Written before the patterns were tuned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.judging import judge
from broadsheet.standards.senses import Senses
from tests.standards.small_rulebook import Book, Clause, Use, saying

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
ONLY = Book({"PRIVACY": Clause((Use("personal_data"),))})

PRIVATE = [
    ("en", "Call her on +44 20 7946 0958, she is home all day.", "+44 20 7946 0958"),
    ("en", "His number is 07911 123456.", "07911 123456"),
    ("en", "Text me at (212) 736-5000 tonight", "(212) 736-5000"),
    ("en", "ring 212-736-5000", "212-736-5000"),
    ("en", "+1 (604) 555-0123? no: +1 604 683 1234", "+1 604 683 1234"),
    ("en", "Reach him: +4915123456789", "+4915123456789"),
    ("en", "whatsapp +212 661-234567", "+212 661-234567"),
    ("en", "she lives abroad, 0033 6 12 34 56 78", "0033 6 12 34 56 78"),
    ("fr", "Appelez-le au 06 12 34 56 78 ce soir", "06 12 34 56 78"),
    ("fr", "son numéro : 01.42.68.53.00", "01.42.68.53.00"),
    ("de", "Ruf ihn an: 0151 23456789", "0151 23456789"),
    ("de", "Handy 0049 151 23456789", "0049 151 23456789"),
    ("ar", "رقم هاتفه 0661234567 اتصلوا به", "0661234567"),
    ("ar", "اتصل على +20 100 123 4567", "+20 100 123 4567"),
    ("ar", "جوال ٠٥٠١٢٣٤٥٦٧", "٠٥٠١٢٣٤٥٦٧"),
    ("en", "Write to john.smith@gmail.com about it", "john.smith@gmail.com"),
    ("en", "it's jane_doe (at) yahoo (dot) com", "jane_doe (at) yahoo (dot) com"),
    ("en", "j.smith at gmail dot com", "j.smith at gmail dot com"),
    ("en", "card 4012 8888 8888 1881 exp 12/27", "4012 8888 8888 1881"),
    ("en", "amex 378282246310005", "378282246310005"),
    ("en", "5555555555554444", "5555555555554444"),
    ("en", "pay to GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32"),
    ("de", "IBAN DE89370400440532013000", "DE89370400440532013000"),
    ("fr", "FR14 2004 1010 0505 0001 3M02 606", "FR14 2004 1010 0505 0001 3M02 606"),
    ("en", "his SSN is 536-90-4399", "536-90-4399"),  # United States
    ("en", "national insurance AB 12 34 56 C", "AB 12 34 56 C"),  # United Kingdom
    ("en", "NHS number 943 476 5870", "943 476 5870"),
    ("fr", "sécurité sociale 2 95 10 99 126 111 93", "2 95 10 99 126 111 93"),  # France
    ("en", "DNI 54362315K", "54362315K"),  # Spain
    ("en", "codice RCCMNL83S18D969H", "RCCMNL83S18D969H"),  # Italy
    ("en", "henkilötunnus 131052-308T", "131052-308T"),  # Finland
    ("en", "personnummer 880320-0016", "880320-0016"),  # Sweden
    ("en", "CPF 390.533.447-05", "390.533.447-05"),  # Brazil
    ("de", "AHV-Nummer 756.9217.0769.85", "756.9217.0769.85"),  # Switzerland
    ("de", "Steuer-ID 36574261809", "36574261809"),  # Germany
    ("en", "PESEL 44051401359", "44051401359"),  # Poland
    ("en", "his BSN 111222333", "111222333"),  # Netherlands
    ("en", "id 110101199003070038 leaked", None),  # no valid checksum: nobody's
    ("en", "identity number 11010519491231002X", "11010519491231002X"),  # China
    ("en", "CURP BOXW310820HNERXN09", "BOXW310820HNERXN09"),  # Mexico
    ("en", "rijksregister 85.07.30-033.28", "85.07.30-033.28"),  # Belgium
    ("en", "He lives at 14 Harbour Street, BN1 4GE", "14 Harbour Street, BN1 4GE"),
    ("en", "find her at 27b acacia road", "27b acacia road"),
    ("fr", "elle habite au 12 rue des Lilas, 31000 Toulouse", "12 rue des Lilas"),
    ("de", "Er wohnt in der Lindenstraße 14", "Lindenstraße 14"),
    ("de", "Anschrift: Am Alten Markt, Kölner Straße 5a", "Kölner Straße 5a"),
    ("ar", "يسكن في شارع الحرية رقم 12", "شارع الحرية رقم 12"),
    ("en", "From: Ann Lee <ann@corp.net>\nTo: Bob\nSubject: our secret\n\nDear Bob", "From: Ann Lee"),
    ("fr", "De : Anne\nÀ : Paul\nObjet : entre nous\n\nCher Paul", "De : Anne"),
]

CLEAN = """
It ended 3-2 after extra time, 5-4 on penalties.
The set went 6-4, 3-6, 7-6 (7-5).
On 12/05/2024 and again on 2024-05-12 we asked.
From 01.02.2023 to 28.02.2023 the road was closed.
Das war am 02.02.2024 um 14:30 Uhr.
Le 14 juillet 1789, puis le 11 novembre 1918.
It costs £1,299.99 or 1.299,99 euros.
The budget rose from 12,345,678 to 23,456,789 dollars.
81,282,916 votes against 74,223,755.
He got 65853514 votes and still lost.
The population of 1 234 567 has doubled.
ISBN 978-3-16-148410-0 is worth reading.
See Resolution 1325 (2000) and Resolution 2417 (2018).
Article 10, paragraph 2, of law 2016-1691 of 9 December 2016.
The A7 and the M25, junction 10, 8.15 am.
The series runs 2001-2009, 2011-2015 and 2019-2023.
Version 10.15.7 against 11.2.3.
192.168.100.200 is the address of my router.
Coordinates 48.8566, 2.3522.
It was 37.5 degrees, 98.6 for Americans.
He ran 100 m in 9.58 and 200 m in 19.19.
Order number 0123456789 never arrived.
The flight BA0123 left at 0645.
The distance is 384,400 km, 149,597,870 km to the sun.
Phone users, 5,000,000,000 of them, can't be wrong.
Pi is 3.14159265358979.
1,000,000,000,000 dollars of debt.
In 1990 2000 2010 and 2020 they said the same.
Psalm 119:105 and John 3:16-17.
The bill, HR 3590-111, passed 219-212.
He scored 147 147 147 in three frames.
Five years down the road we will know.
A hundred metres down the street there is a school.
The prime minister left 10 Downing Street at 9.
Press contact: press@ministry.example
Write to letters@paper.example to complain.
Le procès, 12 ans après les faits, 3 rue ou 4 rues plus loin.
Sie haben 2023 in 14 Straßen gebaut.
From what I read: to be clear, subject to change.
Date: unknown. Subject: closed.
Call 999 or 112 in an emergency, 116 123 for the Samaritans.
Ring 0800 1111 for Childline.
Case number 2021-12345678 is pending.
9/11, 24/7, 50/50, 4x4.
The share fell 12.5% from 1234.56 to 1080.24.
Hubble 1990-04-24 12:33:51 UTC.
It is 00:00:00 on 01-01-2000.
Lottery: 4 8 15 16 23 42.
The barcode 4006381333931 is on the pen.
عدد السكان 12345678 نسمة في 2024.
انتهت المباراة 3-2 يوم 12/05/2024.
"""


def words(text: str, senses: Senses, language: str = "en", book: Book = ONLY) -> tuple[str, ...]:
    verdict = judge(saying(text, language=language, edition_language=language), book, senses)
    assert not verdict.not_scored
    return tuple(word for finding in verdict.findings for word in finding.words)


def test_finds_what_is_private(senses: Senses) -> None:
    wanted = [entry for entry in PRIVATE if entry[2]]
    missed = [(text, words(text, senses, language)) for language, text, item in wanted
              if not any(item in word or (word in item and len(word) > 0.7 * len(item)) for word in words(text, senses, language))]  # fmt: skip
    assert len(missed) <= 0.05 * len(wanted), missed


def test_leaves_other_numbers_alone(senses: Senses) -> None:
    lines = [line for line in CLEAN.splitlines() if line]
    wrong = [(line, words(line, senses)) for line in lines if words(line, senses)]
    assert len(lines) > 45
    assert len(wrong) <= 0.05 * len(lines), wrong


@pytest.mark.parametrize(
    "text", ["4012 8888 8888 1882", "GB82 WEST 1234 5698 7654 33", "codice RCCMNL83S18D969A", "his SSN is 000-12-3456"]
)
def test_a_wrong_checksum_is_no_number_of_anybody(text: str, senses: Senses) -> None:
    assert words(text, senses) == ()


def test_public_ones_may_be_allowed(senses: Senses) -> None:
    allow = ["ministry.gov", "+44 20 7946 0958", "a.reporter@paper.net"]
    book = Book({"PRIVACY": Clause((Use("personal_data", options={"allow": allow}),))})
    assert words("j.doe@ministry.gov or +44 20 7946 0958 or a.reporter@paper.net", senses, book=book) == ()
    assert words("j.doe@elsewhere.gov", senses, book=book) == ("j.doe@elsewhere.gov",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "it's oh seven seven double oh nine double oh one two eight",
            "oh seven seven double oh nine double oh one two eight",
        ),
        (
            "zero six, trente-neuf, quatre-vingt-dix-huit, douze, trente-quatre",
            "zero six, trente-neuf, quatre-vingt-dix-huit, douze, trente-quatre",
        ),
        ("paul arobase free point fr", "paul arobase free point fr"),
        ("anna at wp dot pl", "anna at wp dot pl"),
        ("her number plate is KM21 VTO", "KM21 VTO"),
        ("[14/02/2026, 19:03:55] Mum: tell nobody", "[14/02/2026, 19:03:55] Mum:"),
        ("From: Helen To: Ian Subject: your drinking", "From: Helen To: Ian Subject: "),
    ],
)
def test_data_written_in_words_or_copied_are_found_where_they_stand(text: str, found: str, senses: Senses) -> None:
    assert words(text, senses) == (found,)


@pytest.mark.parametrize(
    "text",
    [
        "Haiti has had two hundred years. At which point do we admit it?",
        "one two three four five six seven eight nine ten, off we go",
        "The number plate game kept us quiet on the A417.",
        "Ring the council's office on 0113 222 4444 and ask for planning.",
        "Subject: bins. To: the council. From: all of us.",
        "In der Lindenstraße 17 Bäume gefällt",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text: str, senses: Senses) -> None:
    assert words(text, senses) == ()


DIGIT_WORDS = (
    "oh",
    "zero",
    "one",
    "two",
    "double",
    "sept",
    "trente-neuf",
    "null",
    "07",
    "461",
    "hundred",
    ",",
    "-",
    "o7",
)


@given(st.lists(st.sampled_from(DIGIT_WORDS), max_size=20))
def test_spelt_numbers_never_reach_beyond_the_text(senses: Senses, parts: list[str]) -> None:
    text = "call " + " ".join(parts)
    verdict = judge(saying(text), ONLY, senses)
    assert not verdict.not_scored
    for finding in verdict.findings:
        for (start, end), word in zip(finding.spans, finding.words, strict=True):
            assert 0 <= start < end <= len(text)
            assert word == word.strip(" ,-")
