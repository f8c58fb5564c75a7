"""`broadsheet search`: looking after the index."""

import click

from broadsheet.cli.terminal import need_paper, out, progress


@click.group()
def search() -> None:
    """Look after the search index."""


@search.command()
def rebuild() -> None:
    """Index every public article anew, and forget the others."""
    need_paper()
    from broadsheet.newsroom.queries.cards import listed
    from broadsheet.search.actions.index import rebuild_index

    total = listed().count()
    done = 0
    with progress("Indexing", total) as advance:
        for done in rebuild_index():
            advance(done)
    out.print(f"{done} articles are in the index.", markup=False)
