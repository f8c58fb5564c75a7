"""MOD-01: a flash mob of 2,000 comments by as many accounts, posted as fast as eight writers can, with the full judge.

Between them twenty readers say something of their own. What the desk sees afterwards is counted, too.
"""

import random
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.frame import Asked, Figure, answer, at_least, at_most, broadsheet, django, folder, quantile, report

MOB, STRAYS, WRITERS = 2_000, 20, 8
MINUTE = 60
ACCOUNTS = 5  # that are a mob; until then nothing is held, and others write at that moment


class Mob:
    """Posts the mob's comments as the paper's own process does, and delivers what follows from them."""

    def __init__(self) -> None:
        django()

    def __call__(self) -> dict[str, Any]:
        """Return how long it took, each post's milliseconds, and what readers and the desk see of it."""
        from tests.factories.cases import make_moderator

        from broadsheet.discussion.actions.post_comment import post_comment
        from broadsheet.discussion.engines import judges
        from broadsheet.discussion.models import Comment
        from broadsheet.kernel import clock
        from broadsheet.kernel.outbox import deliver_due
        from broadsheet.moderation.queries.cases import EVERYTHING, queue_page

        article_id, authors, said = _crowd()
        judges.senses()

        def post(one: tuple[int, tuple[str, bool]]) -> tuple[float, int, bool]:
            begun, (author, (words, of_mob)) = time.perf_counter(), one
            made = post_comment(
                author_id=author, article_id=article_id, text=words, key=uuid.uuid4(), insists=True, now=clock.now()
            )
            return (time.perf_counter() - begun) * 1000, made.comment_id, of_mob

        begun, used = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(WRITERS) as writers:
            done = list(writers.map(post, zip(authors, said, strict=True)))
        seconds, posting = time.perf_counter() - begun, time.process_time() - used
        while deliver_due():
            pass
        delivered, following = time.perf_counter() - begun, time.process_time() - used - posting
        strays = {number for _ms, number, of_mob in done if not of_mob}
        rows = [one for one in queue_page(EVERYTHING, scope=make_moderator()).cases if one.comment_id not in strays]
        shown = Comment.objects.filter(state="visible").values_list("pk", flat=True)
        seen = set(shown.iterator())
        return {
            "seconds": seconds, "delivered": delivered, "ms": [ms for ms, _number, _of_mob in done], "rows": len(rows),
            "posting": posting, "following": following,
            "shown": sum(of_mob and number in seen for _ms, number, of_mob in done),
            "strays": sum(not of_mob and number not in seen for _ms, number, of_mob in done),
        }  # fmt: skip


def _crowd() -> tuple[int, list[int], list[tuple[str, bool]]]:
    """Make an article and all authors; return them and what each of these says, with whether that is the mob's."""
    from tests.factories.accounts import make_reader
    from tests.factories.mobs import HONEST, mob_texts
    from tests.factories.newsroom import make_article, make_section

    from broadsheet.kernel import clock
    from broadsheet.newsroom.models import EditionPage
    from broadsheet.readers.actions.accept_policy import REGISTRATION, accept_at_entrance

    edition = EditionPage.objects.get()
    article = make_article(make_section(edition, slug="bench"))
    authors = [make_reader().pk for _author in range(MOB + STRAYS)]
    for number in authors:
        accept_at_entrance(reader_id=number, edition=edition.code, way=REGISTRATION, now=clock.now())
    dice = random.Random(7)
    said = [(text, True) for text in mob_texts(MOB, dice)]
    for place, text in zip(sorted(dice.sample(range(MOB), STRAYS)), HONEST, strict=True):
        said.insert(place, (text, False))
    return article.pk, authors, said


def measure() -> list[Figure]:
    """Return the figures."""
    with folder("flash-mob") as data:
        broadsheet(data, "new", str(data / "paper"), "--name", "The Courier")
        with Asked("bench.flash_mob", data / "paper") as process:
            told = process()
    return [
        at_least("MOD-01", "comments of a flash mob posted in a minute", len(told["ms"]) / told["seconds"] * MINUTE, MOB, ""),
        at_most("MOD-01", "99 of 100 of them posted within", quantile(told["ms"], 0.99), 1_000, "ms"),
        Figure("MOD-01", "seconds until the desk has heard of all", round(told["delivered"], 1), "s"),
        Figure("MOD-01", "processor time of posting one of them", round(told["posting"] / len(told["ms"]) * 1000, 2), "ms"),
        Figure("MOD-01", "processor time of what follows from one", round(told["following"] / len(told["ms"]) * 1000, 2), "ms"),
        at_most("MOD-01", "rows of the queue about the mob afterwards", told["rows"], 1, ""),
        at_most("MOD-01", "comments of the mob that readers see", told["shown"], ACCOUNTS + WRITERS - 1, ""),
        at_most("MOD-01", "comments of others held", told["strays"], 0, ""),
    ]  # fmt: skip


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Mob()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())
