"""What stands between an article's paragraphs and after them: boxes of links, posts, teasers, lists, counters."""

import pytest

from broadsheet.importing.engines.dump import read_dump
from tests.importing.dump.test_places import FIRST, HEADLINE, SECOND, THIRD, dump

pytestmark = pytest.mark.row("ART-16")


def _texts(text: str) -> list[str | None]:
    """The paragraphs and headings of a dump."""
    return [block.text for block in read_dump(text).body if block.type in {"paragraph", "heading"}]


def test_a_box_of_links_does_not_divide_the_article() -> None:
    box = ["Read also", "list of 3 items", "Bridge Keeper Retires", "list 2 of 3", "Why Do Gulls Shout?", "More news",
           "Islands Ask for a Bridge", "Related stories", "A Bell for the Quay"]  # fmt: skip
    assert _texts(dump(body=[FIRST, SECOND, *box, THIRD, FIRST.replace("ferry", "steamer")])) == [
        FIRST, SECOND, THIRD, FIRST.replace("ferry", "steamer"),
    ]  # fmt: skip


def test_a_post_of_a_network_is_an_embed_without_its_counts() -> None:
    post = [
        "Port News",
        "@port_news",
        "The ferry is back",
        "7:12 PM - March 12, 2021",
        "98 people are talking about this",
    ]
    got = read_dump(dump(body=[FIRST, SECOND, *post, THIRD]))

    assert [(block.type, block.text) for block in got.body] == [
        ("paragraph", FIRST), ("paragraph", SECOND), ("embed", "The ferry is back"), ("paragraph", THIRD),
    ]  # fmt: skip


def test_teasers_with_their_days_are_other_articles() -> None:
    teasers = [
        "Bells of the Islands", "Two sisters ring six bells by hand, every evening, in any weather.", "3 March 2021",
        "Gulls at the Market", "Fishmongers have begun to feed the birds on purpose, with mixed success.", "1 March 2021",
    ]  # fmt: skip
    assert _texts(dump(body=[FIRST, SECOND, THIRD, *teasers])) == [FIRST, SECOND, THIRD]


def test_counters_side_by_side_are_no_table() -> None:
    got = read_dump(dump(head=["14:05 GMT 12.03.2021\tGet short URL", "7\t301\t18"]))

    assert [block.type for block in got.body] == ["paragraph"] * 3


def test_a_caption_or_a_dialog_is_no_headline() -> None:
    caption = "Ferry Passengers of Port Adil on the Quay"
    twice = ["© AP Photo / Jane Roe/Pool", caption, "© AP Photo / Jane Roe/Pool", caption]
    top = ["Registration was successful!", "Please follow the link in the message we have sent to"]

    assert read_dump(dump(top=top, head=twice)).headline == HEADLINE


def test_paragraphs_of_a_script_without_capitals_are_not_joined() -> None:
    first = (
        "عاد الباعة إلى محلاتهم في السوق القديم صباح السبت، بعد أن أعاد الأهالي بأيديهم بناء السقف الخشبي الذي احترق"
    )
    second = "وقال رئيس لجنة السوق إنهم جمعوا الخشب من بساتينهم، وعمل النجارون بلا أجر طوال الشتاء حتى انتهى البناء كله"
    third = (
        "وأضاف أن معظم المحلات عادت إلى العمل وأن الباقي سيفتح قبل موسم الزيتون، وأن البلدية ستعفي التجار من الرسوم "
        * 2
    )
    text = "\n".join(
        [
            "الأخبار",
            "السوق القديم يفتح أبوابه بعد سبع سنوات",
            f"{first}.",
            f"{second}.",
            f"{third.strip()}.",
            f"{third.strip()}!",
        ]
    )

    assert _texts(text)[:2] == [f"{first}.", f"{second}."]
