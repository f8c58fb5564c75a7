"""`broadsheet export`: the whole site as one bundle."""

from pathlib import Path

import click

from broadsheet.cli.terminal import need_paper, out, say_json, steps


@click.command()
@click.argument("target", metavar="FOLDER|FILE.zip", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def export(target: Path, as_json: bool) -> None:
    """Write the whole paper into a folder, or a .zip, that `import bundle` reads back."""
    need_paper()
    from broadsheet.importing.actions.export_bundle import export_bundle

    with steps() as tell:
        done = export_bundle(target, progress=tell)
    if as_json:
        say_json(done)
        return
    counts = ", ".join(f"{number} {kind}" for kind, number in done["counts"].items())
    out.print(f"{target}: {counts}", markup=False)
    for line in done["lost"]:
        out.print(f"  left out: {line['what']}: {line['reason']}", markup=False)
