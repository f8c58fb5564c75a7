"""The root of the command line; each command is imported when it is asked for."""

import sys
from importlib import import_module
from importlib.util import find_spec

import click

from broadsheet import __version__

# name → (module, attribute, one line of help)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "audit": ("broadsheet.cli.audit", "audit", "Check the log of who decided and saw what."),
    "backup": ("broadsheet.cli.backup", "backup", "Write everything into one file, also while the paper runs."),
    "check": ("broadsheet.cli.check", "check", "Say in words what is wrong and what to do."),
    "demo": ("broadsheet.cli.demo", "demo", "Serve a living demo paper."),
    "export": ("broadsheet.cli.export", "export", "Write the whole site as one bundle."),
    "import": ("broadsheet.cli.import_", "import_", "Bring in pages, feeds, WordPress exports, bundles."),
    "judge": ("broadsheet.cli.judge", "judge", "Judge comments by the community standards."),
    "load": ("broadsheet.cli.load", "load", "Put many made-up comments into a test paper."),
    "mail": ("broadsheet.cli.mail", "mail", "Look after the mail that the paper sends."),
    "new": ("broadsheet.cli.new", "new", "Make one's own empty paper."),
    "push": ("broadsheet.cli.push", "push", "Look after push notifications."),
    "readers": ("broadsheet.cli.readers", "readers", "Answer a reader's request: find, show, export, erase."),
    "restore": ("broadsheet.cli.backup", "restore", "Put a backup back into an empty folder."),
    "search": ("broadsheet.cli.search", "search", "Look after the search index."),
    "serve": ("broadsheet.cli.serve", "serve", "Run the paper: pages, jobs, live updates."),
    "server-file": (
        "broadsheet.cli.server_file",
        "server_file",
        "Print nginx's or Caddy's configuration for this paper.",
    ),
    "staff": ("broadsheet.cli.staff", "staff", "Accounts of the newsroom."),
    "transparency": (
        "broadsheet.cli.transparency",
        "transparency",
        "Hand on what was decided: to the EU's database, and as a report.",
    ),
    "upgrade": ("broadsheet.cli.upgrade", "upgrade", "Bring the data folder up to this version."),
    "work": ("broadsheet.cli.work", "work", "Do the paper's work without answering readers."),
}
ALONE = {"judge"}  # what the base install runs; the others need the extra `paper`
GET_PAPER = "pip install 'broadsheet[paper]'"


class Lazy(click.Group):
    """A group whose commands are imported one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands that can run with what is installed."""
        return sorted(COMMANDS if _has_paper() else ALONE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, imported now; None where there is none of the name.

        Ends with a sentence where the command needs the newspaper's packages and they are not installed.
        """
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in ALONE and not _has_paper():
            from broadsheet.cli.terminal import UNAVAILABLE, fail

            fail(f"This needs the newspaper: {GET_PAPER}", status=UNAVAILABLE)
        module, attribute, _help = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in self.list_commands(ctx)])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the newspaper's commands are had, where they are not there."""
        if not _has_paper():
            with formatter.section("The newspaper's commands come with"):
                formatter.write_text(GET_PAPER)


def _has_paper() -> bool:
    """Say whether the extra `paper` was installed; imports nothing."""
    return find_spec("django") is not None


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="broadsheet")
@click.option("--data", "folder", type=click.Path(file_okay=False), help="The paper's folder (else BROADSHEET_DATA).")
def root(folder: str | None) -> None:
    """Broadsheet: a self-hosted news site with a moderated reader community."""
    if folder:
        from broadsheet.config.env import choose_folder

        choose_folder(folder)


def main() -> None:
    """Run the command line; refusals are told in words on standard error."""
    from broadsheet.cli.terminal import told

    with told():
        root(prog_name="broadsheet")
    sys.exit(0)
