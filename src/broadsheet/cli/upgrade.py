"""`broadsheet upgrade`."""

import click

from broadsheet.cli.terminal import need_database, out


@click.command()
def upgrade() -> None:
    """Bring the data folder up to this version: tables, then styles and scripts. Safe to repeat.

    Where an edition has no privacy policy, terms or standards yet, the shipped texts become drafts in the desk.
    """
    need_database()
    from broadsheet.config.prepare import collect_static, prepare
    from broadsheet.kernel.turns import alone
    from broadsheet.newsroom.actions.draft_policy import begin_missing_policies

    prepare()
    with alone("upgrade", wait=True):
        begun = begin_missing_policies()
    if begun:
        out.print(f"{begun} policies wait as drafts in the desk (Settings → Policies): read and publish them.")
    collect_static(force=True)
    out.print("The paper's data are up to date. Restart the processes that serve it.", markup=False)
