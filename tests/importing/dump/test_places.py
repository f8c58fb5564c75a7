"""One article, with its address, credits, dates and blocks in every place and form a dump may show them."""

import pytest

from broadsheet.importing.engines.dump import read_dump
from broadsheet.importing.rules.page_result import Credit, PageImage

URL = "https://paper.example/world/202103121082347719-ferry-returns-to-old-harbour/"
ENCODED = "https%3A%2F%2Fpaper.example%2Fworld%2F202103121082347719-ferry-returns-to-old-harbour%2F"
HEADLINE = "Ferry Returns to the Old Harbour After Eleven Years"
FIRST = (
    "The ferry between Port Adil and the islands sailed again on Friday morning, eleven years after the last crossing, "
    "with forty passengers, two sheep and a brass band on board."
)
SECOND = (
    'Harbour master Lena Brandt said that the engine had been tested for a month. "It coughs a little, as all of us do at '
    'that age," she told reporters on the quay.'
)
THIRD = (
    "The council will pay for the crossing until the end of the summer and then look at the accounts again, as it has "
    "promised the shopkeepers of the islands."
)
RAIL = [
    "News", "14:02", "Parliament Delays Vote on Forestry Bill",
    "https://paper.example/world/202103121082347001-parliament-delays-vote-on-forestry-bill/",
    "13:47", "Storm Warning Lifted for Eastern Coast", "All news",
]  # fmt: skip
FOOT = ["Tags:", "Port Adil, ferry", "Community standards", "Discussion", "About us", "Privacy Policy"]


def dump(
    *,
    top: list[str] | None = None,
    head: list[str] | None = None,
    body: list[str] | None = None,
    end: list[str] | None = None,
) -> str:
    """A dump of the article with lines put in at four places."""
    text = body or [FIRST, SECOND, THIRD]
    return "\n".join(
        [
            *(top or []),
            "Paper Example",
            "World",
            "Business",
            "Log in",
            *RAIL,
            HEADLINE,
            *(head or []),
            *text,
            *FOOT,
            *(end or []),
        ]
    )


PLACES = {
    "first line": dump(top=[URL]),
    "copied link": dump(head=["Get short URL", URL, "URL copied"]),
    "canonical line": dump(end=[f"Canonical: {URL}"]),
    "share link": dump(end=[f"https://www.facebook.com/sharer/sharer.php?u={ENCODED}&t=Ferry"]),
    "tweet link": dump(head=[f"https://twitter.com/intent/tweet?text=Ferry%20Returns&url={ENCODED}"]),
    "print footer": dump(end=[f"{URL} 1/3"]),
    "numbered reference": dump(end=["References", "", "   1. https://paper.example/", f"   2. {URL}"]),
    "bracketed reference": dump(end=[f"[42] {URL}"]),
    "saved-from comment": dump(top=[f"<!-- saved from url=(0072){URL} -->"]),
    "source line": dump(end=[f"Source: {URL}"]),
    "anchor and tracking": dump(top=[f"{URL}?utm_source=mail#comments"]),
    "inside the text": dump(body=[FIRST, URL, SECOND, THIRD]),
    "angle brackets": dump(head=[f"<{URL}>"]),
    "no scheme": dump(top=[URL.removeprefix("https://")]),
}


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("place", PLACES)
def test_address_is_found_wherever_the_dump_shows_it(place: str) -> None:
    got = read_dump(PLACES[place])

    assert (got.published_on, got.public_id, got.canonical_url) == ("2021-03-12", "1082347719", URL)
    assert got.headline == HEADLINE
    assert [block.text for block in got.body if block.type == "paragraph"] == [FIRST, SECOND, THIRD]


@pytest.mark.row("ART-16")
def test_file_address_gives_day_and_number_only() -> None:
    got = read_dump(dump(top=["file:///home/reader/saved/202103121082347719-ferry-returns-to-old-harbour/index.html"]))

    assert (got.published_on, got.public_id, got.canonical_url) == ("2021-03-12", "1082347719", None)


@pytest.mark.row("ART-16")
def test_addresses_of_other_articles_are_not_taken() -> None:
    got = read_dump(dump())

    assert (got.published_on, got.public_id, got.canonical_url) == (None, None, None)


@pytest.mark.row("ART-16")
def test_a_day_in_no_calendar_is_no_address() -> None:
    got = read_dump(dump(top=[URL.replace("20210312", "20211342")]))

    assert (got.published_on, got.public_id) == (None, None)


CREDITS = {
    "© AP Photo / Jane Roe/Pool": Credit("AP Photo", None, "Jane Roe", pool=True),
    "© AFP 2020 / JOHN DOE": Credit("AFP", 2020, "JOHN DOE"),
    "© REUTERS / Ada Byron": Credit("REUTERS", None, "Ada Byron"),
    "© Meridian / Ivan Lugov": Credit("Meridian", None, "Ivan Lugov"),
}
CAPTION = "Passengers wave from the upper deck"


@pytest.mark.row("ART-03")
@pytest.mark.parametrize("credit", CREDITS)
@pytest.mark.parametrize(
    "lines",
    [
        ["{credit}", "{caption}"],
        ["{caption}", "{credit}"],
        ["{caption} {credit}"],
        ["{caption}. {credit}"],
        ["{credit}", "{caption}", "{credit}", "{caption}"],
        ["{credit}", "{caption}", "{credit}", "{caption}", "[Open in gallery]"],
    ],
)
def test_credit_and_caption_are_taken_apart_in_any_order(credit: str, lines: list[str]) -> None:
    shown = [line.format(credit=credit, caption=CAPTION) for line in lines]
    got = read_dump(dump(body=[FIRST, *shown, SECOND, THIRD]))

    assert [(image.caption or "").rstrip(".") for image in got.images] == [CAPTION]
    assert got.images[0].credit == CREDITS[credit]
    assert [block.text for block in got.body] == [FIRST, SECOND, THIRD]


@pytest.mark.row("ART-03")
def test_pictures_of_other_articles_are_not_the_article_s() -> None:
    got = read_dump(dump(end=["Multimedia", "© AFP 2018 / LOUISA GREY", "Sheep Cross the Capital"]))

    assert got.images == ()


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("bullet", ["", "* ", "• "])
def test_the_section_under_a_credit_is_no_caption_and_no_author(bullet: str) -> None:
    menu = [f"{bullet}{name}" for name in ("Home", "Middle East", "Sport")]
    under = ["© AFP 2020 / JOHN DOE", "Middle East", "08:15 GMT 24.05.2020", URL.replace("/world/", "/middleeast/")]
    got = read_dump(dump(top=menu, head=under))

    assert got.section == "Middle East"
    assert got.images == (PageImage(credit=Credit("AFP", 2020, "JOHN DOE")),)
    assert got.authors == ()
    assert [block.text for block in got.body] == [FIRST, SECOND, THIRD]


@pytest.mark.row("ART-16")
def test_a_box_of_another_article_between_paragraphs_is_left_out() -> None:
    box = ["Business", "Five Towns Sign an Agreement on Water", "16 June 2021, 09:10 GMT"]
    got = read_dump(dump(body=[FIRST, SECOND, *box, THIRD]))

    assert [(block.type, block.text) for block in got.body] == [("paragraph", text) for text in (FIRST, SECOND, THIRD)]
    assert any("Five Towns Sign an Agreement on Water" in item.text for item in got.dropped)


@pytest.mark.row("ART-16")
def test_the_lead_in_the_page_s_head_is_not_said_twice() -> None:
    lead = f"PORT ADIL (Example) — {FIRST}"
    head = [
        lead,
        "2021-03-12T09:05+0000",
        "https://paper.example/img/1082347720_0:160:3072:1888_1920x0_80_0_0_6a1f.jpg",
    ]
    caption = f"{CAPTION} - Paper Example, 1920, 12.03.2021"
    got = read_dump(dump(head=[*head, caption, "© AFP 2021 / JOHN DOE"], body=[lead, SECOND, THIRD]))

    assert [(block.type, block.text) for block in got.body] == [("paragraph", text) for text in (lead, SECOND, THIRD)]
    assert [image.caption for image in got.images] == [CAPTION]


@pytest.mark.row("ART-03")
def test_credit_without_caption_takes_no_paragraph_for_one() -> None:
    got = read_dump(dump(head=["© Getty Images"]))

    assert got.images == (PageImage(credit=Credit("Getty Images")),)
    assert [block.text for block in got.body] == [FIRST, SECOND, THIRD]


DAYS = {
    "14:05 GMT 12.03.2021 (Updated: 15:00 GMT 13.03.2021)": "2021-03-12",
    "12 March 2021": "2021-03-12",
    "March 12, 2021 at 9:30 a.m. EST": "2021-03-12",
    "Friday 12 March 2021 14.05 GMT": "2021-03-12",
    "Published: 12/03/2021": None,
    "Published: 25/03/2021": "2021-03-25",
    "Saturday 03/04/2021": "2021-04-03",
    "2021-03-12T07:11+0000": "2021-03-12",
    "Publié le 12 mars 2021 à 06h30, mis à jour le 13 mars 2021": "2021-03-12",
    "12. März 2021, 7:45 Uhr": "2021-03-12",
    "12 марта 2021, 14:05": "2021-03-12",
    "12 de marzo de 2021 - 10:15 CET": "2021-03-12",
    "12 آذار / مارس 2021": "2021-03-12",
    "Updated: 13 March 2021": None,
    "2 hours ago": None,
}


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("line", DAYS)
def test_day_of_publishing_is_read_or_left_unknown(line: str) -> None:
    assert read_dump(dump(head=[line])).published_on == DAYS[line]


@pytest.mark.row("ART-16")
def test_the_page_s_clock_is_not_the_day_of_publishing() -> None:
    assert read_dump(dump(top=["18:02 GMT", "30 July 2018", "Listen live"])).published_on is None


@pytest.mark.row("ART-16")
def test_blocks_keep_their_types() -> None:
    got = read_dump(
        dump(
            body=[
                FIRST,
                "What comes next",
                SECOND,
                "The timetable has three crossings a day:",
                "• Port Adil at six",
                "• North Isle at noon",
                "• South Isle at five",
                "Year\tFerries\tPassengers",
                "2009\t3\t41,000",
                "2021\t1\t40",
                "Read more: Shopkeepers of the islands ask for a bridge",
                THIRD,
            ]
        )
    )

    assert [block.type for block in got.body] == [
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
        "list",
        "table",
        "related",
        "paragraph",
    ]
    assert got.body[4].items == ("Port Adil at six", "North Isle at noon", "South Isle at five")
    assert got.body[5].rows == (("Year", "Ferries", "Passengers"), ("2009", "3", "41,000"), ("2021", "1", "40"))
    assert got.body[6].text == "Shopkeepers of the islands ask for a bridge"


@pytest.mark.row("ART-16")
def test_standfirst_stands_under_the_headline() -> None:
    lead = "A brass band, two sheep and forty passengers crossed the strait while the whole town watched from the quay."
    with_picture = ["14:05 GMT 12.03.2021", lead, "© AP Photo / Jane Roe", CAPTION]

    assert read_dump(dump(head=with_picture)).standfirst == lead
    assert read_dump(dump(head=[lead, "By Jane Roe", "12 March 2021"])).standfirst == lead
    assert read_dump(dump(head=["By Jane Roe", "12 March 2021"])).standfirst is None


@pytest.mark.row("ART-16")
def test_tags_keep_the_editor_s_order() -> None:
    assert read_dump(dump()).tags == ("Port Adil", "ferry")
