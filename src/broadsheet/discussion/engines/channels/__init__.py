"""Channels: what a discussion elsewhere looks like beside the paper's own, one adapter a kind (DIS-07).

An adapter is asked only after a reader has asked for it. Nothing of what it shows is stored with the paper, judged by
it or counted as its own. docs/guides/channels.md says how to write another.
"""

from broadsheet.discussion.engines.channels.embedded_page import EmbeddedPage
from broadsheet.discussion.engines.channels.fediverse import Fediverse
from broadsheet.discussion.engines.channels.shown import Adapter, Reply, Shown

ADAPTERS: dict[str, Adapter] = {"page": EmbeddedPage(), "fediverse": Fediverse()}

__all__ = ["ADAPTERS", "Adapter", "Reply", "Shown"]
