"""Two thousand comments of a flash mob within a minute: the desk sees one row, and what others say meanwhile stands."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.db import connections

from broadsheet.discussion.actions.post_comment import post_comment
from broadsheet.discussion.engines.nearby import RULE
from broadsheet.discussion.models import Comment
from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.models import Case, CaseComment
from broadsheet.moderation.queries.cases import EVERYTHING, queue_page
from broadsheet.readers.models import Reader
from tests.factories.cases import make_moderator
from tests.factories.mobs import HONEST, mob_texts

pytestmark = [pytest.mark.row("MOD-01", "STD-03"), pytest.mark.django_db(transaction=True)]
WRITERS, STRAYS = 8, 20


def mob_comes(article, size: int) -> tuple[list[int], list[int]]:
    """Let so many accounts post at once, and others between them; return the comments of the mob and of the others."""
    dice = random.Random(7)
    people = Reader.objects.bulk_create(
        Reader(email=f"m{number}@mail.example", display_name=f"M {number}", public_id=f"{number:010d}", password="!")
        for number in range(size + STRAYS)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people
    )
    said = [(text, True) for text in mob_texts(size, dice)]
    for place, text in zip(sorted(dice.sample(range(size), STRAYS)), HONEST, strict=True):
        said.insert(place, (text, False))

    def post(one: tuple[Reader, tuple[str, bool]]) -> tuple[int, bool]:
        author, (text, is_of_mob) = one
        try:
            made = post_comment(
                author_id=author.pk, article_id=article.pk, text=text, key=uuid4(), insists=True, now=clock.now()
            )
        finally:
            connections.close_all()
        return made.comment_id, is_of_mob

    with ThreadPoolExecutor(WRITERS) as writers:
        made = list(writers.map(post, zip(people, said, strict=True)))
    while deliver_due():
        pass
    return [number for number, of_mob in made if of_mob], [number for number, of_mob in made if not of_mob]


@pytest.mark.parametrize("size", [40, pytest.param(2000, marks=pytest.mark.slow)])
def test_a_flash_mob_is_one_row_and_honest_comments_between_it_stand(article, size):
    mob, others = mob_comes(article, size)
    states = Counter(Comment.objects.filter(pk__in=mob).values_list("state", flat=True))
    passed = RULE.accounts + WRITERS - 1  # a mob is that many accounts, and others write at that moment
    assert states["held"] >= size - passed, "those alone pass that came before enough had said it"
    assert set(Comment.objects.filter(pk__in=others).values_list("state", flat=True)) == {"visible"}
    rows = queue_page(EVERYTHING, scope=make_moderator()).cases
    of_mob = [
        one for one in rows if one.comment_id not in others
    ]  # what else the judge noticed is no concern of the mob's
    assert {one.kind for one in of_mob} == {"mob"}
    assert len(of_mob) == 1 or size < 100, "a few wordings make a mob each until there are enough of either"
    cases = {one.pk: one for one in Case.objects.filter(state="open", kind="mob")}
    inside = set(CaseComment.objects.filter(case__in=cases).values_list("comment_id", flat=True))
    assert inside <= set(mob), "nobody else is drawn into it"
    held = set(Comment.objects.filter(pk__in=mob, state="held").values_list("pk", flat=True))
    assert held <= inside, "no comment waits where nobody sees it"
    told = sum(one["number"] for case in cases.values() for one in case.reasons if one["code"] == "mob")
    assert told == len(inside)
