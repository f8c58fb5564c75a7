"""Prints what the demo paper would have sent by mail."""

from broadsheet.cli.terminal import out, visible
from broadsheet.kernel.loops import Loop
from broadsheet.notifications.queries.mailbox import kept_mail, kept_names

SECONDS = 0.5


class MailPrinter(Loop):
    """The loop that prints recipient, subject and first link of each mail that is kept after it began."""

    name = "mail printer"

    def __init__(self) -> None:
        super().__init__()
        self.told = set(kept_names())

    def turn(self) -> None:
        """Print what is new, then wait for half a second."""
        for name in kept_names():
            mail = kept_mail(name) if name not in self.told else None
            self.told.add(name)
            if mail is not None:
                out.print(visible(f"Mail to {mail.to}: {mail.subject}  {' '.join(mail.links[:1])}"), markup=False)
                out.file.flush()
        self.stopping.wait(SECONDS)
