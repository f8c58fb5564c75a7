"""`broadsheet backup` and `broadsheet restore`."""

from pathlib import Path

import click

from broadsheet.cli.terminal import django, fail, need_paper, out, say_json, steps


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Write over an older file of that name, once the new one is whole.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def backup(file: Path, replace: bool, as_json: bool) -> None:
    """Write everything into FILE, also while the paper runs: database, media, settings, signing key.

    The signing key is inside, so whoever reads the file can sign as the paper: it is made with mode 600; keep it so.
    """
    need_paper()
    from broadsheet.importing.actions.back_up import back_up

    with steps() as tell:
        done = back_up(file, replace=replace, progress=tell)
    if as_json:
        say_json(done)
        return
    out.print(f"{file}: {done['bytes'] / 1_000_000:.1f} MB, {done['files']} files and the database.", markup=False)
    for name in done["missing"]:
        out.print(f"  missing before already: media/{name}", markup=False)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def restore(file: Path, as_json: bool) -> None:
    """Put a backup back into an empty data folder (and an empty database, where it is of PostgreSQL)."""
    from broadsheet.config.env import Environment, choose_folder
    from broadsheet.importing.actions.restore_backup import laid_out, load_postgresql, verified

    environment = Environment()
    data, database = environment.data, environment.text("BROADSHEET_DATABASE")
    with steps() as tell:
        source, head = verified(file, tell)
        if head.engine == "postgresql" and not database:
            fail(
                "Nothing was restored: the backup is of a paper on PostgreSQL. "
                "Name an empty database: BROADSHEET_DATABASE=postgresql://user:password@host/name."
            )
        if head.engine == "sqlite" and database:
            fail(
                "Nothing was restored: the backup is of a paper on SQLite, and BROADSHEET_DATABASE names PostgreSQL. "
                "Leave it out; to change the database, export the paper and import the bundle."
            )
        with laid_out(source, data, tell) as (part, files):
            if head.engine == "postgresql":
                choose_folder(str(part))
                django()
                load_postgresql(source, head)
    if as_json:
        say_json({"folder": str(data), "files": files, "engine": head.engine, "made_at": head.made_at})
        return
    out.print(f"{data} holds the paper as it was at {head.made_at}: {files} files and the database.", markup=False)
    out.print("Run `broadsheet upgrade`, then `broadsheet check`.", markup=False)
    out.print(
        "Before you serve it: `broadsheet readers redo deletions.txt` with that file from the folder the paper had "
        "before, so that accounts deleted since the backup are deleted again.",
        markup=False,
    )
