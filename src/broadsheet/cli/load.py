"""`broadsheet load`: many comments for measuring and trying out."""

from urllib.parse import urlsplit

import click

from broadsheet.cli.terminal import fail, need_paper, out, progress

HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@click.command()
@click.option("--comments", type=click.IntRange(1, 20_000_000), default=1_000_000, show_default=True, help="How many.")
@click.option(
    "--threads", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Under how many articles."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same number draws the same comments.")
def load(comments: int, threads: int, seed: int) -> None:
    """Put many plausible comments under the newest articles, to measure and to try out; never in a real paper."""
    need_paper()
    from django.conf import settings

    from broadsheet.discussion.actions.load_many import load_many
    from broadsheet.kernel import clock

    if urlsplit(settings.PUBLIC_URL).hostname not in HERE:
        fail(
            f"Nothing was loaded. {settings.PUBLIC_URL} is a public address: made-up comments are for test papers. "
            "Name a folder of its own with --data, and leave BROADSHEET_URL empty."
        )
    done = 0
    with progress("Loading", comments) as advance:
        for done in load_many(comments=comments, threads=threads, now=clock.now(), seed=seed):
            advance(done)
    out.print(f"{done} comments stand under the newest articles.", markup=False)
