"""Clusters of copies: whole, without strangers, without chains, and the same in whatever order the comments came."""

import random
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.standards.clusters import Cluster, Clusters, Comment, FlashMob
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.fingerprint import Fingerprint
from tests.standards.campaigns import campaign, same_opinion, unrelated

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@cache
def by_letters(text: str) -> Fingerprint:
    return Fingerprint.of(Seen(text))


def comment(id_: str, text: str, minutes: float = 0, author: str = "") -> Comment:
    return Comment(id_, author or id_, "t", NOW + timedelta(minutes=minutes), by_letters(text))


def clusters(comments: list[Comment], rule: FlashMob | None = None, most: int = 20_000) -> Clusters:
    made = Clusters(rule, most)
    for one in comments:
        made.add(one)
    return made


def ids(cluster: Cluster) -> set[str]:
    return {one.id for one in cluster.comments}


def test_a_mob_by_letters_among_unrelated_ones(shared: Path) -> None:
    mob = [comment(f"m{at}", text, at) for at, text in enumerate(campaign("tramway")[:25])]
    crowd = [comment(f"c{at}", text, at / 10) for at, text in enumerate(unrelated(shared, 500))]
    (found,) = (one for one in clusters([*crowd, *mob]).all() if one.is_flash_mob)
    assert len(ids(found) & {one.id for one in mob}) >= 0.95 * len(mob)
    assert not ids(found) - {one.id for one in mob}
    assert found.likest in mob
    assert len(found.authors) == len(found.comments)


def test_a_reworded_mob_by_meaning_and_nobody_who_only_agrees(whole: Senses) -> None:
    agreeing = same_opinion()
    texts = {f"m{at}": text for at, text in enumerate(campaign("ferry"))}
    texts |= {f"{name}{at}": text for name in ("ferry", "library") for at, text in enumerate(agreeing[name])}
    prints = whole.fingerprinting.of_many([(Seen(text), Submission(text)) for text in texts.values()])
    made = clusters([Comment(id_, id_, "t", NOW, fingerprint) for id_, fingerprint in zip(texts, prints, strict=True)])
    (mob,) = (one for one in made.all() if one.is_flash_mob)
    assert sum(id_.startswith("m") for id_ in ids(mob)) >= 38
    assert all(id_.startswith("m") for id_ in ids(mob))
    assert ids(made.of("m0")) == ids(mob)


def test_a_chain_of_texts_each_like_the_next_is_no_cluster() -> None:
    chance = random.Random(5)
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwy", k=7)) for _ in range(100)]
    chain = [comment(f"{at:02}", " ".join(words[at * 4 : at * 4 + 12])) for at in range(20)]
    made = clusters(chain)
    assert ids(made.of("10")) & {"09", "11"}
    longest = max(len(one.comments) for one in made.all())
    assert 2 <= longest <= 5


def test_how_many_accounts_and_comments_make_a_mob() -> None:
    text = campaign("tramway")[0]
    same = [comment(f"{at}", text, at, author=f"a{at % 3}") for at in range(6)]
    assert not clusters(same).of("0").is_flash_mob
    assert clusters(same, FlashMob(accounts=3, comments=6)).of("0").is_flash_mob
    assert not clusters(same, FlashMob(accounts=3, comments=7)).of("0").is_flash_mob
    assert clusters(same).of("0").authors == ("a0", "a1", "a2")


def test_slogans_and_copies_beyond_the_window_stay_apart() -> None:
    slogans = clusters([comment(f"{at}", "Keep the library open now!") for at in range(9)])
    assert not list(slogans.all())
    assert ids(slogans.of("3")) == {"3"}
    text = campaign("tramway")[0]
    apart = clusters([comment("a", text), comment("b", text, 60 * 71), comment("c", text, 60 * 73 + 60 * 71)])
    assert ids(apart.of("a")) == {"a", "b"}
    assert ids(apart.of("c")) == {"c"}


texts = [*campaign("tramway")[:9], *campaign("wolves")[:9], *same_opinion()["rent"][:6]]
drawn = st.lists(
    st.tuples(st.integers(0, len(texts) - 1), st.integers(0, 9000), st.integers(0, 3)), min_size=2, max_size=24
)


def all_of(made: Clusters) -> set[tuple[str, frozenset[str], float]]:
    return {(one.likest.id, frozenset(ids(one)), one.score) for one in made.all()}


@given(drawn, st.randoms(use_true_random=False), st.integers(0, 4))
@settings(max_examples=60)
def test_the_same_whatever_the_order_and_whatever_was_forgotten(
    drawn: list[tuple[int, int, int]], chance, more: int
) -> None:
    comments = [
        comment(f"{at}", texts[which], minutes, f"a{author}") for at, (which, minutes, author) in enumerate(drawn)
    ]
    one = clusters(comments)
    old = [comment(f"old{at}", texts[at], -60 - at) for at in range(more)]
    shuffled = chance.sample([*comments, *old], len(comments) + more)
    other = clusters(shuffled)
    other.forget(NOW)
    other.add(comments[0])  # again: it replaces itself
    assert all_of(one) == all_of(other)
    for each in comments:
        assert one.of(each.id) == other.of(each.id)
        assert each.id in ids(one.of(each.id))


@given(drawn)
@settings(max_examples=30)
def test_no_comment_is_in_two_clusters(drawn: list[tuple[int, int, int]]) -> None:
    made = clusters([comment(f"{at}", texts[which], minutes) for at, (which, minutes, _author) in enumerate(drawn)])
    members = [id_ for one in made.all() for id_ in ids(one)]
    assert len(members) == len(set(members))


def test_the_oldest_are_forgotten_first_and_never_more_than_most_are_kept() -> None:
    made = Clusters(most=80)
    for at in range(200):
        made.add(comment(f"{at}", campaign("tramway")[at % 30], at))
        assert len(made) <= 80
    assert ids(made.of("199")) <= {f"{at}" for at in range(110, 200)}
    with pytest.raises(KeyError):
        made.of("5")


def test_near_ones_come_likest_first_and_from_within_the_window() -> None:
    text = campaign("tramway")
    made = clusters([comment(f"{at}", text[at], at) for at in range(20)] + [comment("old", text[0], -60 * 100)])
    near = made.near(by_letters(text[0]), NOW)
    assert near[0].id == "0"
    assert "old" not in {one.id for one in near}
    assert len(near) >= 5
