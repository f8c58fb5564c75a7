"""`broadsheet load`: made-up comments for test papers, never for a real one."""

import random

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import load as command
from broadsheet.cli.terminal import told
from broadsheet.discussion.models import Comment, Judgement
from broadsheet.discussion.rules.plausible import shape, sizes
from tests.factories.discussion import assert_counters_are_true, make_comment
from tests.factories.newsroom import make_article, make_section

pytestmark = [pytest.mark.row("PERF-05"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether tables are those of this version is asked by other tests."""
    monkeypatch.setattr(command, "need_paper", lambda: None)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.load, arguments)


def test_comments_stand_under_the_newest_articles_counted_and_judged():
    section = make_section()
    articles = [make_article(section) for _number in range(3)]
    done = run("--comments", "90", "--threads", "2")
    assert done.exit_code == 0, done.output
    assert "90 comments" in done.output
    assert Comment.objects.count() == Judgement.objects.count() == 90
    assert not Comment.objects.filter(thread_id=articles[0].pk).exists(), "it is not one of the two newest"
    for article in articles[1:]:
        assert_counters_are_true(article.pk)
    newest = make_comment(articles[2])
    assert newest.pk > 90
    assert run("--comments", "10", "--threads", "1").exit_code == 0
    assert_counters_are_true(articles[2].pk)


def test_a_paper_under_a_public_address_takes_none(settings):
    settings.PUBLIC_URL = "https://paper.example"
    make_article()
    done = run("--comments", "5")
    assert done.exit_code == 1
    assert not Comment.objects.exists()


def test_a_paper_without_articles_is_told(capsys):
    with pytest.raises(SystemExit), told():
        command.load.main(["--comments", "5"], standalone_mode=False)
    assert "no public article" in capsys.readouterr().err


def test_shapes_are_threads():
    found = shape(500, random.Random(1))
    for at, parent in enumerate(found.parents):
        assert parent < at
        assert (parent == -1) == (found.roots[at] == -1) == (found.depths[at] == 0)
        if parent >= 0:
            assert found.depths[at] == found.depths[parent] + 1 < 12
            assert found.roots[at] == (parent if found.depths[parent] == 0 else found.roots[parent])
    assert sum(found.replies) == sum(
        root >= 0 and state == "visible" for root, state in zip(found.roots, found.states, strict=True)
    )
    assert sum(sizes(1_000, 7)) == 1_000
