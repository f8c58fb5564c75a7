"""The newsroom's work in the background."""

from broadsheet.kernel import clock
from broadsheet.kernel.schedule import every
from broadsheet.newsroom.actions.erase_correction_notes import purge_correction_notes
from broadsheet.newsroom.actions.link_checks import try_asked_links
from broadsheet.newsroom.actions.policies_in_force import announce_policies_in_force
from broadsheet.newsroom.actions.scheduled import publish_and_expire_due


@every(5)
def publish_on_schedule() -> None:
    """Publish what is due and withdraw what has expired."""
    publish_and_expire_due()


@every(5)
def let_policies_take_effect() -> None:
    """Let pages show the versions of policies whose day has come."""
    announce_policies_in_force(now=clock.now())


@every(20)
def try_links() -> None:
    """Try the outside links that somebody asked to have tried."""
    try_asked_links()


@every(3600)
def drop_words_of_notes() -> None:
    """Erase who wrote correction notes, and what, some time after they were answered."""
    purge_correction_notes(now=clock.now())
