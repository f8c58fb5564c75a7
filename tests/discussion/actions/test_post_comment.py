"""From a form to a comment in the thread: judged before, asked again within, counted and announced with it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from broadsheet.discussion.actions.bar_reader import bar_reader, lift_bar
from broadsheet.discussion.actions.load_many import load_thread
from broadsheet.discussion.actions.post_comment import post_comment
from broadsheet.discussion.actions.preview_comment import preview_comment
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.set_mode import put_mode_rule, set_thread_mode
from broadsheet.discussion.conf import JUDGED
from broadsheet.discussion.errors import Warned
from broadsheet.discussion.models import Comment, FindingRow, Judgement, Thread
from broadsheet.discussion.queries.verdicts import judged_text
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader
from tests.factories.discussion import FOUL, PLAIN, SHOUTED, assert_counters_are_true, counted, make_comment

pytestmark = [pytest.mark.row("DIS-02"), pytest.mark.django_db]


def post(article, author, text=PLAIN, **fields):
    values = {"key": uuid4(), "now": clock.now(), **fields}
    return post_comment(author_id=author.pk, article_id=article.pk, text=text, **values)


def refused(article, author, text=PLAIN, **fields) -> str:
    before = Comment.objects.count()
    with pytest.raises(Refused) as caught:
        post(article, author, text, **fields)
    assert Comment.objects.count() == before
    return caught.value.refusal.code


def facts(name: str = "CommentPosted") -> list[dict]:
    return list(FactRecord.objects.filter(name=name).order_by("id").values_list("payload", flat=True))


def test_a_plain_comment_is_visible_judged_counted_and_announced(article):
    author = make_reader()
    posted = post(article, author, f"  {PLAIN}\r\n\r\n\r\n*Indeed.*  ")
    comment = Comment.objects.get(pk=posted.comment_id)
    assert (posted.state, posted.held_for, comment.placed, comment.depth) == ("visible", "", True, 0)
    assert comment.text == f"{PLAIN}\n\n*Indeed.*"
    assert comment.html == f'<p dir="auto">{PLAIN}</p><p dir="auto"><em>Indeed.</em></p>'
    assert comment.language == "en"
    thread = Thread.objects.get(pk=article.pk)
    assert (thread.visible, thread.roots, thread.last_id, thread.last_at) == (1, 1, comment.pk, comment.created_at)
    assert (thread.edition_id, thread.section_id) == (article.edition_id, article.section_id)
    said = Judgement.objects.get(comment=comment)
    assert said.version == 1
    assert said.outcome in {"publish", "flag"}
    (told,) = facts()
    assert told["state"] == "visible"
    assert told["author_id"] == author.pk
    assert PLAIN not in str(told)
    assert FactRecord.objects.get(name="CommentPosted").keys == [f"thread:{article.pk}"]


def test_replies_of_any_depth_count_at_their_root(article):
    root = make_comment(article)
    deeper = make_comment(article, parent_id=root.pk)
    deepest = make_comment(article, parent_id=deeper.pk)
    assert (deeper.depth, deeper.root_id, deeper.parent_id) == (1, root.pk, root.pk)
    assert (deepest.depth, deepest.root_id, deepest.parent_id) == (2, root.pk, deeper.pk)
    assert Comment.objects.get(pk=root.pk).replies == 2
    assert counted(article.pk) == (3, 1)


@pytest.mark.row("STD-03")
def test_what_would_be_held_is_told_first_with_clause_and_words_and_stored_only_if_the_author_insists(article):
    author, key = make_reader(), uuid4()
    with pytest.raises(Warned) as caught:
        post(article, author, FOUL, key=key)
    view = caught.value.verdict
    assert view.outcome == "hold"
    assert view.waits
    assert view.may_insist
    found = next(finding for finding in view.findings if finding.clause == "PROFANITY")
    assert found.words == tuple(FOUL[start:end] for start, end in found.spans)
    assert "f**king" in found.words[0]
    assert found.title
    assert found.title in found.sentence
    assert not Comment.objects.exists()
    assert not Thread.objects.exists()
    posted = post(article, author, FOUL, key=key, insists=True)
    assert (posted.state, posted.held_for) == ("held", "judge")
    assert counted(article.pk) == (0, 0)
    assert FindingRow.objects.filter(comment_id=posted.comment_id, clause="PROFANITY").exists()
    assert FactRecord.objects.get(name="CommentPosted").keys == []
    assert "PROFANITY" in facts()[0]["clauses"]


@pytest.mark.row("STD-03")
def test_what_is_only_warned_about_is_seen_once_the_author_insists(article):
    author = make_reader()
    with pytest.raises(Warned) as caught:
        post(article, author, SHOUTED)
    assert caught.value.verdict.outcome == "warn"
    assert not caught.value.verdict.waits
    assert [finding.clause for finding in caught.value.verdict.findings] == ["FORM"]
    assert post(article, author, SHOUTED, insists=True).state == "visible"


@pytest.mark.row("STD-02")
def test_what_cannot_be_judged_is_held_and_not_refused(article, settings):
    settings.COMMENT_LENGTH = 300_000
    posted = post(article, make_reader(), "words " * 40_000)  # longer than the judge reads
    assert (posted.state, posted.held_for) == ("held", "not_scored")


def test_a_post_sent_twice_is_one_comment_whatever_it_says_the_second_time(article):
    author, key = make_reader(), uuid4()
    first = post(article, author, key=key)
    again = post(article, author, "Something else.", key=key, now=clock.now() + timedelta(days=1))
    assert again.comment_id == first.comment_id
    assert Comment.objects.count() == len(facts()) == 1
    assert post(article, make_reader(), key=key).comment_id != first.comment_id, "another's key is another's"


@pytest.mark.parametrize(("text", "code"), [("", "empty"), (" \u200b\n\u2800 ", "empty"), ("a" * 4_001, "too-long"),
                                            ("\u0301" * 10, "empty"), ("b" * 5_000_000, "too-long")])  # fmt: skip
def test_texts_that_cannot_be_comments(article, text, code):
    assert refused(article, make_reader(), text) == code


def test_the_standing_of_the_account_is_asked(article):
    author = make_reader()
    Reader.objects.filter(pk=author.pk).update(block="final")
    assert refused(article, author) == "blocked"
    assert refused(article, Reader.objects.create_user("new@mail.example", display_name="New")) == "unconfirmed"


@pytest.mark.row("MOD-04")
@pytest.mark.row("MOD-04", "PERF-04")
def test_who_is_blocked_while_the_judge_reads_posts_nothing(article, monkeypatch):
    """The standing is asked again inside the transaction, of the database, whatever was known a moment before."""
    reader = make_reader()
    post(article, reader, text="The first one stands.")

    def blocked_meanwhile(**values):
        judged = judged_text(**values)
        Reader.objects.filter(pk=reader.pk).update(block="final")
        return judged

    monkeypatch.setattr("broadsheet.discussion.actions.post_comment.judged_text", blocked_meanwhile)
    assert refused(article, reader, text="The second one came a moment too late.") == "blocked"
    assert Comment.objects.count() == 1
    assert not Judgement.objects.exclude(comment__text="The first one stands.").exists()


def test_a_bar_keeps_a_reader_from_one_discussion_until_its_end_or_until_it_is_lifted(article):
    author, now = make_reader(), clock.now()
    make_comment(article)
    bar_reader(reader_id=author.pk, thread_id=article.pk, until=now + timedelta(days=1), sanction_id=7)
    assert refused(article, author, now=now) == "barred"
    assert post(article, author, now=now + timedelta(days=1)).state == "visible"
    bar_reader(reader_id=author.pk, thread_id=article.pk, until=None, sanction_id=8)
    assert refused(article, author, now=now + timedelta(days=99)) == "barred"
    lift_bar(sanction_id=8)
    assert post(article, author, "Here I am again, as before.", now=now + timedelta(days=99)).state == "visible"


@pytest.mark.row("DIS-06")
def test_modes_of_threads_and_rules_hold(article):
    author = make_reader()
    set_thread_mode(article_id=article.pk, mode="closed")
    assert refused(article, author) == "closed"
    set_thread_mode(article_id=article.pk)
    rule = put_mode_rule(scope="section", ref=article.section_id, mode="premoderated")
    assert post(article, author).held_for == "mode"
    put_mode_rule(rule_id=rule, scope="section", ref=article.section_id, slow_seconds=60)
    assert refused(article, author) == "slow-mode"
    put_mode_rule(rule_id=rule, scope="section", ref=article.section_id, shield_hours=1)
    assert post(article, author, "Some bridges are older than that.").held_for == "shield"
    assert (
        post(article, author, "The ferry has stopped this week.", now=clock.now() + timedelta(hours=2)).state
        == "visible"
    )
    put_mode_rule(rule_id=rule, scope="section", ref=article.section_id + 1, mode="closed")
    assert post(article, author, "My street has no lamps yet.", now=clock.now() + timedelta(hours=3)).state == "visible"


@pytest.mark.row("DIS-06", "MOD-12")
def test_trust_is_earned_by_comments_that_stand_and_lost_with_one_that_is_removed(article):
    author, now = make_reader(), clock.now()
    set_thread_mode(article_id=article.pk, mode="trusted")
    assert refused(article, author, now=now) == "trusted-only"
    set_thread_mode(article_id=article.pk)
    for number in range(20):
        last = make_comment(article, author, now=now + timedelta(days=number))
    set_thread_mode(article_id=article.pk, mode="trusted")
    assert refused(article, author, now=now + timedelta(days=29)) == "trusted-only"
    assert post(article, author, now=now + timedelta(days=30)).state == "visible"
    remove_comment(comment_id=last.pk)
    assert refused(article, author, now=now + timedelta(days=31)) == "trusted-only"


def test_what_is_gone_is_not_answered_and_nothing_is_posted_under_an_article_that_is(article):
    author, root = make_reader(), make_comment(article)
    remove_comment(comment_id=root.pk)
    assert refused(article, author, parent_id=root.pk) == "parent-gone"
    assert refused(article, author, parent_id=10**9) == "parent-gone"
    withdraw_article(article=article)
    assert refused(article, author) == "no-article"


def test_a_preview_shows_markup_and_verdict_and_stores_nothing(article):
    author = make_reader()
    shown = preview_comment(author_id=author.pk, article_id=article.pk, text=f"*Oh.* {FOUL}", now=clock.now())
    assert shown.html.startswith('<p dir="auto"><em>Oh.</em> You')
    assert shown.verdict.outcome == "hold"
    assert not Comment.objects.exists()
    assert not FactRecord.objects.filter(name__startswith="Comment").exists()
    with pytest.raises(Refused) as caught:
        for _time in range(61):
            preview_comment(author_id=author.pk, article_id=article.pk, text="A.", now=clock.now())
    assert caught.value.refusal.code == "too-often"


def test_two_hundred_replies_deep(article):
    list(load_thread(article_id=article.pk, comments=200, depth=200, now=clock.now(), seed=1))
    assert Comment.objects.order_by("-depth").first().depth == 199
    deepest = Comment.objects.filter(state="visible").order_by("-depth").first()
    assert deepest.depth > 150
    assert make_comment(article, parent_id=deepest.pk).depth == deepest.depth + 1
    assert_counters_are_true(article.pk)


@pytest.mark.row("STD-03")
def test_warnings_count_as_previews_do_so_that_nobody_keeps_the_judge_busy(article):
    reader = make_reader()
    now = clock.now()
    for _number in range(JUDGED.times):
        with pytest.raises(Warned):
            post_comment(author_id=reader.pk, article_id=article.pk, text=FOUL, key=uuid4(), now=now)
    with pytest.raises(Refused) as caught:
        post_comment(author_id=reader.pk, article_id=article.pk, text=FOUL, key=uuid4(), now=now)
    assert caught.value.refusal.code == "too-often"
    later = now + JUDGED.per
    posted = post_comment(author_id=reader.pk, article_id=article.pk, text=FOUL, key=uuid4(), insists=True, now=later)
    assert posted.state == "held"
