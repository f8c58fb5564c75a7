"""Fingerprints that are kept, and flash mobs that the desk sees as one."""

from datetime import timedelta

import pytest

from broadsheet.discussion.actions.gather_mob import gather_mob
from broadsheet.discussion.actions.keep_fingerprint import (
    KEPT,
    NOTES_KEPT,
    forget_fingerprints,
    keep_fingerprint,
    prune_fingerprints,
)
from broadsheet.discussion.engines.judges import Beside, Judged
from broadsheet.discussion.engines.nearby import WITHIN, nearby
from broadsheet.discussion.facts import CommentsErased
from broadsheet.discussion.handlers.clusters import forget_erased
from broadsheet.discussion.models import CommentFingerprint, FlashMob, ShadowNote
from broadsheet.discussion.queries.nearby import catch_up, flash_mob, mobs_of
from broadsheet.discussion.queries.shadow import shadow_report
from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.standards.text import Seen
from broadsheet.standards.text.fingerprint import Fingerprint
from broadsheet.standards.verdict import Finding, Verdict
from tests.factories.accounts import make_reader
from tests.factories.discussion import make_comment as post
from tests.factories.discussion_judge import make_comment
from tests.factories.newsroom import make_article, make_section

pytestmark = [pytest.mark.row("MOD-01"), pytest.mark.django_db]
TEXT = "The harbour board has to go, and every one of its seven members knows exactly why that is so."
OTHERS = (
    "Nobody asked the swimmers whether a new jetty, two lamps and a kiosk would do them any good at all.",
    "My grandmother sold fish on that square for forty years and never once paid such a rent.",
    "If the school bus came ten minutes earlier, half of this quarrel about parking would be over by Monday.",
    "Two winters ago the library closed at noon, and the reading groups have met in kitchens ever since.",
    "I counted eleven empty shops between the church and the bridge; that is what needs an answer first.",
    "Thank you for the drawings of the old lighthouse, which I hadn't seen since I was a small child.",
)


@pytest.fixture
def article(db):
    return make_article(make_section())


@pytest.fixture
def readers(db):
    return [make_reader() for _ in range(8)]


def judged(text, **more):
    return Judged(Verdict("publish"), 0, 1.0, None, Fingerprint.of(Seen(text)), **more)


def posted(article, author, text=TEXT, *, at=None, **more):
    """A comment with its fingerprint, as the same transaction writes them."""
    comment = make_comment(article, author, text, at=at)
    keep_fingerprint(
        comment_id=comment.pk, edition_id=article.edition_id, judged=judged(text, **more), at=comment.created_at
    )
    return comment


def told():
    return [record.payload for record in FactRecord.objects.filter(name="FlashMobSeen").order_by("pk")]


def test_of_many_that_came_at_once_each_joins_the_mob_of_those_before_it(article, monkeypatch):
    """Where the desk hears late, most copies of a comment belong to no mob yet; no cluster is made for each of them."""
    begun = clock.now()
    authors = [make_reader() for _ in range(60)]
    at_once = [posted(article, one, at=begun + timedelta(milliseconds=place)) for place, one in enumerate(authors)]
    made = []
    cluster_of = nearby.cluster_of
    monkeypatch.setattr(nearby, "cluster_of", lambda id_: made.append(id_) or cluster_of(id_))
    monkeypatch.setattr("broadsheet.discussion.engines.nearby.AROUND", 6)
    (mob,) = {gather_mob(comment_id=one.pk, now=clock.now()) for one in at_once}
    assert mobs_of(one.pk for one in at_once) == {one.pk: mob for one in at_once}
    assert sorted(number for fact in told() for number in fact["comment_ids"]) == [one.pk for one in at_once]
    assert len(made) <= 8, "only the first ones have too few before them"


def test_five_accounts_with_one_text_are_a_mob_that_is_told_of_once(article, readers):
    comments = [posted(article, reader) for reader in readers[:4]]
    assert [gather_mob(comment_id=one.pk, now=clock.now()) for one in comments] == [None] * 4
    comments.append(posted(article, readers[4], TEXT.replace("seven", "eight")))
    mob = gather_mob(comment_id=comments[4].pk, now=clock.now())
    assert mob is not None
    assert mobs_of(one.pk for one in comments) == {one.pk: mob for one in comments}
    (fact,) = told()
    assert (fact["mob_id"], sorted(fact["comment_ids"])) == (mob, [one.pk for one in comments])
    assert fact["thread_ids"] == [article.pk]
    gather_mob(comment_id=comments[4].pk, now=clock.now())
    assert len(told()) == 1
    view = flash_mob(mob)
    assert view.comment_ids == tuple(one.pk for one in comments)
    assert (view.first_at, view.last_at) == (comments[0].created_at, comments[4].created_at)


def test_posting_finds_the_mob_by_itself_and_all_but_the_first_wait_for_a_person(article, readers, settings):
    settings.JUDGE_SECONDS = 60
    states = [post(article, reader, text=TEXT).state for reader in readers[:6]]
    deliver_due()
    assert states == ["visible", *["held"] * 5]
    assert CommentFingerprint.objects.filter(mob=FlashMob.objects.get()).count() == 6
    assert [len(fact["comment_ids"]) for fact in told()] == [6]  # all were there when the first was looked at


def test_who_comes_later_joins_and_the_desk_hears_of_each_once(article, readers):
    for number in range(30):
        gather_mob(comment_id=posted(article, readers[number % 8]).pk, now=clock.now())
    assert FlashMob.objects.count() == 1
    assert CommentFingerprint.objects.filter(mob=None).count() == 0
    heard = [number for fact in told() for number in fact["comment_ids"]]
    assert sorted(heard) == list(CommentFingerprint.objects.order_by("comment_id").values_list("comment_id", flat=True))
    assert [len(fact["comment_ids"]) for fact in told()] == [5, *[1] * 25]


def test_another_process_that_read_nothing_yet_goes_on_with_the_same_mob(article, readers):
    for reader in readers[:5]:
        gather_mob(comment_id=posted(article, reader).pk, now=clock.now())
    nearby.forget()
    gather_mob(comment_id=posted(article, readers[6]).pk, now=clock.now())
    assert FlashMob.objects.count() == 1
    assert CommentFingerprint.objects.filter(mob=None).count() == 0


@pytest.mark.parametrize("case", ["one-author", "other-texts", "too-far-apart"])
def test_what_is_no_mob_is_left_alone(article, readers, case):
    now = clock.now()
    for number in range(6):
        author = readers[0] if case == "one-author" else readers[number]
        text = OTHERS[number] if case == "other-texts" else TEXT
        at = now - (WITHIN + timedelta(hours=1)) * (number % 2) if case == "too-far-apart" else now
        gather_mob(comment_id=posted(article, author, text, at=at).pk, now=now)
    assert (FlashMob.objects.count(), told()) == (0, [])


def test_a_comment_whose_fingerprint_is_gone_is_in_no_mob(article, readers):
    assert gather_mob(comment_id=make_comment(article, readers[0], TEXT).pk, now=clock.now()) is None


def test_an_edited_comment_has_the_fingerprint_of_its_new_text_everywhere(article, readers):
    comment = posted(article, readers[0])
    catch_up(clock.now())
    other = "Nobody asked the swimmers whether a new jetty, two lamps and a kiosk would do them any good at all."
    keep_fingerprint(
        comment_id=comment.pk, edition_id=article.edition_id, judged=judged(other), at=clock.now(), is_edited=True
    )
    catch_up(clock.now())
    assert nearby.known(str(comment.pk)).fingerprint == Fingerprint.of(Seen(other))
    assert CommentFingerprint.objects.count() == 1


def test_an_edited_comment_stays_in_its_mob(article, readers):
    comments = [posted(article, reader) for reader in readers[:5]]
    mob = gather_mob(comment_id=comments[4].pk, now=clock.now())
    keep_fingerprint(
        comment_id=comments[0].pk, edition_id=1, judged=judged("Something else."), at=clock.now(), is_edited=True
    )
    assert mobs_of([comments[0].pk]) == {comments[0].pk: mob}


@pytest.mark.row("ACC-07")
def test_nothing_is_left_of_comments_that_were_erased(article, readers):
    gone, stays = posted(article, readers[0], beside=Beside(2, None, differs=False)), posted(article, readers[1])
    catch_up(clock.now())
    forget_fingerprints(comment_ids=[gone.pk])
    forget_erased(CommentsErased(thread_id=article.pk), 1)
    catch_up(clock.now())
    assert (nearby.known(str(gone.pk)), nearby.known(str(stays.pk)) is None) == (None, False)
    assert list(CommentFingerprint.objects.values_list("comment_id", flat=True)) == [stays.pk]
    assert not ShadowNote.objects.exists()


def test_what_nothing_can_be_a_copy_of_any_more_is_dropped(article, readers):
    now = clock.now()
    old = [posted(article, reader, at=now - KEPT - timedelta(minutes=1)) for reader in readers[:5]]
    FlashMob.objects.create(first_at=old[0].created_at, last_at=old[0].created_at)
    young = posted(article, readers[5], at=now - KEPT + timedelta(minutes=1))
    ShadowNote.objects.create(comment=young, edition_id=1, number=1, at=now - NOTES_KEPT - timedelta(days=1))
    assert prune_fingerprints(now=now) == 7
    assert list(CommentFingerprint.objects.values_list("comment_id", flat=True)) == [young.pk]
    assert (FlashMob.objects.count(), ShadowNote.objects.count()) == (0, 0)
    assert prune_fingerprints(now=now) == 0


@pytest.mark.row("STD-06")
def test_the_report_of_shadow_mode_tells_what_moved_and_holds_no_text(article, readers):
    held = Verdict("hold", (Finding("HATE", "hold", "words", 1, 0.9),))
    for reader, verdict, differs in (
        (readers[0], held, True),
        (readers[1], Verdict("publish"), False),
        (readers[2], None, False),
    ):
        posted(article, reader, beside=Beside(3, verdict, differs=differs))
    posted(article, readers[3], beside=Beside(4, held, differs=True))
    found = shadow_report(article.edition_id, 3)
    assert (found.judged, found.failed, found.differ) == (3, 1, 1)
    assert found.moves == {("publish", "hold"): 1}
    assert (found.only_live, found.only_beside) == ({}, {"HATE": 1})
    assert len(found.ids) == 1
