"""The demo paper's newsletters: one sent, one draft, in editions that have one (NOT-02, OPS-01)."""

import pytest

from broadsheet.importing.actions.load_newsletters import load_newsletters
from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import editions
from broadsheet.notifications.models import Message, Newsletter, NewsletterIssue
from broadsheet.notifications.queries.newsletters import past_issues
from broadsheet.readers.actions.put_reader import put_reader
from broadsheet.readers.actions.staff import put_staff
from tests.factories.newsroom import make_article, make_edition, make_section

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.row("OPS-01"), pytest.mark.django_db]


def test_the_shipped_newsletters_are_loaded_once():
    edition = make_edition(name="The Estuary")
    section = make_section(edition, "climate")
    for number in (1000000301, 1000000302, 1000000312):
        make_article(section, f"Story {number}", public_id=number)
    put_staff(email="chief@estuary.example", name="Mara Quill", role="operator")
    put_reader(
        email="reader@estuary.example", name="Ada", editions=["en"], registered_at=clock.now(), now=clock.now()
    )  # fmt: skip
    for done in (2, 0):
        people = {"editor": "chief@estuary.example", "reader": "reader@estuary.example"}
        assert load_newsletters(**people, now=clock.now()) == done
    made = Newsletter.objects.get()
    sent, draft = NewsletterIssue.objects.order_by("pk")
    assert (sent.state, draft.state) == ("sending", "draft")
    assert list(sent.picks.order_by("place").values_list("clicks", flat=True)) == [2, 1]
    assert Message.objects.filter(newsletter_issue_id=sent.pk).count() == 1
    [past] = past_issues(made.pk, editions()[0], count=5)
    assert past.subject == sent.subject
