"""`broadsheet check`."""

import click

from broadsheet.cli.terminal import django, out, say_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def check(as_json: bool) -> None:
    """Say in words what is wrong and what to do. Exit 0 nothing, 1 an error, 0 with warnings alone."""
    django()
    from broadsheet.config.inspection import inspect

    found = inspect()
    errors = [finding for finding in found if finding.level == "error"]
    if as_json:
        say_json({"ok": not errors, "findings": [finding.as_json() for finding in found]})
    else:
        for finding in found:
            mark = "error  " if finding.level == "error" else "warning"
            out.print(
                f"{mark}  {finding.what} {finding.why}\n         → {finding.remedy}  [{finding.code}]", markup=False
            )
        if not found:
            out.print("Everything is as it should be.", markup=False)
    raise SystemExit(1 if errors else 0)
