"""`broadsheet new`."""

import os
from pathlib import Path

import click

from broadsheet.cli.terminal import fail, need_database, out

SETTINGS_FILE = """# Settings of this paper; docs/reference/settings.md lists all of them.
# BROADSHEET_URL=https://paper.example
# BROADSHEET_MAIL=smtp://user:password@mail.example:587
# BROADSHEET_DATABASE=postgresql://user:password@host/name
PORT={port}
"""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", default="My paper", show_default=True, help="Name of the paper.")
@click.option("--language", default="en", show_default=True, help="Language of the first edition.")
@click.option("--zone", default="Etc/GMT", show_default=True, help="Time zone of the first edition.")
@click.option("--email", default="", help="Your address: the first account, and the paper's contact.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to serve on.")
def new(folder: Path, name: str, language: str, zone: str, email: str, port: int) -> None:
    """Make one's own empty paper in FOLDER, which must be empty or not exist yet.

    Prints the command that serves it, and a one-use link that opens the desk's door for its first account.
    """
    if folder.exists() and any(folder.iterdir()):
        fail(f"{folder} was left as it is: there is something in it. Name a folder that is empty or doesn't exist yet.")
    address = email or "newsroom@localhost.localdomain"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "broadsheet.env"
    file.touch(mode=0o600)
    file.write_text(SETTINGS_FILE.format(port=port), encoding="utf-8")
    os.environ["BROADSHEET_DATA"] = str(folder)
    os.environ.setdefault("PORT", str(port))
    need_database()
    from broadsheet.cli.links import login_address
    from broadsheet.config.prepare import prepare
    from broadsheet.kernel import clock
    from broadsheet.newsroom.actions.editions import create_edition, create_section
    from broadsheet.newsroom.actions.publish_policy import publish_first_policies
    from broadsheet.readers.actions.staff import put_staff

    prepare()
    edition = create_edition(
        code=language.lower(),
        language=language,
        name=name,
        time_zone=zone,
        at_root=True,
        privacy_address=address,
        contact_address=address,
    )
    faults = publish_first_policies(edition_id=edition.pk, now=clock.now())
    create_section(edition=edition, name="News", slug="news")
    reader = put_staff(email=address, role="operator")
    for fault in faults:
        out.print(f"{fault} Write it in the desk under Settings → Policies.", markup=False)
    out.print(f"{name} was made in {folder.resolve()}.", markup=False)
    out.print(f"Serve it:  BROADSHEET_DATA={folder.resolve()} broadsheet serve", markup=False)
    out.print(f"Then log in once, within 30 minutes:  {login_address(reader)}", markup=False)
