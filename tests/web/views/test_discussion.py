"""The discussion as visitors read it (DIS-01, DIS-10)."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache

from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.actions.pick_comment import pick_comment
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.set_mode import put_mode_rule, set_thread_mode
from broadsheet.discussion.actions.withdraw_comment import withdraw_comment
from broadsheet.discussion.models import Comment
from broadsheet.kernel import clock
from broadsheet.kernel.tailer import latest_number
from broadsheet.newsroom.actions.withdraw import withdraw_article
from tests.factories.accounts import make_reader
from tests.factories.discussion import FOUL, PLAIN, make_comment, make_seen
from tests.factories.policies import put_in_force

pytestmark = pytest.mark.row("DIS-01")


@pytest.fixture(autouse=True)
def _no_limit_reached_before() -> None:
    cache.clear()


@pytest.fixture
def article(paper):
    return paper.articles["news"]


def numbers(page) -> list[int]:
    return [int(found.get("data-comment")) for found in page.all("#discussion [data-comment]")]


def ld(page) -> dict:
    return json.loads(page.one('script[type="application/ld+json"]').text)["@graph"][0]


@pytest.mark.row("PAGE-01")
@pytest.mark.row("STD-08")
def test_the_standards_stand_before_the_heading(paper, read):
    assert read(paper.path()).all(".discussion-standards") == []
    put_in_force(paper.edition, "standards")
    section = read(paper.path()).one("#discussion")
    link, heading = section.select_one("a"), section.select_one("h2")
    assert (link.text, link.get("href"), heading.text) == ("Community standards", "/standards/", "Discussion")
    assert heading in link.find_all_next("h2")


@pytest.mark.row("ART-07")
def test_comments_are_counted_apart_from_views(paper, article, read):
    assert read(paper.path()).words(".comments-counted") == "0 comments"
    assert "Nobody has commented yet" in read(paper.path()).words("#discussion")
    root = make_seen(article)
    make_seen(article, parent_id=root.pk)
    make_comment(article, text=FOUL)  # held: nobody sees it
    page = read(paper.path())
    assert (page.words(".comments-counted"), page.words(".discussion-count")) == ("2 comments", "2 comments")
    assert "view" in page.words("[data-views]")
    assert ld(page)["commentCount"] == 2


@pytest.mark.row("DIS-10")
def test_a_comment_says_who_wrote_it_when_and_whom_it_answers(paper, article, read):
    author = make_reader(display_name="Ines <b>Vale</b>")
    root = make_seen(article, author, text="*Really*? See https://example.org/a?b=1&c=2")
    first = make_seen(article, parent_id=root.pk, text="Yes.")
    Comment.objects.filter(pk=first.pk).update(author_badge="expert")
    page = read(paper.path())
    shown = page.one(f"#comment-{root.pk}")
    assert shown.get("data-author") == author.public_id
    assert shown.select_one(".comment-name").text == "Ines <b>Vale</b>"
    assert shown.select_one(".comment-time a").get("href") == f"/comment/{root.pk}/"
    assert shown.select_one("em").text == "Really"
    assert shown.select_one(".comment-text a").get("rel") == "nofollow ugc noopener"
    assert page.one(f"#comment-{first.pk}").get("data-indent") == "1"
    assert page.all(f"#comment-{first.pk} .comment-answers") == []
    assert page.words(f"#comment-{first.pk} .comment-badge") == "Expert"
    assert ld(page)["comment"][0]["text"] == "Really? See https://example.org/a?b=1&c=2"
    pick_comment(comment_id=root.pk, now=clock.now())
    edit_comment(
        comment_id=root.pk,
        author_id=author.pk,
        text="Really, though?",
        insists=True,
        now=clock.now() + timedelta(hours=1),
    )
    page = read(paper.path())
    assert page.words(f"#comment-{root.pk} .comment-pick") == "Editor’s pick"
    assert page.words(f"#comment-{root.pk} .comment-edited").startswith("edited ")
    assert page.words(f"#comment-{root.pk} .comment-text") == "Really, though?"


def test_what_is_deleted_leaves_a_place_and_not_a_word(paper, article, read):
    author = make_reader(display_name="Zelda Unheard")
    root, other = make_seen(article, author, text=PLAIN), make_seen(article, text="What about the wall?")
    make_seen(article, parent_id=root.pk, text="I agree with that.")
    remove_comment(comment_id=root.pk)
    withdraw_comment(comment_id=other.pk, author_id=other.author_id)
    page = read(paper.path())
    assert page.words(f"#comment-{root.pk}").startswith("A moderator deleted this comment.")
    assert page.words(f"#comment-{other.pk}").startswith("The author deleted this comment.")
    assert "I agree with that." in page.text
    assert not [word for word in (PLAIN, "Zelda", author.public_id, "What about the wall") if word in page.text]


def test_every_comment_stands_on_exactly_one_page_and_its_address_leads_there(paper, article, read, client):
    made = [make_seen(article) for _ in range(23)]
    seen, path = [], paper.path()
    while path:
        page = read(path)
        seen += numbers(page)
        path = (page.all(".discussion-further a[rel=next]") or [{}])[0].get("href", "").partition("#")[0]
    assert seen == [comment.pk for comment in reversed(made)]
    for comment in (made[0], made[-1]):
        answer = client.get(f"/comment/{comment.pk}/")
        assert (answer.status_code, answer["Cache-Control"]) == (302, "no-store")
        where, _, anchor = answer["Location"].partition("#")
        assert anchor == f"comment-{comment.pk}"
        page = read(where)
        assert numbers(page)[0] == comment.pk
        assert page.one('meta[name="robots"]').get("content") == "noindex, follow"
        assert (page.all('.discussion-further a[rel="prev"]') or [{}])[0].get("href", "").startswith(paper.path())
    oldest = read(f"{paper.path()}discussion/oldest/")
    further = read(oldest.one('.discussion-further a[rel="next"]').get("href").partition("#")[0])
    assert (
        further.one('.discussion-further a[rel="prev"]').get("href") == f"{paper.path()}discussion/oldest/#discussion"
    )
    assert numbers(oldest)[:3] == [comment.pk for comment in made[:3]]
    assert oldest.one('.discussion-orders [aria-current="true"]').text == "Oldest"


def test_further_replies_are_a_page_away(paper, article, read, client):
    root = make_seen(article)
    replies = [make_seen(article, parent_id=root.pk, text=f"Answer {n}.") for n in range(5)]
    page = read(paper.path())
    assert numbers(page) == [root.pk, *(reply.pk for reply in replies[:3])]
    assert page.words(".replies > summary") == "5 replies"
    more = page.one(".replies-more a")
    assert more.text == "2 more replies"
    further = read(more.get("href"))
    assert numbers(further) == [root.pk, replies[3].pk, replies[4].pk]
    assert client.get(f"/comment/{replies[0].pk}/")["Location"].endswith(f"/#comment-{replies[0].pk}")
    assert numbers(read(client.get(f"/comment/{replies[4].pk}/")["Location"].partition("#")[0])) == [
        root.pk,
        replies[4].pk,
    ]


def test_an_answer_below_three_says_whom_it_answers(paper, article, read):
    above = make_seen(article)
    chain = [above := make_seen(article, parent_id=above.pk, text=f"Deeper {n}.") for n in range(5)]
    page = read(f"{paper.path()}discussion/replies/{chain[0].root_id}/")
    assert [found.get("data-indent") for found in page.all(".replies .comment")] == ["1", "2", "3", "3", "3"]
    assert page.one(f"#comment-{chain[3].pk} .comment-answers a").get("href") == f"#comment-{chain[2].pk}"


def test_held_and_unknown_comments_are_not_found_alike(paper, article, client):
    held = make_comment(article, text=FOUL)
    answers = [client.get(f"/comment/{number}/") for number in (held.pk, held.pk + 99, 999_999_999_999_999)]
    assert {answer.status_code for answer in answers} == {404}
    assert (
        len({answer.content.replace(str(held.pk).encode(), b"") for answer in answers[:1]} | {answers[2].content}) <= 2
    )
    assert client.get(f"{paper.path()}discussion/replies/{held.pk}/").status_code == 404
    removed = make_seen(article)
    remove_comment(comment_id=removed.pk)
    assert client.get(f"/comment/{removed.pk}/").status_code == 302


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        ("discussion/", 301), ("discussion/newest/", 200), ("discussion/newest/1.5/", 404), ("discussion/discussed/7/", 404),
        ("discussion/oldest/0/", 404), ("discussion/best/", 404), ("discussion/newest/999999999999999999/", 200),
        ("discussion/replies/999999999/", 404), ("discussion/replies/1/x/", 404), ("discussion/newest/../../", 404),
    ],
)  # fmt: skip
def test_keys_of_nobodys_making_do_no_harm(paper, article, client, rest, status):
    make_seen(article)
    assert client.get(f"{paper.path()}{rest}").status_code == status


def test_pages_of_a_discussion_move_and_go_with_their_article(paper, article, client):
    comment = make_seen(article)
    wrong = paper.path().replace("/world/", "/sport/")
    assert client.get(f"{wrong}discussion/oldest/")["Location"] == f"{paper.path()}discussion/oldest/"
    withdraw_article(article=article)
    assert client.get(f"{paper.path()}discussion/oldest/").status_code == 410
    assert client.get(f"/comment/{comment.pk}/").status_code == 404


@pytest.mark.row("DIS-06")
def test_who_may_comment_is_said_in_words(paper, article, read):
    assert read(paper.path()).all(".discussion-note") == []
    put_mode_rule(scope="section", ref=paper.world.pk, mode="premoderated", slow_seconds=180)
    page = read(paper.path())
    assert "A moderator reads each comment before it appears." in page.words(".discussion-note")
    assert "3 minutes must pass" in page.words(".discussion-note")
    set_thread_mode(article_id=article.pk, mode="closed")
    page = read(paper.path())
    assert "This discussion is closed." in page.words(".discussion-note")
    assert page.all(".compose-open") == []


@pytest.mark.row("DIS-04")
def test_what_came_and_went_can_be_asked_for(article, client):
    stays, goes = make_seen(article), make_seen(article, text="Gone soon enough.")
    since = latest_number()
    address = f"/live/{article.public_id:010d}/comments/since/"
    assert client.get(f"{address}{since}/").json() == {"number": since, "comments": [], "reload": False}
    reply = make_seen(article, parent_id=stays.pk, text="Fresh <i>words</i>.")
    make_comment(article, text=FOUL)
    remove_comment(comment_id=goes.pk)
    told = {each["id"]: each for each in client.get(f"{address}{since}/").json()["comments"]}
    assert set(told) == {reply.pk, goes.pk}
    assert (told[reply.pk]["root"], told[reply.pk]["visible"], told[reply.pk]["words"]) == (
        stays.pk,
        True,
        "2 comments",
    )
    assert "Fresh &lt;i&gt;words&lt;/i&gt;." in told[reply.pk]["html"]
    assert told[goes.pk]["visible"] is False
    assert "Gone soon enough" not in json.dumps(told)
    assert {each["id"] for each in client.get(f"{address}0/").json()["comments"]} == {stays.pk, reply.pk, goes.pk}
    assert client.get("/live/9999999999/comments/since/0/").status_code == 404


@pytest.mark.row("PERF-03")
def test_an_article_with_a_discussion_asks_as_often_however_long_it_is(
    paper, article, client, django_assert_max_num_queries, monkeypatch
):
    from broadsheet.web.queries import rails

    monkeypatch.setattr(rails, "listening", lambda: True)  # as in a serving process, whose tailer runs
    for _ in range(3):
        make_seen(article)
    client.get(paper.path())
    with django_assert_max_num_queries(10):
        client.get(paper.path())
    root = make_seen(article)
    for _ in range(6):
        make_seen(article, parent_id=root.pk)
    with django_assert_max_num_queries(10):
        client.get(paper.path())
