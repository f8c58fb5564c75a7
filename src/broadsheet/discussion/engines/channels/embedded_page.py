"""A page of the network in a frame: the reader's browser asks the network itself."""

from broadsheet.discussion.engines.channels.shown import Shown
from broadsheet.newsroom.queries.channels import Elsewhere


class EmbeddedPage:
    """Shows the network's own page about the article."""

    by_browser = True

    def show(self, elsewhere: Elsewhere) -> Shown:
        """Return the frame's address."""
        return Shown(frame=elsewhere.address)
