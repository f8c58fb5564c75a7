"""The mail to readers who chose to be told of new versions of policies by mail (ACC-09)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.policies import PolicyView, version
from broadsheet.notifications.actions.optional_mail import offer_optional_mail

PURPOSE, CHOICE = "policy", "policies"


def policy_values(policy: PolicyView, *, since: int) -> dict[str, Any]:
    """Return what lies in the queue: which version, and which one its reader accepted last."""
    return {"kind": policy.kind, "number": policy.number, "since": since}


def write_policy_mail(edition: EditionView, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what the mail says: the version, and where it and its differences are read."""
    policy = version(edition.id, values["kind"], values["number"])
    if policy is None:
        return None
    return {
        "policy": policy,
        "difference": settings.PUBLIC_URL + policy.difference_path(values["since"]),
        "whole": settings.PUBLIC_URL + policy.version_path,
    }


offer_optional_mail(
    purpose=PURPOSE,
    title=_("changes of the Privacy Policy, the terms and the standards"),
    choice=CHOICE,
    said=_("The Privacy Policy, the terms or the standards change"),
    write=write_policy_mail,
)
