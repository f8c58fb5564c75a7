"""The detectors that count and compare: form, language, copies, flood, gibberish, off topic."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Article, Earlier, Submission
from tests.standards.campaigns import unrelated
from tests.standards.small_rulebook import Book, Clause, Use, book, broken, saying

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
ALONE = Book({"FLASHMOB": Clause((Use("copies"),))})
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LONG = "and then the water came over the wall and into the street and the cars were floating " * 5


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("WHY DOES NOBODY EVER READ THE WHOLE ARTICLE BEFORE WRITING", True),
        ("ПОЧЕМУ НИКТО НЕ ЧИТАЕТ СТАТЬЮ ДО КОНЦА", True),
        ("The EU, the UN, NATO, UNESCO and UNICEF agreed in New York yesterday after long talks.", False),
        ("NO!", False),
        ("BREAKING NEWS", False),
        ("لماذا لا يقرأ أحد المقال قبل أن يكتب تعليقا", False),
        ("これは大文字のない言語です", False),
        (LONG, True),
        (LONG.replace("street and", "street. And"), False),
    ],
)
def test_form(text: str, found: bool, senses: Senses) -> None:
    assert ("FORM" in broken(judge(saying(text), book(), senses))) == found


@pytest.mark.parametrize(
    ("text", "edition", "found"),
    [
        ("Je ne suis pas du tout d'accord avec ce que dit le maire", "en", True),
        ("I do not agree at all with what the mayor has said", "fr", True),
        ("Ich bin mit dem, was der Bürgermeister sagt, gar nicht einverstanden", "en", True),
        ("لا أتفق مع ما قاله رئيس البلدية في هذا الأمر أبدا", "en", True),
        ("I do not agree at all with what the mayor has said", "ar", True),
        ("Привет, я совсем не согласен с этим", "en", True),
        ("I do not agree at all with what the mayor has said", "en", False),
        ("Je ne suis pas du tout d'accord avec ce que dit le maire", "fr", False),
        ("Bravo!", "en", False),
        ("😀😀", "en", False),
    ],
)
def test_language(text: str, edition: str, found: bool, senses: Senses) -> None:
    assert ("LANGUAGE" in broken(judge(saying(text, edition_language=edition), book(), senses))) == found


POINTS = [
    "The council wants to close the library in the old mill this winter.",
    "Nobody was asked before that, and the money is there.",
    "Write to the mayor today and demand that it stays open for our children.",
    "We have until Friday before they vote.",
]
OTHER = {
    "council": "town hall",
    "close": "shut",
    "winter": "year",
    "asked": "consulted",
    "money": "budget",
    "today": "now",
    "demand": "insist",
    "children": "kids",
    "vote": "decide",
}


def reworded(chance: random.Random) -> str:
    words = " ".join(POINTS).split()
    changed = [OTHER[word] if word in OTHER and chance.random() < 0.5 else word for word in words]
    return " ".join(word for word in changed if chance.random() > 0.04)


def test_a_flash_mob_of_reworded_copies(senses: Senses, shared: Path) -> None:
    chance = random.Random(7)
    mob = [Earlier(reworded(chance), NOW, "t", f"m{n}") for n in range(40)]
    crowd = [Earlier(text, NOW, "t", f"c{n}") for n, text in enumerate(unrelated(shared, 3000))]
    assert len(crowd) >= 800

    def is_found(one: Earlier) -> bool:
        near = [*mob, *chance.sample(crowd, 60)]
        about = Submission(
            one.text, author=one.author, at=NOW, neighbours=tuple(other for other in near if other.author != one.author)
        )
        return "FLASHMOB" in broken(judge(about, ALONE, senses))

    assert sum(map(is_found, mob)) >= 0.95 * len(mob)
    assert sum(map(is_found, crowd)) <= 0.002 * len(crowd)


def test_slogans_and_old_texts_are_no_copies(senses: Senses) -> None:
    slogan = Submission(
        "Keep the library open!", author="a", at=NOW, neighbours=(Earlier("Keep the library open!", NOW, "t", "b"),)
    )
    assert "FLASHMOB" not in broken(judge(slogan, book(), senses))
    text = " ".join(POINTS)
    old = Submission(text, author="a", at=NOW, neighbours=(Earlier(text, NOW - timedelta(days=30), "t", "b"),))
    assert "FLASHMOB" not in broken(judge(old, book(), senses))


def test_flood_by_number_and_by_saying_nothing(senses: Senses) -> None:
    def recent(texts: list[str], seconds: int) -> tuple[Earlier, ...]:
        return tuple(
            Earlier(text, NOW - timedelta(seconds=seconds * (n + 1)), "t", "a") for n, text in enumerate(texts)
        )

    empty = Submission("first", author="a", at=NOW, author_recent=recent(["lol", "lol", "hm", "ok"], 10))
    assert "FLOOD" in broken(judge(empty, book(), senses))
    talk = Submission(
        "I answered that above, and I stand by it.", author="a", at=NOW,
        author_recent=recent(["You are right about the roof of course.", "No, the bridge was built later than that."], 60),
    )  # fmt: skip
    assert "FLOOD" not in broken(judge(talk, book(), senses))
    slow = Submission("first", author="a", at=NOW, author_recent=recent(["lol", "lol", "hm", "ok"], 600))
    assert "FLOOD" not in broken(judge(slow, book(), senses))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("asdfghjkl qwertyuiop asdfasdf", True),
        ("sdkfjhsdkfjh wrtplkjhgfds xcvbnmzxcv", True),
        ("la la la la la la la la la la la la la la", True),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", True),
        ("VGhpcyBpcyBub3QgYSBjb21tZW50IGJ1dCBlbmNvZGVkIGRhdGE0Mg==x", True),
        ("h\u0335\u0310\u0311e\u0336\u0301\u0302l\u0335\u0303\u0304l\u0336\u0305\u0306o\u0335\u0307\u0308 w\u0336\u0309\u030ao\u0335\u030b\u030cr\u0336\u030d\u030el\u0335\u030f\u0310d\u0336\u0311\u0312", True),
        ("Der Angstschweiß stand ihm auf der Stirn, sagt der Rechtschreibprüfer.", False),
        ("The rhythm of the months, the strengths of the twelfth night.", False),
        ("شَكَرَ الطُّلَّابُ مُعَلِّمَهُمْ عَلَى صَبْرِهِ الطَّوِيلِ", False),
        ("Ha ha, very good!", False),
        ("-----------------------------------------", False),
    ],
)  # fmt: skip
def test_gibberish(text: str, found: bool, senses: Senses) -> None:
    assert ("FLOOD" in broken(judge(saying(text), book(), senses))) == found


def test_off_topic_by_the_words_in_common(senses: Senses) -> None:
    article = Article(
        "Council closes library",
        "The old mill loses its readers",
        "Residents protest against closing the library in winter.",
    )
    beside = "Yesterday my football team finally scored three goals against rivals from London, brilliant match, fantastic striker"
    within = "The library mattered to readers; closing the building harms residents, especially pupils without books, and councillors know"
    assert "OFFTOPIC" in broken(judge(Submission(beside, article=article), book(), senses))
    assert "OFFTOPIC" not in broken(judge(Submission(within, article=article), book(), senses))
    assert "OFFTOPIC" not in broken(
        judge(
            Submission(beside, article=article, parent="Which football team scored goals yesterday, your striker?"),
            book(),
            senses,
        )
    )
    assert "OFFTOPIC" not in broken(judge(Submission("Nonsense, all of it", article=article), book(), senses))
    assert "OFFTOPIC" not in broken(judge(Submission(beside), book(), senses))
