"""What newsletters keep of those who write them, and for how long (NOT-02, ACC-07)."""

from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.personal_data import holdings
from broadsheet.notifications.actions.prune import prune
from broadsheet.notifications.actions.write_issue import discard_issue, save_issue
from broadsheet.notifications.models import NewsletterIssue, NewsletterVersion
from broadsheet.notifications.rules.newsletters import IssueContent
from broadsheet.readers.actions.erase_account import erase_now
from tests.factories.accounts import make_reader
from tests.notifications.newslettering import draft, newsletter, sent

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.row("ACC-07"), pytest.mark.django_db]


def test_who_wrote_is_told_of_it_and_leaves_no_name_behind(article):
    ada, ben = make_reader(), make_reader()
    issue = draft(newsletter(article.edition), article, by=ada.pk)
    save_issue(issue_id=issue.pk, content=IssueContent("Ben's words"), version=1, by=ben.pk)
    other = sent(draft(issue.newsletter, article, by=ben.pk), by=ada.pk)
    [found] = [one for one in holdings() if one.name == "notifications.newsletter-issues"]
    assert len(list(found.rows(ada.pk))) == 2
    assert NewsletterVersion.objects.get().by_id == ada.pk
    erase_now(reader_id=ada.pk, now=clock.now())
    assert NewsletterVersion.objects.get().by_id is None
    issue.refresh_from_db()
    other.refresh_from_db()
    assert (issue.written_by_id, issue.changed_by_id, other.sent_by_id) == (None, ben.pk, None)
    assert other.state == "waiting", "what was sent stays"


def test_discarded_drafts_and_old_versions_end_after_their_time(article):
    made = newsletter(article.edition)
    kept, gone = draft(made, article), draft(made, article)
    for issue in (kept, gone):
        assert discard_issue(issue_id=issue.pk)
    NewsletterIssue.objects.filter(pk=gone.pk).update(ended_at=clock.now() - timedelta(days=31))
    done = draft(made, article)
    save_issue(issue_id=done.pk, content=IssueContent("New"), version=1, by=2)
    long_ago = clock.now() - timedelta(days=91)
    NewsletterIssue.objects.filter(pk=done.pk).update(
        state="done", due_at=long_ago, begun_at=long_ago, ended_at=long_ago
    )
    prune()
    assert set(NewsletterIssue.objects.values_list("pk", flat=True)) == {kept.pk, done.pk}
    assert not NewsletterVersion.objects.exists()
