import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.senses import Senses
from tests.standards.small_rulebook import Book, Clause, Use, book, broken, saying

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]


@pytest.mark.parametrize(
    "address",
    [
        "http://files.example.com/setup.exe",
        "https://example.com/photo.jpg.scr",
        "http://example.com/app.apk?x=1",
        "https://pаypal.com/login",  # a Cyrillic letter
        "https://xn--pypal-4ve.com/",  # the same as punycode
        "https://paypa1.com/",
        "https://rnicrosoft.com/",
        "https://paypal-login.example.net/",
        "http://192.168.4.7/pay",
        "https://google.com@example.net/",
        "hxxp://example[.]com/x",
        "https://bank.com.example.net/",
        "https://www.town-gov-uk.example/pay",
        "https://netfIix.com/free",
        "https://login-verify.example.net/",
    ],
)
def test_bad_addresses(address: str, senses: Senses) -> None:
    verdict = judge(saying(f"Look here: {address} now"), book(), senses)
    assert "MALWARE" in broken(verdict), verdict
    (finding,) = (f for f in verdict.findings if f.clause == "MALWARE")
    assert finding.words == (address,)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.paypal.com/",
        "https://support.apple.com/en-us",
        "https://en.wikipedia.org/wiki/Executable#.exe",
        "https://пример.com/",
        "https://münchen.de/rathaus",
        "https://www.bbc.co.uk/news/uk-123456.html",
        "https://example.com/readme.pdf",
        "https://modern.com/",
        "https://medi-com.de/",
        "https://www.cooking.com/",
        "https://www.service.gov.uk/pay",
    ],
)
def test_good_addresses(address: str, senses: Senses) -> None:
    assert not {"MALWARE", "PROMOTION", "COMMERCE"} & broken(
        judge(saying(f"As I read at {address} yesterday, it rains."), book(), senses)
    )


def test_a_shortener_hides_where_it_leads_unless_authorised(senses: Senses) -> None:
    text = "Read https://bit.ly/abc first, it says more than the article."
    assert "MALWARE" in broken(judge(saying(text), book(), senses))
    spared = book(MALWARE=Clause((Use("links", options={"authorised": ["bit.ly"]}),)))
    assert "MALWARE" not in broken(judge(saying(text), spared, senses))


def test_shops_unless_authorised(senses: Senses) -> None:
    text = "Mine is from https://www.etsy.com/shop/x and it lasts."
    assert "PROMOTION" in broken(judge(saying(text), book(), senses))
    spared = book(PROMOTION=Clause((Use("links", options={"authorised": ["etsy.com"]}),)))
    assert "PROMOTION" not in broken(judge(saying(text), spared, senses))


def test_many_links_are_spam(senses: Senses) -> None:
    assert "SPAM" in broken(judge(saying("https://a.com/1 and https://b.com/2 and https://c.com/3"), book(), senses))
    assert "SPAM" not in broken(
        judge(saying("As https://a.com/1 says, the roof was never repaired by anybody."), book(), senses)
    )


def test_a_newsroom_lists_domains(senses: Senses) -> None:
    own = Book({"MALWARE": Clause((Use("links", options={"listed": ["worst.org"]}),))})
    assert broken(judge(saying("see https://sub.worst.org/"), own, senses)) == {"MALWARE"}
    assert not broken(judge(saying("see https://notworst.org/"), own, senses))
