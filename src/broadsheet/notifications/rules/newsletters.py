"""What a newsletter issue holds, and why it isn't sent: values in, values or a refusal out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal
from broadsheet.notifications.conf import MOST_PICKS, NEWSLETTER_LATEST


@dataclass(frozen=True, slots=True)
class Picked:
    """An article in an issue; `headline` and `teaser` are empty where the article's own words stand."""

    article_id: int
    headline: str = ""
    teaser: str = ""
    with_picture: bool = True


@dataclass(frozen=True, slots=True)
class IssueContent:
    """What an editor wrote: the subject, opening words, and articles in their order."""

    subject: str = ""
    opening: str = ""
    picks: tuple[Picked, ...] = ()

    @property
    def article_ids(self) -> list[int]:
        """Return the articles in their order."""
        return [pick.article_id for pick in self.picks]

    def with_article(self, article_id: int) -> "IssueContent":
        """Return it with the article at its end; as it is where the article is in it or no room is left."""
        if article_id in self.article_ids or len(self.picks) >= MOST_PICKS:
            return self
        return replace(self, picks=(*self.picks, Picked(article_id)))

    def without_article(self, article_id: int) -> "IssueContent":
        """Return it without the article."""
        return replace(self, picks=tuple(pick for pick in self.picks if pick.article_id != article_id))

    def moved(self, article_id: int, steps: int) -> "IssueContent":
        """Return it with the article so many places later, or earlier where `steps` is negative; at most at an end."""
        order = list(self.picks)
        at = next((place for place, pick in enumerate(order) if pick.article_id == article_id), None)
        if at is None:
            return self
        pick = order.pop(at)
        order.insert(max(0, min(len(order), at + steps)), pick)
        return replace(self, picks=tuple(order))

    def as_json(self) -> dict[str, Any]:
        """Return it for storing."""
        picks = [[pick.article_id, pick.headline, pick.teaser, pick.with_picture] for pick in self.picks]
        return {"subject": self.subject, "opening": self.opening, "picks": picks}


def content_of_json(stored: Mapping[str, Any]) -> IssueContent:
    """Return what `as_json` stored."""
    return IssueContent(stored["subject"], stored["opening"], tuple(Picked(*pick) for pick in stored["picks"]))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text in which empty lines part them; single ends of lines are spaces."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            found[-1].append(" ".join(line.split()))
        elif found[-1]:
            found.append([])
    return [" ".join(lines) for lines in found if lines]


def unready(content: IssueContent, *, public: Iterable[int]) -> Refusal | None:
    """Return why the issue can't be sent as it is; `public` are those of its articles that readers find."""
    if not content.subject:
        return _unsent("issue-no-subject", _("It has no subject."), _("Write one: it is what readers see first."))
    if not content.picks:
        return _unsent("issue-empty", _("There is no article in it."), _("Pick one at least."))
    missing = len(set(content.article_ids) - set(public))
    if missing:
        why = _("%(count)s of its articles can’t be read by the public.") % {"count": missing}
        return _unsent("issue-not-public", why, _("Publish or remove what is marked below."))
    return None


def strange_hour(due_at: datetime, now: datetime) -> Refusal | None:
    """Return why an issue can't be sent at that time."""
    if due_at - now <= NEWSLETTER_LATEST:
        return None
    return _unsent("issue-too-late", _("It would be sent in more than 30 days."), _("Choose an earlier time."))


def written_over() -> Refusal:
    """Return that somebody else saved meanwhile."""
    return Refusal(
        "issue-meanwhile",
        _("Your changes were not saved yet."),
        _("Somebody else changed this issue while you wrote; what they saved stands beside yours."),
        _("Save yours over it, or keep yours as an issue of its own. Nothing is lost either way."),
    )


def changed_before_sending() -> Refusal:
    """Return that what would be sent isn't what was seen."""
    return _unsent(
        "issue-changed", _("Somebody changed it since you looked."), _("See what it says now, then send it.")
    )


def no_draft() -> Refusal:
    """Return that it is under way already."""
    return _unsent("issue-under-way", _("Somebody has sent, scheduled or discarded it."), _("See below how it stands."))


def retired() -> Refusal:
    """Return that nobody gets this newsletter any more."""
    return _unsent("newsletter-retired", _("The newsletter is retired."), _("Take it up again first."))


def own_issue() -> Refusal:
    """Return that two persons are two."""
    return Refusal(
        "issue-own",
        _("The issue was not confirmed."),
        _("It needs a second person, and you sent it yourself."),
        _("Ask somebody else who may write this newsletter."),
    )


def name_taken() -> Refusal:
    """Return that the edition has a newsletter of the name."""
    return Refusal(
        "newsletter-name-taken",
        _("The newsletter was not saved."),
        _("The edition has one of this name."),
        _("Choose another name, or take up the one that is there."),
    )


def _unsent(code: str, why: str, remedy: str) -> Refusal:
    return Refusal(code, _("The issue was not sent."), why, remedy)
