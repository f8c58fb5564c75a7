"""`broadsheet staff`: accounts of the newsroom from the terminal."""

import click

from broadsheet.cli.terminal import fail, need_paper, out, say_json


@click.group()
def staff() -> None:
    """Make accounts of the newsroom, and one-use links to log in."""


@staff.command()
@click.argument("email")
@click.option("--name", default="", help="Name shown in the desk.")
@click.option(
    "--role",
    type=click.Choice(["author", "editor", "moderator", "chief", "operator"]),
    default="chief",
    show_default=True,
)
def add(email: str, name: str, role: str) -> None:
    """Make EMAIL a member of the newsroom and print a one-use link to log in."""
    need_paper()
    from broadsheet.readers.actions.staff import put_staff

    reader = put_staff(email=email, name=name, role=role)
    out.print(f"{reader.display_name} ({email}) is {role} of the newsroom.", markup=False)
    _print_link(reader)


@staff.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a fresh one-use link for EMAIL; older ones no longer open."""
    need_paper()
    from broadsheet.kernel.email import canonical
    from broadsheet.readers.queries.staff import staff as members

    reader = members().filter(email=canonical(email)).first()
    if reader is None:
        fail(f"{email} is not an account of the newsroom. Make it one with `broadsheet staff add {email}`.")
    _print_link(reader)


@staff.command()
@click.argument("email")
def end(email: str) -> None:
    """Take EMAIL out of the newsroom and log it out everywhere; the account is a reader's from then on."""
    need_paper()
    from broadsheet.readers.actions.staff import end_staff

    reader = end_staff(email=email)
    out.print(
        f"{email} is out of the newsroom. `broadsheet readers erase {reader.public_id}` deletes the account.",
        markup=False,
    )


@staff.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_(as_json: bool) -> None:
    """List the accounts of the newsroom."""
    need_paper()
    from broadsheet.readers.queries.staff import has_second_factor
    from broadsheet.readers.queries.staff import staff as members

    rows = [
        {
            "user_id": member.public_id,
            "email": member.email,
            "name": member.display_name,
            "role": "operator" if member.is_superuser else ", ".join(sorted(g.name for g in member.groups.all())),
            "active": member.is_active,
            "second_factor": has_second_factor(member.pk),
        }
        for member in members().prefetch_related("groups")
    ]
    if as_json:
        say_json(rows)
        return
    for row in rows:
        factor = "second factor set" if row["second_factor"] else "no second factor yet"
        out.print(f"{row['email']}  {row['name']}  {row['role']}  {factor}", markup=False)
    if not rows:
        out.print("Nobody yet. `broadsheet staff add EMAIL` makes the first account.", markup=False)


def _print_link(reader: object) -> None:
    from broadsheet.cli.links import login_address

    out.print(f"Log in within 30 minutes, once: {login_address(reader)}", markup=False)
