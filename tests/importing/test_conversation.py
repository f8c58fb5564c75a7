"""The demo paper's readers talk by the very actions that readers use; moderators find work; done twice nothing doubles."""

from datetime import date, timedelta

import pytest

from broadsheet.discussion.models import Comment
from broadsheet.discussion.queries.accountability import comment_figures
from broadsheet.importing.actions.load_conversation import CHIEF, MODERATOR, READER, load_conversation
from broadsheet.kernel import clock
from broadsheet.moderation.models import Case, DecisionRow
from broadsheet.moderation.queries.letters import open_letters
from broadsheet.moderation.queries.roles import scope_of
from broadsheet.readers.queries.people import account_by_email
from tests.factories.newsroom import make_article, make_edition, make_section

ARTICLES = (1000000302, 1000000312, 1000000315, 1000000318, 1000000320)
pytestmark = [pytest.mark.row("OPS-01"), pytest.mark.django_db(transaction=True)]


def test_the_conversation_has_what_every_screen_shows_and_is_loaded_once():
    section, now = (
        make_section(make_edition(moderators_address="desk@paper.example")),
        clock.now(),
    )
    for number in ARTICLES:
        make_article(section, public_id=number, at=now - timedelta(hours=6))
    said = load_conversation(now=now)
    assert said == Comment.objects.count() >= 20
    assert {"visible", "held", "removed"} == set(Comment.objects.values_list("state", flat=True))
    assert Case.objects.filter(state="open", kind="held").exists()
    assert Case.objects.filter(state="open", kind="letter").count() == len(open_letters()) == 1
    assert DecisionRow.objects.filter(restricts=True).count() == 2
    reader, moderator, chief = (account_by_email(email) for email in (READER, MODERATOR, CHIEF))
    assert (reader.is_staff, reader.has_usable_password()) == (False, False)
    assert (scope_of(moderator.pk).is_chief, scope_of(chief.pk).is_chief) == (False, True)
    before = Comment.objects.count(), Case.objects.count(), DecisionRow.objects.count(), len(open_letters())
    load_conversation(now=now)
    assert (Comment.objects.count(), Case.objects.count(), DecisionRow.objects.count(), len(open_letters())) == before


@pytest.mark.row("MOD-11")
def test_what_the_public_is_told_counts_the_conversation_from_the_first_moment():
    edition, now = make_edition(moderators_address="desk@paper.example"), clock.now()
    section = make_section(edition)
    for number in ARTICLES:
        make_article(section, public_id=number, at=now - timedelta(minutes=5))
    said = load_conversation(now=now)
    load_conversation(now=now)
    first = date(2000, 1, 1)
    figures = comment_figures(edition.pk, first, (now + timedelta(days=31)).date())
    assert figures.posted == said
    assert 1 <= Comment.objects.filter(state="held").count() <= figures.held < said
