"""Lets readers be told of new versions of policies: when they are published, and when they come into force (ACC-09)."""

from broadsheet.kernel.facts import handles
from broadsheet.kernel.schedule import every
from broadsheet.newsroom.facts import PolicyPublished, PolicyTookEffect
from broadsheet.notifications.actions.tell_of_policy import begin_telling, tell_more


@handles(PolicyPublished)
def tell(happened: PolicyPublished) -> None:
    """Tell whoever accepted an earlier version, also of one that applies only from a later day."""
    begin_telling(edition_id=happened.edition_id, kind=happened.kind, number=happened.number)


@handles(PolicyTookEffect)
def tell_who_came_since(happened: PolicyTookEffect) -> None:
    """Tell whoever accepted the version before only after this one was published."""
    begin_telling(edition_id=happened.edition_id, kind=happened.kind, number=happened.number, came_since=True)


@every(5)
def go_on() -> int:
    """Tell some more."""
    return tell_more()
