"""What moderators are shown of a comment."""

import pytest

from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.actions.redact_comment import redact_comment
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.queries.comment_facts import comment_facts, history_of
from broadsheet.kernel import clock
from tests.factories.accounts import make_reader
from tests.factories.discussion import FOUL, PLAIN, make_comment

pytestmark = [pytest.mark.row("MOD-02"), pytest.mark.django_db]


def test_text_versions_findings_and_the_comments_above_are_told(article):
    root = make_comment(article)
    reply = make_comment(article, parent_id=root.pk)
    author = make_reader(display_name="Vera")
    comment = make_comment(article, author, parent_id=reply.pk, text=PLAIN)
    edit_comment(author_id=author.pk, comment_id=comment.pk, text=FOUL, insists=True, now=clock.now())
    redact_comment(comment_id=comment.pk, spans=[[4, 10]])
    found = comment_facts(comment.pk)
    assert found.comment.text == FOUL
    assert found.comment.redactions == ((4, 10),)
    assert (found.comment.state, found.comment.held_for, found.comment.version) == ("held", "judge", 2)
    assert found.comment.edition_id == article.edition_id
    assert found.author.name == "Vera"
    assert [(one.version, one.text) for one in found.versions] == [(1, PLAIN)]
    assert found.judgement.outcome == "hold"
    finding = next(one for one in found.findings if one.clause == "PROFANITY")
    assert finding.words == tuple(FOUL[start:end] for start, end in finding.spans)
    assert [one.id for one in found.above] == [root.pk, reply.pk]
    assert comment_facts(10**12) is None


def test_an_authors_comments_are_told_newest_first_whatever_their_state(article):
    author = make_reader()
    numbers = [make_comment(article, author).pk for _number in range(4)]
    remove_comment(comment_id=numbers[1])
    make_comment(article)
    assert [row.id for row in history_of(author.pk)] == numbers[::-1]
    assert [row.id for row in history_of(author.pk, before=numbers[2], limit=1)] == [numbers[1]]
    assert history_of(author.pk)[2].state == "removed"
