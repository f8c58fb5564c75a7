"""The desk has words for every mail that the paper writes."""

from pathlib import Path

import pytest

import broadsheet.web
from broadsheet.notifications.rules.purposes import TITLES, title_of

pytestmark = pytest.mark.row("NOT-03")
MAILS = Path(broadsheet.web.__file__).parent / "templates" / "mail"


def test_every_mail_has_words_in_the_desk():
    written = {path.name.removesuffix(".subject.txt") for path in MAILS.glob("*.subject.txt")}
    shown = {"changed" if purpose.startswith("changed-") or purpose == "new-device" else purpose for purpose in TITLES}
    assert shown == written


def test_a_mail_of_the_papers_own_is_named_by_its_purpose():
    assert title_of("almanac") == "almanac"
